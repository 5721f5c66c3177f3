"""Brings a database to the newest form, from code; used by `loa migrate`, `loa up` and tests."""

from pathlib import Path

from alembic import command
from alembic.config import Config

HERE = Path(__file__).parent


def alembic_config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["url"] = url
    return config


def migrate(url: str) -> None:
    """Upgrade `url` to the newest form. Running it again changes nothing."""
    command.upgrade(alembic_config(url), "head")
