"""`loa migrate`."""

import os

import click

from broadcast.config import Settings


@click.command()
def command() -> None:
    """Bring the database to the newest form. `loa up` does this by itself.

    Example: DATABASE_URL=postgresql://loa@db/loa loa migrate
    """
    from broadcast.migrations.run import migrate

    settings = Settings.from_env(os.environ)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    migrate(settings.database_url)
    click.echo("Cơ sở dữ liệu đã ở dạng mới nhất.")
