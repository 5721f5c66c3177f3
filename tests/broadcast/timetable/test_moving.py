"""A session moved alone or with its rule: what is asked, what is refused, what is undone."""

from datetime import date, time

import pytest

from broadcast.errors import EditConflict, InvalidInput, NotAllowed
from broadcast.people.rules import Role
from broadcast.stations.models import RegulationRow
from broadcast.timetable.filling import fill_station
from broadcast.timetable.following import undo_slot_change
from broadcast.timetable.models import OccurrenceChangeRow, SessionRow, SlotRow
from broadcast.timetable.moving import (
    Move,
    Scope,
    SessionsOverlap,
    draft_of,
    foresee_move,
    move_session,
)
from broadcast.timetable.occurrences import TooLate
from broadcast.timetable.quiet_hours import QuietReasonMissing
from broadcast.timetable.service import SessionBegun, change_slot, columns_of
from broadcast.timetable.values import recurrence_of

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)
MONDAYS = {"frequency": "weekly", "anchor": MONDAY.isoformat(), "weekdays": [0]}


def move(office, session, to_time=time(18), to_day=MONDAY, **facts):
    values = {"row_version": session.row_version} | facts
    wanted = Move(to_day=to_day, to_time=to_time, **values)
    return move_session(office.desk(), session.id, wanted)


def starts(office, count=3):
    return [(row.local_day.day, row.starts_at.hour + 7) for row in office.sessions()[:count]]


def test_one_session_moves_and_the_others_stay(office):
    office.slot(at=time(17))
    office.fill()
    assert move(office, office.sessions()[0]) is None
    office.fill()
    assert starts(office) == [(23, 18), (24, 17), (25, 17)]


def test_an_overlap_is_foreseen_with_room_beside_it_and_needs_a_yes(office):
    office.slot("sang", at=time(9))
    office.slot("chieu", at=time(17))
    office.fill()
    evening = office.sessions()[1]
    seen = foresee_move(office.desk(), evening.id, MONDAY, time(9, 5))
    assert seen.overlaps == ("Trùng với Buổi sang 09:00–09:15 (toàn xã).",)
    assert list(seen.free) == [office.at(9, 15), office.at(8, 45)]
    with pytest.raises(SessionsOverlap):
        move(office, evening, time(9, 5))
    move(office, evening, time(9, 5), may_overlap=True)
    assert office.db.query(OccurrenceChangeRow).count() == 1


def test_outside_the_regulation_a_reason_is_wanted(office):
    office.keep(
        RegulationRow(
            id="quy chế",
            station_id=office.station.id,
            valid_from=date(2026, 1, 1),
            decision_number="78/QĐ-UBND",
            created_at=office.clock(),
            hours=[{"weekdays": [], "from": "05:30", "to": "18:00", "zones": None}],
        )
    )
    office.slot(at=time(17))
    office.fill()
    session = office.sessions()[0]
    assert "78/QĐ-UBND" in foresee_move(office.desk(), session.id, MONDAY, time(20)).outside[0]
    with pytest.raises(QuietReasonMissing):
        move(office, session, time(20))
    move(office, session, time(20), reason="Họp dân buổi tối")
    assert office.db.query(OccurrenceChangeRow).one().reason == "Họp dân buổi tối"


def test_who_saw_an_older_session_overwrites_nothing(office):
    office.slot(at=time(17))
    office.fill()
    session = office.sessions()[0]
    move(office, session)
    office.fill()
    with pytest.raises(EditConflict):
        move(office, session, time(19), row_version=session.row_version - 1)
    assert office.db.query(OccurrenceChangeRow).one().facts["to_time"] == "18:00"


@pytest.mark.parametrize("scope", Scope)
def test_nothing_moves_into_the_past_or_off_the_air(office, scope):
    office.slot(at=time(9), valid_from=date(2026, 11, 1))
    office.fill()
    session = office.sessions()[0]
    if scope is Scope.ONE:
        with pytest.raises(TooLate):
            move(office, session, time(7))
    office.clock.at = office.at(9, 5)
    with pytest.raises(SessionBegun):
        move(office, session, scope=scope)


def test_who_may_only_look_moves_nothing(office):
    office.slot(at=time(17))
    office.fill()
    session = office.sessions()[0]
    wanted = Move(to_day=MONDAY, to_time=time(18), row_version=session.row_version)
    with pytest.raises(NotAllowed):
        move_session(office.desk(Role.VIEWER), session.id, wanted)


def test_all_following_take_the_new_time_and_keep_their_items(office):
    row = office.slot(at=time(17), valid_from=date(2026, 11, 1))
    office.wish(airings=3)
    office.fill()
    lines = [line.id for line in office.lines()]
    twin = move(office, office.sessions()[1], to_day=TUESDAY, scope=Scope.FOLLOWING)
    office.fill()
    assert starts(office) == [(23, 17), (24, 18), (25, 18)]
    assert [line.id for line in office.lines()] == lines
    assert office.fresh(row).valid_until == TUESDAY
    undo_slot_change(office.desk(), twin.id)
    office.fill()
    assert starts(office) == [(23, 17), (24, 17), (25, 17)]
    assert [line.id for line in office.lines()] == lines
    assert office.fresh(row).valid_until is None
    assert office.db.query(SlotRow).count() == 1


def test_what_was_said_about_the_one_day_gives_way_to_the_rule(office):
    office.slot(at=time(17), valid_from=date(2026, 11, 1))
    office.fill()
    move(office, office.sessions()[0], time(19))
    office.fill()
    move(office, office.sessions()[0], time(18), scope=Scope.FOLLOWING)
    office.fill()
    assert starts(office) == [(23, 18), (24, 18), (25, 18)]
    assert office.db.query(OccurrenceChangeRow).count() == 0


def test_a_weekly_rule_goes_to_another_weekday_for_good(office):
    office.slot(at=time(17), valid_from=date(2026, 11, 1), recurrence=MONDAYS)
    office.fill()
    move(office, office.sessions()[0], time(17), FRIDAY, scope=Scope.FOLLOWING)
    office.fill()
    assert [row.starts_at.weekday() for row in office.sessions()] == [4] * 3


def test_a_daily_rule_has_no_other_day_for_all(office):
    office.slot(at=time(17), valid_from=date(2026, 11, 1))
    office.fill()
    session = office.sessions()[0]
    assert "hằng ngày" in foresee_move(office.desk(), session.id, FRIDAY, time(18)).not_for_all
    with pytest.raises(InvalidInput):
        move(office, session, time(18), FRIDAY, scope=Scope.FOLLOWING)


def test_a_slot_given_back_unchanged_is_the_same(office):
    row = office.slot(at=time(17), quiet_reason="Mùa gặt", relays=[], lock_minutes=7)
    draft = draft_of(row)
    before = columns_of(row) | {"recurrence": draft.recurrence}
    change_slot(office.desk(), row.id, draft, row_version=row.row_version)
    after = office.fresh(row)
    assert columns_of(after) | {"recurrence": recurrence_of(after.recurrence)} == before


def test_a_fill_after_a_deed_meets_what_another_fill_wrote_meanwhile(office):
    slot = office.slot(at=time(17))
    office.fill()
    desk = office.desk()
    session = desk.session.get(SessionRow, office.sessions()[0].id)
    desk.session.commit()
    slot.name = "Buổi khác"
    office.keep(slot)
    office.fill()
    slot.name = "Buổi khác nữa"
    office.keep(slot)
    fill_station(desk)
    assert session.name == "Buổi khác nữa"
