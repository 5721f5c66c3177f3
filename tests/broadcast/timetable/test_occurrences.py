"""One day of a slot: moved, cancelled, lengthened, undone; closures and holidays."""

from datetime import date, time

import pytest

from broadcast.errors import EditConflict, InvalidInput, NotFound
from broadcast.timetable.closures import (
    ClosureDraft,
    add_closure,
    forget_holiday,
    remove_closure,
    set_holiday,
)
from broadcast.timetable.models import ClosureRow, HolidayRow
from broadcast.timetable.occurrences import TooLate, change_occurrence, find_change, undo_change
from broadcast.timetable.service import SessionBegun
from scheduler.timetable.slots import ChangeKind

MONDAY = date(2026, 11, 23)


def change(office, row, kind, day=MONDAY, **more):
    values = {"facts": {}, "reason": ""} | more
    return change_occurrence(office.desk(), row.id, day, kind=kind, **values)


def test_a_session_is_moved_and_then_undone(office):
    row = office.slot(at=time(17))
    change(office, row, ChangeKind.MOVED, facts={"to_time": "19:30"})
    office.fill()
    assert office.sessions()[0].starts_at == office.at(19, 30)
    undo_change(office.desk(), row.id, MONDAY)
    office.fill()
    assert office.sessions()[0].starts_at == office.at(17)


def test_a_session_is_lengthened_for_one_day(office):
    row = office.slot(at=time(17), minutes=15)
    change(office, row, ChangeKind.LENGTHENED, facts={"planned_ms": 1_800_000})
    office.fill()
    today, tomorrow = office.sessions()[:2]
    assert today.ends_at == office.at(17, 30)
    assert tomorrow.ends_at == office.at(17, 15, day=24)


def test_a_move_and_a_lengthening_stand_together(office):
    row = office.slot(at=time(17))
    change(office, row, ChangeKind.MOVED, facts={"to_time": "18:00"})
    change(office, row, ChangeKind.LENGTHENED, facts={"planned_ms": 1_800_000})
    office.fill()
    assert office.sessions()[0].ends_at == office.at(18, 30)


def test_a_cancellation_forgets_the_move_before_it(office):
    row = office.slot(at=time(17))
    change(office, row, ChangeKind.MOVED, facts={"to_time": "18:00"})
    change(office, row, ChangeKind.CANCELLED, reason="Mất điện")
    office.fill()
    assert office.sessions()[0].local_day == date(2026, 11, 24)
    assert find_change(office.desk(), row.id, MONDAY).facts == {}


def test_nothing_is_moved_into_the_past(office):
    row = office.slot(at=time(17))
    with pytest.raises(TooLate):
        change(office, row, ChangeKind.MOVED, facts={"to_time": "07:00"})


def test_a_day_without_a_session_cannot_be_changed(office):
    row = office.slot(at=time(17), valid_until=date(2026, 11, 25))
    with pytest.raises(InvalidInput):
        change(office, row, ChangeKind.MOVED, date(2026, 11, 26), facts={"to_time": "18:00"})


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (ChangeKind.MOVED, {}),
        (ChangeKind.MOVED, {"to_time": "25:99"}),
        (ChangeKind.LENGTHENED, {"planned_ms": 13 * 3_600_000}),
    ],
    ids=["moved nowhere", "no time of day", "longer than half a day"],
)
def test_a_change_that_cannot_be_is_refused(office, kind, facts):
    row = office.slot(at=time(17))
    with pytest.raises(InvalidInput):
        change(office, row, kind, facts=facts)


def test_what_is_on_the_air_is_not_changed(office):
    row = office.slot(at=time(9))
    office.fill()
    office.clock.at = office.at(9)
    with pytest.raises(SessionBegun):
        change(office, row, ChangeKind.CANCELLED)
    with pytest.raises(SessionBegun):
        undo_change(office.desk(), row.id, MONDAY)


def test_who_saw_an_older_session_is_told(office):
    row = office.slot(at=time(17))
    office.fill()
    seen = office.sessions()[0].row_version
    office.wish()
    office.fill()
    with pytest.raises(EditConflict):
        change(office, row, ChangeKind.CANCELLED, row_version=seen)


def test_a_closure_is_added_and_removed(office):
    office.slot(at=time(17))
    draft = ClosureDraft(from_day=MONDAY, until_day=date(2026, 11, 25), reason="Quốc tang")
    row = add_closure(office.desk(), draft)
    office.fill()
    assert office.sessions()[0].local_day == date(2026, 11, 25)
    remove_closure(office.desk(), row.id)
    office.fill()
    assert office.sessions()[0].local_day == MONDAY


@pytest.mark.parametrize(
    "wrong",
    [{"until_day": MONDAY}, {"reason": " "}, {"from_time": time(9), "until_time": time(8)}],
    ids=["no day", "no reason", "no hour"],
)
def test_a_closure_that_closes_nothing_is_refused(office, wrong):
    values = {"from_day": MONDAY, "until_day": date(2026, 11, 25), "reason": "Thi"} | wrong
    with pytest.raises(InvalidInput):
        add_closure(office.desk(), ClosureDraft(**values))
    assert office.db.query(ClosureRow).count() == 0


def test_another_stations_closure_is_not_found(office, other_station):
    office.keep(
        ClosureRow(
            id="kín",
            station_id=other_station.id,
            from_day=MONDAY,
            reason="Thi",
            until_day=date(2026, 11, 25),
            created_at=office.clock(),
        )
    )
    with pytest.raises(NotFound):
        remove_closure(office.desk(), "kín")


def test_a_holiday_is_named_renamed_and_forgotten(office):
    set_holiday(office.desk(), MONDAY, "Hội làng")
    set_holiday(office.desk(), MONDAY, "")
    assert [row.name for row in office.db.query(HolidayRow)] == [""]
    forget_holiday(office.desk(), MONDAY)
    assert office.db.query(HolidayRow).count() == 0
