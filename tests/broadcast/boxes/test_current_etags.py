"""The one question of the door: whose token it is, and which plan is current, in one read."""

import pytest
from sqlalchemy import create_engine, text, update

from broadcast.boxes.current_etags import CurrentEtags
from broadcast.boxes.models import BoxToken, PlanDocument
from broadcast.people.secrets import secret_hash
from tests.factories.boxes import bearer, make_box


def token_hash(box):
    return secret_hash(bearer(box)["Authorization"].removeprefix("Bearer "))


@pytest.fixture
def etags(engine):
    return CurrentEtags(engine)


@pytest.fixture
def etag(ask):
    return ask("GET", "plan").headers["ETag"].strip('"')


def test_a_token_that_holds_finds_the_etag_of_its_own_box(db, clock, ask, box, station, etags):
    other = make_box(db, clock, station, "2")
    found = {}
    for each in (box, other):
        served = ask("GET", "plan", of=each).headers["ETag"].strip('"')
        found[each.id] = etags.find(token_hash(each))
        assert found[each.id] == served
    assert len(set(found.values())) == 2


@pytest.mark.parametrize("unknown", ["", "0" * 64, "'; DROP TABLE box_token; --", "ơ" * 40])
def test_an_unknown_token_finds_nothing(etag, etags, unknown):
    assert etags.find(unknown) is None


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (BoxToken, lambda now: {"revoked_at": now}),
        (BoxToken, lambda now: {"expires_at": now}),
        (PlanDocument, lambda _now: {"stale": True}),
    ],
    ids=["revoked", "about to expire", "stale"],
)
def test_a_doubt_is_left_to_the_view_from_the_next_question_on(
    db, clock, box, etag, etags, model, change
):
    assert etags.find(token_hash(box)) == etag
    db.execute(update(model).values(change(clock())))
    db.commit()
    assert etags.find(token_hash(box)) is None


def test_a_new_plan_is_seen_by_a_connection_that_is_already_open(db, box, etag, etags):
    assert etags.find(token_hash(box)) == etag
    db.execute(update(PlanDocument).values(etag="f" * 64))
    db.commit()
    assert etags.find(token_hash(box)) == "f" * 64


def test_a_database_without_tables_or_without_a_door_finds_nothing(tmp_path):
    for url in (f"sqlite:///{tmp_path}/empty.db", f"sqlite:///{tmp_path}/no/folder/x.db"):
        engine = create_engine(url)
        assert CurrentEtags(engine).find("0" * 64) is None
        engine.dispose()


def cut_all_but(db, etags) -> None:
    """The server ends the other connections; a file has no server, so its handle is closed."""
    if db.bind.dialect.name != "postgresql":
        kept = etags._engine.raw_connection()
        kept.driver_connection.close()
        kept.close()
        return
    db.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    )
    db.commit()


def test_a_reading_connection_that_was_cut_answers_nothing_once_and_then_again(
    db, box, etag, etags
):
    assert etags.find(token_hash(box)) == etag
    cut_all_but(db, etags)
    assert etags.find(token_hash(box)) is None
    assert etags.find(token_hash(box)) == etag


def test_the_end_of_the_engine_closes_the_reading_connections(box, etag, engine):
    etags = CurrentEtags(engine)
    assert etags.find(token_hash(box)) == etag
    assert etags._engine.pool.checkedin() == 1
    engine.dispose()
    assert etags._engine.pool.checkedin() == 0
