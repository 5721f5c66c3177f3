"""The terminal of the machine that the station runs on."""

import pytest
from click.testing import CliRunner

from broadcast.cli import main


@pytest.fixture
def loa(settings, monkeypatch, db):
    """`loa("user", "list")` as somebody types it; nothing else holds the database meanwhile."""
    monkeypatch.setenv("LOA_DATA", str(settings.data_dir))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("LOA_SECRET_KEY", settings.secret_key)
    monkeypatch.delenv("REDIS_URL", raising=False)

    def run(*words, typed=None):
        db.commit()
        answer = CliRunner().invoke(main, words, input=typed)
        db.expire_all()
        return answer

    return run
