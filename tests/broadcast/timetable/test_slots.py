"""Slots through the service: written, refused, split, undone."""

from datetime import date, time, timedelta

import pytest

from broadcast.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from broadcast.people.rules import Role
from broadcast.stations.models import RegulationRow
from broadcast.timetable.following import change_slot_from, undo_slot_change
from broadcast.timetable.models import OccurrenceChangeRow, SessionRow, SlotRow, WishRow
from broadcast.timetable.quiet_hours import QuietReasonMissing
from broadcast.timetable.service import (
    SessionBegun,
    SlotDraft,
    add_slot,
    archive_slot,
    change_slot,
    get_slot,
)
from scheduler.timetable.slots import Frequency, Recurrence
from tests.factories.timetable import make_slot

MONDAY = date(2026, 11, 23)


def draft(**facts):
    values = {
        "name": "Buổi chiều",
        "local_time": time(17),
        "planned_minutes": 15,
        "longest_minutes": 20,
        "valid_from": MONDAY,
        "lock_minutes": 0,
        "recurrence": Recurrence(frequency=Frequency.DAILY, anchor=MONDAY),
    }
    return SlotDraft(**values | facts)


@pytest.fixture
def regulation(office):
    office.keep(
        RegulationRow(
            id="quy chế",
            station_id=office.station.id,
            valid_from=MONDAY,
            decision_number="78/QĐ-UBND",
            created_at=office.clock(),
            hours=[{"weekdays": [], "from": "05:30", "to": "19:00", "zones": None}],
        )
    )


def test_a_slot_is_filled_into_the_calendar(office):
    add_slot(office.desk(), draft())
    office.fill()
    assert office.sessions()[0].starts_at == office.at(17)


def test_only_those_who_may_schedule_write_slots(office):
    with pytest.raises(NotAllowed):
        add_slot(office.desk(Role.VIEWER), draft())


@pytest.mark.parametrize(
    "wrong",
    [{"name": "  "}, {"planned_minutes": 0}, {"longest_minutes": 10}, {"valid_until": MONDAY}],
    ids=["no name", "no length", "longest below planned", "ends before it begins"],
)
def test_a_slot_that_makes_no_session_is_refused_and_not_kept(office, wrong):
    with pytest.raises(InvalidInput):
        add_slot(office.desk(), draft(**wrong))
    assert office.db.query(SlotRow).count() == 0


def test_outside_the_regulation_a_reason_is_asked_and_then_kept(office, regulation):
    with pytest.raises(QuietReasonMissing) as refused:
        add_slot(office.desk(), draft(local_time=time(5)))
    assert "78/QĐ-UBND" in refused.value.message
    row = add_slot(office.desk(), draft(local_time=time(5), quiet_reason="Mùa gặt"))
    assert row.quiet_reason == "Mùa gặt"


def test_a_school_has_the_hours_that_name_it(office):
    school = office.zone("Trường", sensitive="school")
    office.zone("Đông")
    office.keep(
        RegulationRow(
            id="quy chế",
            station_id=office.station.id,
            valid_from=MONDAY,
            decision_number="78/QĐ-UBND",
            created_at=office.clock(),
            hours=[
                {"weekdays": [], "from": "05:00", "to": "21:00", "zones": None},
                {"weekdays": [], "from": "11:00", "to": "13:00", "zones": [school.id]},
            ],
        )
    )
    with pytest.raises(QuietReasonMissing) as refused:
        add_slot(office.desk(), draft())
    assert "Thôn Trường" in refused.value.message
    assert "Thôn Đông" not in refused.value.message


def test_two_people_at_one_slot_and_the_second_is_told(office):
    row = office.slot()
    seen = row.row_version
    change_slot(office.desk(), row.id, draft(name="Buổi tối"), row_version=seen)
    with pytest.raises(EditConflict):
        change_slot(office.desk(), row.id, draft(name="Buổi khác"), row_version=seen)
    assert office.fresh(row).name == "Buổi tối"


