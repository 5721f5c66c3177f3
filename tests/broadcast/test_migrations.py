"""The migrations and the models tell of the same tables, with the log's guards."""

import os

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from broadcast.db import Base, make_engine
from broadcast.migrations.run import migrate

POSTGRES = os.environ.get("LOA_TEST_DATABASE_URL", "")


@pytest.fixture
def migrated(tmp_path, worker_id):
    """An empty database brought to the newest form by migrations alone."""
    if not POSTGRES:
        engine = make_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
        migrate(str(engine.url))
        yield engine
        engine.dispose()
        return
    name = f"loa_migrated_{worker_id}"
    admin = make_engine(POSTGRES).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = POSTGRES.rsplit("/", 1)[0] + "/" + name
    migrate(url)
    engine = make_engine(url)
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def test_models_and_migrations_do_not_differ(migrated):
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_changes_nothing(migrated):
    before = sorted(inspect(migrated).get_table_names())
    migrate(migrated.url.render_as_string(hide_password=False))
    assert sorted(inspect(migrated).get_table_names()) == before


@pytest.mark.parametrize("deed", ["UPDATE log_entry SET played_ms = 1", "DELETE FROM log_entry"])
def test_the_migrated_log_refuses_to_be_changed(migrated, deed):
    with migrated.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO station (id, code, name, commune_name, time_zone, demonstration,"
                " one_person, loudness_lufs, speech_engine, speech_voice, speech_speed_percent,"
                " reading_style, signature_tune, opening_words, closing_words, created_at,"
                " row_version) VALUES ('s', 's', 's', 's', 'UTC', false, false, -16, 'google',"
                " 'vi', 100, '{}', '', '', '', '2026-01-01 00:00:00', 1)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO log_entry (station_id, number, entry, boot, seq, kind, sha256, title,"
                " topic, local_day, played_ms, planned_ms, outcome, reason, clock_trusted,"
                " demonstration, author_name, received_at, previous_hash, row_hash) VALUES"
                " ('s', 1, 'play', '', 1, 'bulletin', '', '', '', '2026-01-01', 0, 0, 'missed',"
                " '', true, false, '', '2026-01-01 00:00:00', '', '')"
            )
        )
    with pytest.raises(DatabaseError, match="evidence"), migrated.begin() as connection:
        connection.execute(text(deed))
