"""Outside the station's regulation a reason is wanted, whichever way a session gets there."""

from dataclasses import replace
from datetime import date, time

import pytest

from broadcast.stations.models import RegulationRow
from broadcast.timetable.following import change_slot_from, undo_slot_change
from broadcast.timetable.models import FillNote
from broadcast.timetable.moving import draft_of
from broadcast.timetable.occurrences import change_occurrence, find_change, undo_change
from broadcast.timetable.quiet_hours import QuietReasonMissing, read_regulations
from broadcast.timetable.service import add_slot, archive_slot, change_slot, kept_of
from scheduler.timetable.conflicts import ConflictKind
from scheduler.timetable.slots import ChangeKind, Frequency, Recurrence

MONDAY = date(2026, 11, 23)
FOUR_HOURS_MS = 14_400_000


def regulation(office, since=MONDAY, until="21:00", code="78", narrow=""):
    hours = [{"weekdays": [], "from": "05:30", "to": until, "zones": None}]
    if narrow:
        hours.append({"weekdays": [], "from": "05:30", "to": "10:00", "zones": [narrow]})
    return office.keep(
        RegulationRow(
            id=f"quy chế {code}",
            station_id=office.station.id,
            valid_from=since,
            decision_number=f"{code}/QĐ-UBND",
            created_at=office.clock(),
            hours=hours,
        )
    )


def change(office, row, kind, reason="", **facts):
    return change_occurrence(office.desk(), row.id, MONDAY, kind=kind, facts=facts, reason=reason)


def test_a_session_that_is_lengthened_past_the_hours_wants_a_reason(office):
    regulation(office)
    row = office.slot(at=time(17))
    with pytest.raises(QuietReasonMissing, match="78/QĐ-UBND"):
        change(office, row, ChangeKind.LENGTHENED, "  ", planned_ms=5 * 3_600_000)
    assert find_change(office.desk(), row.id, MONDAY) is None
    told = change(office, row, ChangeKind.LENGTHENED, "Tường thuật", planned_ms=5 * 3_600_000)
    assert told.reason == "Tường thuật"


def test_a_session_that_stays_within_the_hours_is_asked_nothing(office):
    regulation(office)
    row = office.slot(at=time(17), longest_ms=FOUR_HOURS_MS)
    assert change(office, row, ChangeKind.LENGTHENED, planned_ms=FOUR_HOURS_MS).reason == ""
    assert change(office, row, ChangeKind.CANCELLED).kind == ChangeKind.CANCELLED


def test_a_session_sent_to_a_zone_with_narrower_hours_wants_a_reason(office):
    school, east = office.zone("Trường"), office.zone("Đông")
    regulation(office, narrow=school.id)
    row = office.slot(at=time(17), zone_ids=[east.id])
    with pytest.raises(QuietReasonMissing, match="Thôn Trường"):
        change(office, row, ChangeKind.REPLACED, zone_ids=[school.id])


def test_what_was_explained_once_is_not_asked_again(office):
    regulation(office)
    row = office.slot(at=time(17))
    change(office, row, ChangeKind.MOVED, "Trực tiếp", to_time="20:55")
    assert change(office, row, ChangeKind.LENGTHENED, planned_ms=1_200_000).reason == "Trực tiếp"


def test_the_reason_of_a_slot_speaks_for_its_single_days(office):
    regulation(office)
    row = office.slot(at=time(5), quiet_reason="Mùa gặt")
    assert change(office, row, ChangeKind.MOVED, to_time="21:30").reason == ""


def test_a_slot_of_one_day_is_asked_however_far_away_that_day_is(office):
    regulation(office)
    late = draft_of(office.slot(at=time(17)))
    far = replace(
        late,
        local_time=time(22),
        recurrence=Recurrence(frequency=Frequency.MONTHLY, anchor=MONDAY, month_days={29}),
        valid_from=date(2027, 10, 1),
        valid_until=date(2027, 11, 1),
    )
    with pytest.raises(QuietReasonMissing):
        add_slot(office.desk(), far)


def test_a_decision_that_comes_later_is_asked_about_for_its_own_days(office):
    regulation(office)
    regulation(office, since=date(2027, 6, 1), until="16:00", code="91")
    draft = draft_of(office.slot(at=time(17)))
    with pytest.raises(QuietReasonMissing, match="91/QĐ-UBND"):
        add_slot(office.desk(), draft)


def test_this_and_all_following_are_asked_like_a_new_slot(office):
    regulation(office)
    row = office.slot(at=time(17))
    late = replace(draft_of(row), local_time=time(22))
    with pytest.raises(QuietReasonMissing):
        change_slot_from(office.desk(), row.id, date(2026, 11, 25), late, row_version=1)
    assert office.fresh(row).valid_until is None


def test_undoing_a_change_back_out_of_the_hours_wants_the_reason_in_the_slot(office):
    row = office.slot(at=time(22))
    change(office, row, ChangeKind.MOVED, to_time="17:00")
    regulation(office)
    with pytest.raises(QuietReasonMissing):
        undo_change(office.desk(), row.id, MONDAY)
    assert find_change(office.desk(), row.id, MONDAY) is not None


def test_undoing_the_change_of_a_slot_is_asked_as_well(office):
    row = office.slot(at=time(22))
    change_slot(office.desk(), row.id, replace(draft_of(row), local_time=time(17)), row_version=1)
    regulation(office)
    before = kept_of(office.fresh(row))
    with pytest.raises(QuietReasonMissing):
        undo_slot_change(office.desk(), row.id)
    assert kept_of(office.fresh(row)) == before


def test_a_slot_in_use_again_is_asked_as_well(office):
    row = office.slot(at=time(22))
    archive_slot(office.desk(), row.id)
    regulation(office)
    with pytest.raises(QuietReasonMissing):
        archive_slot(office.desk(), row.id, archived=False)


def test_a_new_decision_puts_sessions_into_the_calendars_list_of_conflicts(office):
    row = office.slot(at=time(22))
    office.slot("sáng", at=time(6))
    regulation(office)
    office.fill()
    (told,) = office.only(FillNote).conflicts
    assert told["kind"] == ConflictKind.OUTSIDE_REGULATION
    assert "78/QĐ-UBND" in told["sentence"]
    assert {slot for slot, _day in told["sessions"]} == {row.id}


def test_sessions_with_their_reason_are_no_conflict(office):
    office.slot(at=time(22), quiet_reason="Mùa gặt")
    regulation(office)
    office.fill()
    assert office.db.query(FillNote).one().conflicts == []


def test_no_decision_before_the_first_and_the_last_one_holds_on(office):
    regulation(office)
    regulation(office, since=date(2027, 1, 1), code="91")
    read = read_regulations(office.desk())
    assert read.on(date(2026, 11, 22)) is None
    assert read.on(date(2026, 12, 31)).decision_number == "78/QĐ-UBND"
    assert read.on(date(2030, 1, 1)).decision_number == "91/QĐ-UBND"