def test_another_stations_slot_is_not_found(office, other_station):
    foreign = make_slot(office.db, office.clock, other_station)
    with pytest.raises(NotFound):
        get_slot(office.desk(), foreign.id)


def test_the_last_change_of_a_slot_can_be_undone_and_done_again(office):
    row = office.slot(at=time(17), valid_until=date(2027, 1, 1))
    change_slot(office.desk(), row.id, draft(local_time=time(18)), row_version=1)
    undo_slot_change(office.desk(), row.id)
    again = office.fresh(row)
    assert (again.local_time, again.valid_until) == (time(17), date(2027, 1, 1))
    undo_slot_change(office.desk(), row.id)
    assert office.fresh(row).local_time == time(18)


def test_a_slot_never_changed_has_nothing_to_undo(office):
    row = office.slot()
    with pytest.raises(InvalidInput):
        undo_slot_change(office.desk(), row.id)


def test_an_archived_slot_leaves_the_calendar_and_comes_back(office):
    row = office.slot()
    office.fill()
    first = office.sessions()[0].id
    archive_slot(office.desk(), row.id)
    office.fill()
    assert office.sessions() == []
    archive_slot(office.desk(), row.id, archived=False)
    office.fill()
    assert office.sessions()[0].id == first


def test_a_change_that_does_not_suit_a_changed_day_is_refused(office):
    row = office.slot()
    office.change(row, kind="lengthened", facts={"planned_ms": 900_000, "longest_ms": 1_200_000})
    with pytest.raises(InvalidInput):
        change_slot(
            office.desk(), row.id, draft(planned_minutes=15, longest_minutes=10), row_version=1
        )


def test_from_a_day_on_sessions_airings_changes_and_wishes_follow(office):
    row = office.slot(at=time(17))
    pinned = office.wish(airings=4, slot_ids=[row.id], pin_slot_id=row.id, pin_day=None)
    office.change(row, day=date(2026, 11, 26), kind="replaced", facts={"name": "Hội thi"})
    office.fill()
    before = {line.id: line.session_id for line in office.lines()}
    twin = change_slot_from(
        office.desk(), row.id, date(2026, 11, 25), draft(local_time=time(18)), row_version=1
    )
    office.fill()
    after = {line.id: line.session_id for line in office.lines()}
    hours = [(line.planned_start + timedelta(hours=7)).hour for line in office.lines()]
    assert hours == [17, 17, 18, 18]
    assert set(before.values()) >= {after[key] for key in before.keys() & after.keys()}
    assert office.fresh(row).valid_until == date(2026, 11, 25)
    assert office.db.query(OccurrenceChangeRow).one().slot_id == twin.id
    assert office.fresh(pinned).slot_ids == [row.id, twin.id]
    days = [one.local_day for one in office.db.query(SessionRow).filter_by(slot_id=twin.id)]
    assert min(days) == date(2026, 11, 25)
    assert office.db.query(WishRow).one().unmet == ""


def test_from_its_first_day_on_the_slot_itself_is_changed(office):
    row = office.slot(at=time(17))
    same = change_slot_from(office.desk(), row.id, MONDAY, draft(name="Mới"), row_version=1)
    assert same.id == row.id
    assert office.db.query(SlotRow).count() == 1


def test_a_day_that_is_on_the_air_cannot_begin_a_new_rule(office):
    row = office.slot(at=time(9), valid_from=date(2026, 11, 20))
    office.fill()
    office.clock.at = office.at(9, 5)
    with pytest.raises(SessionBegun):
        change_slot_from(office.desk(), row.id, MONDAY, draft(), row_version=1)


def test_the_words_of_opening_are_spoken_anew_when_the_slot_changes(office):
    row = office.slot()
    office.fill()
    assert office.sessions()[0].opening_audio_id is None
    change_slot(office.desk(), row.id, draft(opening_words="Đây là {ten_dai}"), row_version=1)
    assert office.fresh(row).opening_words == "Đây là {ten_dai}"
