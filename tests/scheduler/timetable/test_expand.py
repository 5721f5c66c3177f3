"""From slots to sessions: the policy of time and of holidays."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler.timetable.holidays import holidays_between
from scheduler.timetable.slots import Frequency, Recurrence
from tests.factories.windows import sessions

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
PARIS = "Europe/Paris"


def test_a_session_starts_at_its_local_time_and_has_both_ends(make_slot):
    (window,) = sessions([make_slot()], count=1)

    assert window.starts_at == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert window.planned == 30 * MINUTE
    assert window.longest == 40 * MINUTE
    assert window.key == ("chiều", MONDAY)
    assert window.airs_on == MONDAY


def test_a_session_locks_its_lock_time_before_it_starts(make_slot):
    (window,) = sessions([make_slot(lock=45 * MINUTE)], count=1)

    assert window.locks_at == window.starts_at - 45 * MINUTE


def test_sessions_come_by_start_then_slot(make_slot):
    slots = [make_slot("chiều"), make_slot("sáng"), make_slot("b", local_time=time(5))]

    assert [w.slot_id for w in sessions(slots, count=1)] == ["b", "sáng", "chiều"]


@pytest.mark.parametrize(
    ("case", "day", "local_time", "expected"),
    [
        ("spring_gap", date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (
            "autumn_repeat",
            date(2026, 10, 25),
            time(2, 30),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
        ("midnight", date(2026, 6, 1), time(0), datetime(2026, 5, 31, 22, tzinfo=UTC)),
    ],
)
def test_a_session_starts_once_on_the_day_of_a_change(make_slot, case, day, local_time, expected):
    slot = make_slot(time_zone=PARIS, local_time=local_time)

    assert [w.starts_at for w in sessions([slot], first=day, count=1)] == [expected], case


def test_thirty_minutes_are_thirty_minutes_over_the_autumn_repeat(make_slot):
    slot = make_slot(time_zone=PARIS, local_time=time(2, 45))
    (window,) = sessions([slot], first=date(2026, 10, 25), count=1)

    assert window.ends_at - window.starts_at == 30 * MINUTE


def test_a_day_that_a_zone_leaves_out_has_no_session(make_slot):
    slot = make_slot(time_zone="Pacific/Apia")
    days = [w.airs_on.day for w in sessions([slot], first=date(2011, 12, 29), count=3)]

    assert days == [29, 31]


def test_a_session_over_midnight_belongs_to_the_day_it_starts_on(make_slot):
    slot = make_slot(local_time=time(23, 50))
    (window,) = sessions([slot], count=1)

    assert window.airs_on == MONDAY
    assert window.latest_end == datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    assert sessions([slot], first=MONDAY + DAY, count=1)[0].airs_on == MONDAY + DAY


def test_leap_day_comes_in_leap_years_only(make_slot):
    monthly = Recurrence(
        frequency=Frequency.MONTHLY, anchor=date(2020, 1, 1), month_days=frozenset({29})
    )
    slot = make_slot(recurrence=monthly)

    years = [
        w.airs_on.year
        for y in range(2025, 2033)
        for w in sessions([slot], first=date(y, 2, 1), count=29)
        if w.airs_on.month == 2
    ]

    assert years == [2028, 2032]


def test_holidays_silence_only_the_slots_that_skip_them(make_slot):
    tet = holidays_between(date(2027, 2, 1), date(2027, 2, 20))
    working = make_slot("sáng", skip_holidays=True)
    always = make_slot("chiều")

    heard = sessions([working, always], holidays=tet, first=date(2027, 2, 6), count=1)

    assert [w.slot_id for w in heard] == ["chiều"]
