"""The migrations and the models tell of the same tables, with the log's guards."""

import os
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, inspect, select, text
from sqlalchemy.exc import DatabaseError

from broadcast.airlog.rules import AiringOutcome, PlayOutcome
from broadcast.db import Base, make_engine
from broadcast.jobs.models import Job, JobKind, JobState
from broadcast.migrations.run import alembic_config, migrate
from broadcast.stations.models import ZoneKind
from broadcast.tables import airlog, boxes, stations

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


def test_old_airings_learn_where_their_boxes_stand_and_their_days_are_made_anew(migrated):
    url = migrated.url.render_as_string(hide_password=False)
    command.downgrade(alembic_config(url), "0005")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    station = {"id": "s", "code": "s", "name": "s", "commune_name": "s", "created_at": at}
    zone = {"station_id": "s", "kind": ZoneKind.HAMLET, "name": "thôn"}
    box = {"station_id": "s", "name": "cụm", "created_at": at}
    airing = {
        "key": "lượt", "station_id": "s", "local_day": at.date(), "outcome": AiringOutcome.AIRED,
        "boxes": [{"box": "cho", "played_ms": 1}, {"box": "xa", "played_ms": 2}],
    }  # fmt: skip
    with migrated.begin() as connection:
        connection.execute(insert(stations.Station).values(station))
        connection.execute(insert(stations.Zone).values(zone | {"id": "dong"}))
        connection.execute(insert(stations.Zone).values(zone | {"id": "cho", "parent_id": "dong"}))
        connection.execute(insert(boxes.Box).values(box | {"id": "cho", "zone_id": "cho"}))
        connection.execute(insert(boxes.Box).values(box | {"id": "xa"}))
        connection.execute(insert(airlog.AiringRow).values(airing))
    migrate(url)
    with migrated.connect() as connection:
        told = connection.scalar(select(airlog.AiringRow.boxes))
        wanted = connection.execute(select(Job.kind, Job.subject, Job.state, Job.urgent)).all()
    assert [part["zones"] for part in told] == [["cho", "dong"], []]
    assert [part["played_ms"] for part in told] == [1, 2]
    assert wanted == [(JobKind.ROLL_UP, "2026-01-01", JobState.QUEUED, False)]


@pytest.mark.parametrize("deed", ["UPDATE log_entry SET played_ms = 1", "DELETE FROM log_entry"])
def test_the_migrated_log_refuses_to_be_changed(migrated, deed):
    with migrated.begin() as connection:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        station = {"id": "s", "code": "s", "name": "s", "commune_name": "s", "created_at": at}
        connection.execute(insert(stations.Station).values(station))
        entry = {
            "station_id": "s", "number": 1, "kind": "bulletin", "local_day": at.date(),
            "played_ms": 0, "planned_ms": 0, "outcome": PlayOutcome.MISSED,
            "received_at": at, "previous_hash": "", "row_hash": "",
        }  # fmt: skip
        connection.execute(insert(airlog.LogEntry).values(entry))
    with pytest.raises(DatabaseError, match="evidence"), migrated.begin() as connection:
        connection.execute(text(deed))
