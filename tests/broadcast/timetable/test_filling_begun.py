"""What has begun is never touched, and what was not heard is asked for again."""

from datetime import date, time

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.timetable.models import FillNote

TODAY = date(2026, 11, 23)


def test_what_has_begun_is_never_touched(office):
    row = office.slot(at=time(17))
    office.wish(office.approved("đang phát", minutes=5))
    office.fill()
    office.clock.at = office.at(17, 2)
    before = office.lines()[0]
    kept = (before.id, before.planned_start, before.session.starts_at, before.session.name)
    row.local_time, row.name = time(20), "Buổi tối"
    office.db.commit()
    office.wish(office.approved("đến sau"), airings=1)
    office.fill()
    now = office.lines()[0]
    assert (now.id, now.planned_start, now.session.starts_at, now.session.name) == kept
    assert office.lines()[1].planned_start == office.at(20, day=24)


def test_an_airing_still_to_come_in_a_begun_session_counts_as_placed(office):
    row = office.slot(at=time(17))
    office.wish(office.approved("a", minutes=5))
    office.wish(office.approved("b", minutes=5))
    office.fill()
    office.clock.at = office.at(17, 2)
    row.archived_at = office.clock()
    office.db.commit()
    office.slot("toi", at=time(20))
    office.fill()
    assert len(office.lines()) == 2


def test_a_session_that_runs_past_midnight_still_counts(office):
    office.slot(at=time(23, 55), minutes=30)
    office.wish(office.approved(minutes=10))
    office.fill()
    office.clock.at = office.at(0, 1, day=24)
    office.fill()
    assert [line.planned_start for line in office.lines()] == [office.at(23, 55)]


def test_a_new_slot_may_not_sound_over_a_session_that_is_on_the_air(office):
    row = office.slot(at=time(17), minutes=30)
    office.fill()
    office.clock.at = office.at(17, 5)
    row.archived_at = office.clock()
    office.db.commit()
    office.slot("chen", at=time(17, 10))
    office.fill()
    assert [one.starts_at for one in office.sessions()[:2]] == [
        office.at(17),
        office.at(17, 10, day=24),
    ]
    assert "trùng nhau" in office.db.get(FillNote, row.station_id).conflicts[0]["sentence"]


def test_a_missed_airing_is_asked_for_again(office):
    office.slot(at=time(17))
    office.wish(office.approved())
    office.fill()
    first = office.lines()[0]
    office.clock.at = office.at(18)
    office.fill()
    assert len(office.lines()) == 1
    office.db.add(
        AiringRow(
            key=f"{first.id}/1",
            station_id=office.station.id,
            airing_id=first.id,
            local_day=TODAY,
            outcome=AiringOutcome.MISSED,
        )
    )
    office.db.commit()
    office.fill()
    assert [line.planned_start for line in office.lines()] == [office.at(17), office.at(17, day=24)]
