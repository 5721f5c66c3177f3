"""What stands in the way of a move, where there is room, and what a moved rule becomes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler.timetable.errors import RecurrenceNotValid
from scheduler.timetable.moving import clashes, free_starts, shift_recurrence, starting_at
from scheduler.timetable.slots import Frequency, Recurrence, falls_on

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
LONG_AGO = datetime(2026, 11, 1, tzinfo=UTC)


def weekly(*weekdays: int, interval: int = 1) -> Recurrence:
    return Recurrence(
        frequency=Frequency.WEEKLY,
        anchor=MONDAY,
        interval=interval,
        weekdays=frozenset(weekdays),
    )


def test_sessions_clash_where_they_share_time_and_zones(make_window):
    early = make_window("sớm", 0, planned=30)
    late = make_window("muộn", 20, planned=30)
    elsewhere = make_window("xa", 20, zones=frozenset({"thôn 9"}))

    assert clashes(late, [elsewhere, early, late]) == ((early, early.zones),)


def test_what_ends_when_the_next_starts_does_not_clash(make_window):
    assert clashes(make_window("sau", 30), [make_window("trước", 0, planned=30)]) == ()


def test_room_is_found_right_before_and_right_behind(make_window):
    other = make_window("kia", 0, planned=28)
    moved = make_window("này", 10, planned=15)

    free = free_starts(moved, [other, moved], LONG_AGO)

    assert [(start - other.starts_at) // MINUTE for start in free] == [30, -15]


def test_no_room_is_offered_in_the_past_or_on_another_day(make_window):
    other = make_window("kia", 0, planned=30)
    moved = make_window("này", 10, planned=15)

    assert free_starts(moved, [other], other.starts_at) == (other.ends_at,)
    until_midnight = make_window("kia", 0, planned=7 * 60)
    assert free_starts(moved, [until_midnight], until_midnight.starts_at) == ()


@settings(deadline=None, max_examples=100)
@given(
    others=st.lists(st.tuples(st.integers(-600, 300), st.integers(5, 90)), max_size=8),
    wanted=st.integers(-500, 300),
)
def test_where_room_is_offered_nothing_clashes(make_window, others, wanted):
    windows = [
        make_window(f"{n}", start, planned=long, longest=long)
        for n, (start, long) in enumerate(others)
    ]
    moved = make_window("này", wanted, planned=15)

    for start in free_starts(moved, windows, LONG_AGO):
        there = starting_at(moved, start)
        assert clashes(there, windows) == ()
        assert (there.planned, there.airs_on) == (moved.planned, moved.airs_on)


def test_a_weekly_rule_changes_that_weekday_only():
    shifted = shift_recurrence(weekly(0, 3), date(2026, 11, 26), date(2026, 11, 27))

    assert shifted.weekdays == {0, 4}


def test_every_other_week_counts_from_the_week_into_which_it_moves():
    shifted = shift_recurrence(weekly(0, interval=2), MONDAY, MONDAY + 8 * DAY)

    assert falls_on(shifted, MONDAY + 8 * DAY)
    assert not falls_on(shifted, MONDAY + DAY)


@pytest.mark.parametrize(
    ("rule", "to_day", "said"),
    [
        (Recurrence(frequency=Frequency.DAILY, anchor=MONDAY), MONDAY + DAY, "hằng ngày"),
        (weekly(0, 1), MONDAY + DAY, "thứ Ba"),
        (
            Recurrence(frequency=Frequency.MONTHLY, anchor=MONDAY, month_days=frozenset({23, 24})),
            MONDAY + DAY,
            "thứ Ba 24/11",
        ),
        (
            Recurrence(frequency=Frequency.MONTHLY, anchor=MONDAY, lunar_days=frozenset({15})),
            MONDAY + DAY,
            "âm lịch",
        ),
    ],
    ids=["daily", "weekday taken", "month day taken", "lunar"],
)
def test_a_rule_that_cannot_move_its_day_says_why(rule, to_day, said):
    with pytest.raises(RecurrenceNotValid) as refused:
        shift_recurrence(rule, MONDAY, to_day)

    assert said in refused.value.message


@settings(deadline=None, max_examples=150)
@given(
    rule=st.one_of(
        st.builds(
            lambda days, n: weekly(*days, interval=n),
            st.sets(st.integers(0, 6), min_size=1),
            st.integers(1, 3),
        ),
        st.builds(
            lambda days, n: Recurrence(
                frequency=Frequency.MONTHLY,
                anchor=MONDAY,
                interval=n,
                month_days=frozenset(days),
            ),
            st.sets(st.sampled_from([1, 15, 28, 31, -1]), min_size=1),
            st.integers(1, 3),
        ),
    ),
    offset=st.integers(0, 200),
    by=st.integers(-20, 20),
)
def test_a_shifted_rule_falls_on_the_new_day_and_a_shift_to_the_same_day_is_none(rule, offset, by):
    day = MONDAY + offset * DAY
    assume(falls_on(rule, day))
    assert shift_recurrence(rule, day, day) == rule
    try:
        shifted = shift_recurrence(rule, day, day + by * DAY)
    except RecurrenceNotValid:
        return
    assert falls_on(shifted, day + by * DAY)
    assert len(shifted.weekdays) == len(rule.weekdays)
    assert len(shifted.month_days) == len(rule.month_days)
