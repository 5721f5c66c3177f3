from datetime import timedelta

import pytest

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.bulletins import decisions, service
from broadcast.bulletins.queries import current_version, get_bulletin
from broadcast.bulletins.rules import BulletinState
from broadcast.bulletins.standing import standing_of
from broadcast.errors import LoaError
from broadcast.jobs.service import fail_job, lease_job
from broadcast.people.rules import Role
from broadcast.timetable.models import WishRow
from tests.factories.sessions import make_line, make_session


@pytest.fixture
def stands(desk_as):
    def at(bulletin):
        desk = desk_as()
        row = get_bulletin(desk, bulletin.id)
        return standing_of(desk, row, current_version(desk, row))

    return at


def test_a_draft_without_words_is_still_to_be_written(desk_as, draft, stands):
    assert stands(service.start_bulletin(desk_as(), draft(text=""))).step == "write"


def test_a_draft_with_words_is_to_be_heard_and_shows_its_job(desk_as, written, stands):
    assert (stands(written).step, stands(written).job) == ("listen", None)
    service.want_audio(desk_as(), written.id)
    assert stands(written).is_working


def test_a_failed_production_is_where_it_is_stuck(desk_as, written, stands):
    job = service.want_audio(desk_as(), written.id)
    lease_job(desk_as(), job.id)
    fail_job(desk_as(), job.id, LoaError("Hỏng."))
    assert (stands(written).stuck, stands(written).has_failed) == (True, True)


def test_what_was_handed_in_waits_for_the_approver(waiting, stands):
    assert stands(waiting).step == "approve"


def test_what_was_sent_back_is_to_be_written_again(waiting, desk_as, stands):
    decisions.return_bulletin(desk_as(Role.APPROVER), waiting.id, "Sai.")
    assert (stands(waiting).step, stands(waiting).stuck) == ("write", True)


def test_what_was_approved_is_to_be_scheduled(approved, stands):
    assert (stands(approved).step, stands(approved).is_queued) == ("schedule", False)


def test_a_planned_airing_is_named_with_its_time(approved, stands, db, clock, station):
    session = make_session(db, station, clock() + timedelta(hours=2))
    make_line(db, session, bulletin=get_bulletin_row(db, approved))
    assert stands(approved).step == "air"
    assert stands(approved).next_airing_at == clock() + timedelta(hours=2)


def get_bulletin_row(db, bulletin):
    return db.get(type(bulletin), bulletin.id)


def test_an_open_wish_waits_for_its_session(approved, stands, db, clock, station):
    day = clock().date()
    db.add(
        WishRow(
            id="wish-1",
            station_id=station.id,
            bulletin_id=approved.id,
            from_day=day,
            until_day=day + timedelta(days=1),
            author_name="x",
            created_at=clock(),
        )
    )
    db.commit()
    assert (stands(approved).step, stands(approved).next_airing_at) == ("air", None)


def test_what_has_expired_has_gone_its_way(approved, stands, db):
    get_bulletin_row(db, approved).state = BulletinState.EXPIRED
    assert stands(approved).step == ""


@pytest.fixture
def heard(db, station, clock):
    """`heard(bulletin, outcome)`: an airing of it, an hour ago."""

    def put(bulletin, outcome):
        db.add(
            AiringRow(
                key=f"airing-{outcome}",
                station_id=station.id,
                local_day=clock().date(),
                bulletin_id=bulletin.id,
                title="Tin",
                planned_start=clock() - timedelta(hours=1),
                planned_ms=60_000,
                heard_ms=60_000,
                outcome=outcome,
            )
        )
        db.commit()

    return put


def test_what_was_heard_and_will_not_be_again_is_at_the_end_of_its_way(approved, stands, heard):
    heard(approved, AiringOutcome.AIRED)
    assert (stands(approved).step, stands(approved).heard_airings) == ("", 1)


def test_what_was_missed_still_waits_to_be_heard(approved, stands, heard):
    heard(approved, AiringOutcome.MISSED)
    assert (stands(approved).step, stands(approved).heard_airings) == ("schedule", 0)


def test_what_was_heard_and_comes_again_names_the_next_time(
    approved, stands, heard, db, clock, station
):
    heard(approved, AiringOutcome.AIRED)
    session = make_session(db, station, clock() + timedelta(hours=2))
    make_line(db, session, bulletin=get_bulletin_row(db, approved))
    assert stands(approved).step == "air"
    assert stands(approved).next_airing_at == clock() + timedelta(hours=2)
