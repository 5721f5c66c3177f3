"""On which days a slot falls, and which slots there cannot be."""

from datetime import UTC, date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.errors import (
    ChangeNotValid,
    RecurrenceNotValid,
    SlotNotValid,
    TimeZoneUnknown,
)
from scheduler.timetable.lunar import to_lunar
from scheduler.timetable.slots import (
    ChangeKind,
    Frequency,
    OccurrenceChange,
    Recurrence,
    falls_on,
    split_following,
)

MONDAY = date(2026, 11, 23)
DAILY, WEEKLY, MONTHLY = Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY


def days_in(recurrence: Recurrence, year: int, month: int) -> list[int]:
    day, found = date(year, month, 1), []
    while day.month == month:
        if falls_on(recurrence, day):
            found.append(day.day)
        day += timedelta(days=1)
    return found


def rule(frequency: Frequency, anchor: date = MONDAY, **facts) -> Recurrence:
    facts = {name: frozenset(v) if isinstance(v, set) else v for name, v in facts.items()}
    return Recurrence(frequency=frequency, anchor=anchor, **facts)


@pytest.mark.parametrize(
    ("case", "recurrence", "month", "expected"),
    [
        ("every day", rule(DAILY), (2026, 2), list(range(1, 29))),
        (
            "every third day",
            rule(DAILY, date(2026, 2, 2), interval=3),
            (2026, 2),
            [2, 5, 8, 11, 14, 17, 20, 23, 26],
        ),
        (
            "Tuesday and Friday",
            rule(WEEKLY, weekdays={1, 4}),
            (2026, 12),
            [1, 4, 8, 11, 15, 18, 22, 25, 29],
        ),
        (
            "every second week",
            rule(WEEKLY, weekdays={0, 6}, interval=2),
            (2026, 12),
            [7, 13, 21, 27],
        ),
        (
            "a week begins on Monday",
            rule(WEEKLY, date(2026, 11, 29), weekdays={0, 6}, interval=2),
            (2026, 12),
            [7, 13, 21, 27],
        ),
        ("the 1st and 15th", rule(MONTHLY, month_days={1, 15}), (2026, 12), [1, 15]),
        ("the 31st", rule(MONTHLY, month_days={31}), (2026, 11), []),
        ("leap_day in a leap year", rule(MONTHLY, month_days={29}), (2028, 2), [29]),
        ("leap_day otherwise", rule(MONTHLY, month_days={29}), (2026, 2), []),
        ("the last day, 28", rule(MONTHLY, month_days={-1}), (2026, 2), [28]),
        ("the last day, 29", rule(MONTHLY, month_days={-1}), (2028, 2), [29]),
        ("the last day, 31", rule(MONTHLY, month_days={-1, 31}), (2026, 12), [31]),
        ("every second month, in", rule(MONTHLY, month_days={5}, interval=2), (2027, 1), [5]),
        ("every second month, out", rule(MONTHLY, month_days={5}, interval=2), (2026, 12), []),
        ("rằm and mùng một", rule(MONTHLY, lunar_days={1, 15}), (2026, 11), [9, 23]),
        (
            "solar and lunar days",
            rule(MONTHLY, month_days={1}, lunar_days={15}),
            (2026, 11),
            [1, 23],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_recurrence_names_these_days(case, recurrence, month, expected):
    assert days_in(recurrence, *month) == expected, case


def test_the_thirtieth_lunar_day_is_left_out_of_a_short_lunar_month():
    recurrence = rule(MONTHLY, lunar_days={30})
    year = [MONDAY + timedelta(days=n) for n in range(355)]
    fallen = [day for day in year if falls_on(recurrence, day)]

    assert 0 < len(fallen) < 12
    assert {to_lunar(day).day for day in fallen} == {30}


@pytest.mark.parametrize(
    "wrong",
    [
        {"frequency": DAILY, "interval": 0},
        {"frequency": DAILY, "weekdays": {1}},
        {"frequency": WEEKLY},
        {"frequency": WEEKLY, "weekdays": {7}},
        {"frequency": WEEKLY, "weekdays": {1}, "month_days": {1}},
        {"frequency": MONTHLY},
        {"frequency": MONTHLY, "weekdays": {1}, "month_days": {1}},
        {"frequency": MONTHLY, "month_days": {0}},
        {"frequency": MONTHLY, "month_days": {32}},
        {"frequency": MONTHLY, "lunar_days": {31}},
        {"frequency": MONTHLY, "lunar_days": {15}, "interval": 2},
    ],
    ids=str,
)
def test_a_recurrence_without_fitting_days_is_refused(wrong):
    with pytest.raises(RecurrenceNotValid) as refused:
        rule(**wrong)

    assert refused.value.message.endswith(".")


@settings(deadline=None, max_examples=100)
@given(
    day=st.dates(date(1990, 1, 1), date(2050, 1, 1)),
    anchor=st.dates(date(1990, 1, 1), date(2050, 1, 1)),
    interval=st.integers(1, 9),
)
def test_days_before_the_anchor_follow_the_same_beat(day, anchor, interval):
    recurrence = rule(DAILY, anchor, interval=interval)

    assert falls_on(recurrence, day) == falls_on(recurrence, day + timedelta(days=interval))


@settings(deadline=None, max_examples=100)
@given(
    anchor=st.dates(date(1990, 1, 1), date(2050, 1, 1)),
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    interval=st.integers(1, 5),
)
def test_a_weekly_recurrence_has_its_weekdays_once_in_every_interval(anchor, weekdays, interval):
    recurrence = rule(WEEKLY, anchor, weekdays=weekdays, interval=interval)
    cycle = [anchor + timedelta(days=n) for n in range(7 * interval)]

    fallen = [day.weekday() for day in cycle if falls_on(recurrence, day)]

    assert sorted(fallen) == sorted(weekdays)


@pytest.mark.parametrize(
    "wrong",
    [
        {"planned": timedelta(0)},
        {"planned": timedelta(hours=1)},
        {"longest": timedelta(hours=13)},
        {"zones": frozenset()},
        {"local_time": time(17, tzinfo=UTC)},
        {"lock": -timedelta(minutes=1)},
        {"valid_until": date(1990, 1, 1)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_slot_that_makes_no_session_is_refused(make_slot, wrong):
    with pytest.raises(SlotNotValid):
        make_slot(**wrong)


def test_a_slot_in_an_unknown_zone_is_refused(make_slot):
    with pytest.raises(TimeZoneUnknown):
        make_slot(time_zone="Asia/Atlantis")


def test_a_slot_is_valid_from_its_first_day_until_before_its_end(make_slot):
    slot = make_slot(valid_from=MONDAY, valid_until=MONDAY + timedelta(days=2))
    valid = [slot.is_valid_on(MONDAY + timedelta(days=n)) for n in (-1, 0, 1, 2)]

    assert valid == [False, True, True, False]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": ChangeKind.MOVED},
        {"kind": ChangeKind.LENGTHENED, "to_time": time(5)},
        {"kind": ChangeKind.LENGTHENED, "longest": timedelta(0)},
        {"kind": ChangeKind.REPLACED},
        {"kind": ChangeKind.REPLACED, "zones": frozenset()},
    ],
    ids=str,
)
def test_a_change_that_does_not_say_what_it_changes_is_refused(wrong):
    with pytest.raises(ChangeNotValid):
        OccurrenceChange(slot_id="chiều", local_day=MONDAY, **wrong)


def test_this_and_all_following_splits_a_slot_without_a_seam(make_slot):
    slot = make_slot(valid_until=MONDAY + timedelta(days=9))

    earlier, later = split_following(slot, MONDAY, new_id="chiều mới")

    assert earlier is not None
    assert (earlier.id, later.id) == ("chiều", "chiều mới")
    assert (earlier.valid_from, earlier.valid_until) == (slot.valid_from, MONDAY)
    assert (later.valid_from, later.valid_until) == (MONDAY, slot.valid_until)


def test_a_split_keeps_the_beat_of_every_second_week(make_slot, days_of):
    recurrence = rule(WEEKLY, MONDAY, weekdays={2}, interval=2)
    slot = make_slot(recurrence=recurrence)
    earlier, later = split_following(slot, MONDAY + timedelta(days=10), new_id="mới")

    whole = [window.airs_on for window in days_of(slot, count=60)]
    halves = [window.airs_on for window in days_of(earlier, later, count=60)]

    assert halves == whole


def test_all_following_from_the_first_day_is_the_slot_itself(make_slot):
    slot = make_slot(valid_from=MONDAY)

    assert split_following(slot, MONDAY, new_id="mới") == (None, slot)


def test_a_slot_that_has_ended_has_no_following_sessions(make_slot):
    slot = make_slot(valid_until=MONDAY)

    with pytest.raises(SlotNotValid, match="đã kết thúc trước ngày này"):
        split_following(slot, MONDAY, new_id="mới")
