"""Which sessions were outside the regulation, as the log or the plan has them, and why."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.people.rules import Role
from broadcast.stations.models import RegulationRow
from broadcast.timetable.emergencies import EmergencyDraft, start_emergency
from broadcast.timetable.exceptions import list_exceptions, say_hours
from broadcast.timetable.models import SessionRow
from broadcast.timetable.occurrences import change_occurrence
from broadcast.timetable.service import SlotDraft, add_slot
from scheduler.timetable.slots import ChangeKind, Frequency, Recurrence

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
ZONE = "Asia/Ho_Chi_Minh"


@pytest.fixture
def regulation(office):
    return office.keep(
        RegulationRow(
            id="quy chế",
            station_id=office.station.id,
            valid_from=date(2026, 1, 1),
            decision_number="78/QĐ-UBND",
            decision_date=date(2025, 12, 20),
            created_at=office.clock(),
            hours=[{"weekdays": [], "from": "05:30", "to": "21:00", "zones": None}],
        )
    )


def evening(office, at=time(20, 50), **facts):
    return office.slot("tối", at=at, valid_until=TUESDAY, **facts)


def airing(office, session, outcome=AiringOutcome.AIRED, *, starts_at=None, heard_ms=0):
    return office.keep(
        AiringRow(
            key=f"{session.id} {starts_at}",
            station_id=office.station.id,
            session_id=session.id,
            local_day=session.local_day,
            started_at=starts_at,
            heard_ms=heard_ms,
            outcome=outcome,
        )
    )


def listed(office, first=MONDAY, end=TUESDAY):
    return list_exceptions(office.desk(), first, end)


def test_a_session_to_come_is_listed_with_its_hours_decision_and_reason(office, regulation):
    evening(office, quiet_reason="Mùa gặt")
    office.fill()
    (one,) = listed(office)
    assert say_hours(one.parts, ZONE) == "21:00–21:05"
    assert (one.day, one.name, one.zones) == (MONDAY, "Buổi tối", "toàn xã")
    assert one.regulation.decision_number == "78/QĐ-UBND"
    assert one.regulation.decision_date == date(2025, 12, 20)
    assert (one.why.reason, one.is_heard, one.is_emergency) == ("Mùa gặt", False, False)


def test_who_wrote_the_slot_gave_its_reason(office, regulation):
    desk = office.desk()
    add_slot(
        desk,
        SlotDraft(
            name="Buổi khuya",
            local_time=time(22),
            planned_minutes=15,
            longest_minutes=15,
            recurrence=Recurrence(frequency=Frequency.DAILY, anchor=MONDAY),
            valid_from=MONDAY,
            quiet_reason="Trực bão",
        ),
    )
    office.fill()
    assert listed(office)[0].why.author == desk.actor.name


def test_the_reason_of_the_day_speaks_before_the_slots(office, regulation):
    row = evening(office, quiet_reason="Mùa gặt")
    change_occurrence(
        office.desk(), row.id, MONDAY, kind=ChangeKind.MOVED, facts={"to_time": "22:00"},
        reason="Họp dân",
    )  # fmt: skip
    office.fill()
    (one,) = listed(office)
    assert one.why.reason == "Họp dân"
    assert one.why.author


def test_what_was_heard_counts_and_not_what_was_planned(office, regulation):
    evening(office, quiet_reason="Mùa gặt")
    office.fill()
    row = office.sessions()[0]
    office.clock.at = office.at(23)
    airing(office, row, starts_at=office.at(20, 50), heard_ms=11 * 60_000)
    (one,) = listed(office)
    assert one.is_heard
    assert one.parts == ((office.at(21), office.at(21, 1)),)


def test_a_session_that_ended_in_time_is_no_exception(office, regulation):
    evening(office, quiet_reason="Mùa gặt")
    office.fill()
    row = office.sessions()[0]
    office.clock.at = office.at(23)
    airing(office, row, starts_at=office.at(20, 50), heard_ms=60_000)
    assert listed(office) == []


def test_what_no_box_played_or_nobody_filled_broke_nothing(office, regulation):
    evening(office, quiet_reason="Mùa gặt")
    office.slot("khuya", at=time(22), valid_until=TUESDAY)
    office.fill()
    missed = office.sessions()[0]
    office.clock.at = office.at(23, 30)
    airing(office, missed, AiringOutcome.MISSED)
    assert listed(office) == []


def test_what_waits_for_its_report_counts_as_its_running_order_says(office, regulation):
    evening(office, at=time(20, 59), quiet_reason="Mùa gặt")
    office.wish(office.approved(minutes=2))
    office.fill()
    office.clock.at = office.at(21, 30)
    (one,) = listed(office)
    assert one.parts == ((office.at(21), office.at(21, 1)),)
    assert not one.is_heard


def test_a_cancelled_session_is_none_but_a_box_that_played_it_all_the_same_is_heard(
    office, regulation
):
    row = evening(office, quiet_reason="Mùa gặt")
    office.fill()
    change_occurrence(
        office.desk(), row.id, MONDAY, kind=ChangeKind.CANCELLED, facts={}, reason="Mưa"
    )
    office.fill()
    assert listed(office) == []
    office.let_go()
    session = office.only(SessionRow)
    office.clock.at = office.at(23)
    airing(office, session, AiringOutcome.UNPLANNED, starts_at=office.at(21), heard_ms=60_000)
    assert len(listed(office)) == 1


def test_an_emergency_at_night_is_listed_as_one_with_who_and_why(office, regulation):
    office.clock.at = office.at(22)
    bulletin = office.approved()
    start_emergency(
        office.desk(Role.APPROVER),
        EmergencyDraft(
            title="Xả lũ",
            bulletin_id=bulletin.id,
            until=office.at(23, 30),
            repeat_minutes=15,
            reason="Hồ xả lũ",
        ),
    )
    session = office.only(SessionRow)
    for minute in (0, 15, 30, 45):
        airing(office, session, starts_at=office.at(22, minute), heard_ms=90_000)
    (one,) = listed(office)
    assert one.is_emergency
    assert one.why.reason == "Hồ xả lũ"
    assert one.why.author
    assert say_hours(one.parts, ZONE) == "22:00–22:02 … 22:45–22:47 (4 lần)"


def test_a_session_belongs_to_the_local_day_on_which_it_starts(office, regulation):
    office.slot("sớm", at=time(5), valid_until=date(2026, 11, 26), quiet_reason="Đi làm đồng")
    office.fill()
    assert [one.day for one in listed(office, TUESDAY, date(2026, 11, 26))] == [
        TUESDAY,
        date(2026, 11, 25),
    ]


def test_without_a_decision_nothing_is_outside(office):
    evening(office)
    office.fill()
    assert listed(office) == []


def test_the_decision_of_the_day_is_the_one_that_counts(office, regulation):
    office.slot("chiều", at=time(17))
    office.keep(
        RegulationRow(
            id="mới",
            station_id=office.station.id,
            valid_from=TUESDAY,
            decision_number="91/QĐ-UBND",
            created_at=office.clock(),
            hours=[{"weekdays": [], "from": "05:30", "to": "17:00", "zones": None}],
        )
    )
    office.fill()
    (one,) = listed(office, MONDAY, date(2026, 11, 25))
    assert (one.day, one.regulation.decision_number) == (TUESDAY, "91/QĐ-UBND")
    assert (one.why.reason, one.why.author) == ("", "")


def test_seconds_at_the_end_are_a_minute_of_their_own():
    begins = datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert say_hours([(begins, begins + timedelta(seconds=20))], ZONE) == "22:00–22:01"
    assert say_hours([(begins, begins + timedelta(minutes=5))], ZONE) == "22:00–22:05"
