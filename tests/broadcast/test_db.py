"""Instants come back as they went in, and two writers wait for each other."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import ForeignKeyConstraint, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from broadcast.airlog.rules import PlayOutcome
from broadcast.db import EnumText, UtcDateTime, make_engine, make_sessions
from broadcast.people.models import SignInFailure
from broadcast.tables import Base

INSTANTS = st.datetimes(
    datetime(1990, 1, 1),
    datetime(2100, 1, 1),
    timezones=st.builds(
        lambda minutes: timezone(timedelta(minutes=minutes)), st.integers(-720, 840)
    ),
)


def failure(number, at):
    return SignInFailure(id=f"id-{number}", login="x", address="y", at=at)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=INSTANTS)
def test_an_instant_comes_back_the_same_and_in_utc(db, at):
    db.add(failure(1, at))
    db.flush()
    db.expire_all()
    found = db.scalars(select(SignInFailure.at)).one()
    assert found == at
    assert found.tzinfo is UTC
    db.rollback()


def test_a_naive_instant_is_refused(db):
    db.add(failure(1, datetime(2026, 11, 23)))
    with pytest.raises(StatementError, match="needs its zone"):
        db.flush()


def test_instants_of_different_zones_sort_by_time(db):
    hanoi = timezone(timedelta(hours=7))
    early, late = datetime(2026, 1, 1, 8, tzinfo=hanoi), datetime(2026, 1, 1, 2, tzinfo=UTC)
    db.add_all([failure(1, late), failure(2, early)])
    db.flush()
    assert db.scalars(select(SignInFailure.at).order_by(SignInFailure.at)).all() == [early, late]


def test_nothing_stays_nothing():
    column = UtcDateTime()
    assert column.process_result_value(None, None) is None
    assert column.process_bind_param(None, None) is None


def test_a_word_outside_the_list_is_not_kept():
    column = EnumText(PlayOutcome)
    assert column.process_bind_param("complete", None) == "complete"
    with pytest.raises(ValueError, match="sung"):
        column.process_bind_param("sung", None)


def test_rows_without_their_station_are_refused(db):
    db.execute(text("SELECT 1"))
    from broadcast.stations.models import Zone

    db.add(Zone(id="z", station_id="nowhere", kind="area", name="x"))
    with pytest.raises(IntegrityError):
        db.flush()


@pytest.fixture
def two_sessions(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/two.db")
    Base.metadata.create_all(engine)
    make = make_sessions(engine)
    with make() as one, make() as two:
        yield one, two
    engine.dispose()


def test_on_sqlite_a_second_writer_waits_for_the_first_instead_of_failing(two_sessions):
    """Both read before they write: with a plain BEGIN the second would fail at once."""
    one, two = two_sessions
    at = datetime(2026, 11, 23, tzinfo=UTC)
    one.scalars(select(SignInFailure)).all()
    begun, done = threading.Event(), []

    def write_second():
        begun.set()
        two.scalars(select(SignInFailure)).all()
        two.add(failure(2, at))
        two.commit()
        done.append(True)

    writer = threading.Thread(target=write_second)
    writer.start()
    begun.wait(5)
    one.add(failure(1, at))
    one.commit()
    writer.join(10)
    assert done == [True]
    assert len(one.scalars(select(SignInFailure)).all()) == 2


def test_on_sqlite_a_reader_does_not_wait_for_a_writer(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/two.db")
    Base.metadata.create_all(engine)
    reading = make_sessions(engine.execution_options(loa_read_only=True))
    with make_sessions(engine)() as writer, reading() as reader:
        writer.add(failure(1, datetime(2026, 11, 23, tzinfo=UTC)))
        writer.flush()
        assert reader.scalars(select(SignInFailure)).all() == []
    engine.dispose()


def test_on_sqlite_an_acknowledged_row_survives_a_power_cut(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/two.db")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    engine.dispose()


def test_every_table_of_a_station_names_it_and_every_constraint_has_a_name(engine):
    inspector = inspect(engine)
    shared = {"station", "sign_in_failure", "setup_link", "alembic_version"}
    nameless = []
    for table in Base.metadata.sorted_tables:
        if table.name not in shared:
            columns = {column["name"] for column in inspector.get_columns(table.name)}
            assert "station_id" in columns, table.name
        nameless += [
            table.name
            for constraint in table.constraints
            if isinstance(constraint, ForeignKeyConstraint) and not constraint.name
        ]
    assert nameless == []
