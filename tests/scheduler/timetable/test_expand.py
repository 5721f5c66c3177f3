"""From slots to sessions: each sentence of the policy of time, exceptions, closures, holidays."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.errors import ChangeNotValid, OccurrenceChangedTwice
from scheduler.timetable.expand import expand
from scheduler.timetable.holidays import holidays_between
from scheduler.timetable.slots import ChangeKind, Frequency, OccurrenceChange, Recurrence

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
PARIS = "Europe/Paris"


def sessions(slots, changes=(), closures=(), holidays=(), *, first=MONDAY, count=7):
    return expand(
        slots, changes, closures, holidays, from_day=first, to_day=first + timedelta(days=count)
    )


def change(kind: ChangeKind, day: date = MONDAY, slot_id: str = "chiều", **facts):
    return OccurrenceChange(slot_id=slot_id, local_day=day, kind=kind, **facts)


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


def test_a_cancelled_occurrence_is_gone_and_its_neighbours_stay(make_slot):
    cancelled = change(ChangeKind.CANCELLED, MONDAY + DAY)

    days = [w.airs_on for w in sessions([make_slot()], [cancelled], count=3)]

    assert days == [MONDAY, MONDAY + 2 * DAY]


def test_undoing_a_change_brings_the_occurrence_back(make_slot):
    slot = make_slot()
    changed = sessions([slot], [change(ChangeKind.CANCELLED)])

    assert len(sessions([slot])) == len(changed) + 1


def test_a_moved_session_keeps_its_name_and_airs_on_its_new_day(make_slot):
    moved = change(ChangeKind.MOVED, to_day=MONDAY + 3 * DAY, to_time=time(6, 30))

    windows = sessions([make_slot()], [moved])

    (window,) = [w for w in windows if w.key == ("chiều", MONDAY)]
    assert window.airs_on == MONDAY + 3 * DAY
    assert window.starts_at == datetime(2026, 11, 25, 23, 30, tzinfo=UTC)


def test_a_session_moved_in_from_outside_the_asked_days_is_found(make_slot):
    moved = change(ChangeKind.MOVED, MONDAY - 10 * DAY, to_day=MONDAY, to_time=time(20))

    keys = [w.key for w in sessions([make_slot()], [moved], count=1)]

    assert keys == [("chiều", MONDAY), ("chiều", MONDAY - 10 * DAY)]


def test_a_session_moved_by_the_hour_alone_stays_on_its_day(make_slot):
    moved = change(ChangeKind.MOVED, to_time=time(18))
    (window,) = sessions([make_slot()], [moved], count=1)

    assert window.starts_at == datetime(2026, 11, 23, 11, tzinfo=UTC)


def test_a_session_moved_onto_a_holiday_by_hand_takes_place(make_slot):
    slot = make_slot(skip_holidays=True)
    moved = change(ChangeKind.MOVED, MONDAY, to_day=MONDAY + DAY, to_time=time(8))

    windows = sessions([slot], [moved], holidays={MONDAY + DAY}, count=2)

    assert [w.key for w in windows] == [("chiều", MONDAY)]


def test_a_lengthened_session_has_more_room_and_the_next_one_has_not(make_slot):
    longer = change(ChangeKind.LENGTHENED, planned=60 * MINUTE)

    first, second = sessions([make_slot()], [longer], count=2)

    assert (first.planned, first.longest) == (60 * MINUTE, 60 * MINUTE)
    assert (second.planned, second.longest) == (30 * MINUTE, 40 * MINUTE)


@pytest.mark.parametrize(
    "facts", [{"planned": timedelta(hours=13)}, {"planned": 50 * MINUTE, "longest": 45 * MINUTE}]
)
def test_a_session_is_not_lengthened_beyond_its_limits(make_slot, facts):
    with pytest.raises(ChangeNotValid) as refused:
        sessions([make_slot()], [change(ChangeKind.LENGTHENED, **facts)])

    assert refused.value.facts["slot_id"] == "chiều"


def test_a_replaced_session_has_another_name_and_other_zones(make_slot):
    replaced = change(ChangeKind.REPLACED, name="Buổi bầu cử", zones=frozenset({"thôn 9"}))
    (window,) = sessions([make_slot()], [replaced], count=1)

    assert (window.name, window.zones) == ("Buổi bầu cử", frozenset({"thôn 9"}))


def test_a_change_of_a_day_without_an_occurrence_does_nothing(make_slot):
    weekly = Recurrence(frequency=Frequency.WEEKLY, anchor=MONDAY, weekdays=frozenset({0}))
    ghost = change(ChangeKind.MOVED, MONDAY + DAY, to_day=MONDAY + 2 * DAY)

    assert len(sessions([make_slot(recurrence=weekly)], [ghost])) == 1


def test_an_occurrence_from_before_the_slot_was_valid_cannot_be_moved_in(make_slot):
    slot = make_slot(valid_from=MONDAY)
    ghost = change(ChangeKind.MOVED, MONDAY - 2 * DAY, to_day=MONDAY)

    assert [w.key for w in sessions([slot], [ghost], count=1)] == [("chiều", MONDAY)]


def test_two_changes_of_one_occurrence_are_refused(make_slot):
    twice = [change(ChangeKind.CANCELLED), change(ChangeKind.MOVED, to_time=time(18))]

    with pytest.raises(OccurrenceChangedTwice):
        sessions([make_slot()], twice)


def test_mourning_silences_every_session_of_its_days(make_slot, make_closure):
    closure = make_closure(MONDAY + DAY, days=2)

    days = [w.airs_on for w in sessions([make_slot()], closures=[closure], count=5)]

    assert days == [MONDAY, MONDAY + 3 * DAY, MONDAY + 4 * DAY]


def test_an_examination_takes_only_its_zone_and_its_hours(make_slot, make_closure):
    exam = make_closure(zones=frozenset({"thôn 1"}), from_time=time(7), until_time=time(17, 30))

    morning, evening = sessions([make_slot("sáng"), make_slot()], closures=[exam], count=1)

    assert morning.zones == {"thôn 1", "thôn 2"}
    assert evening.zones == {"thôn 2"}


def test_closed_hours_are_half_open(make_slot, make_closure):
    until_start = make_closure(from_time=time(7), until_time=time(17))
    from_end = make_closure(id="b", from_time=time(17, 40), until_time=time(18))

    assert len(sessions([make_slot()], closures=[until_start, from_end], count=1)) == 1


def test_a_session_that_would_sound_into_a_closed_day_does_not_take_place(make_slot, make_closure):
    slot = make_slot(local_time=time(23, 50))

    assert sessions([slot], closures=[make_closure(MONDAY + DAY)], count=1) == ()


def test_a_session_moved_out_of_a_closure_takes_place(make_slot, make_closure):
    moved = change(ChangeKind.MOVED, to_day=MONDAY + DAY, to_time=time(9))

    windows = sessions([make_slot()], [moved], [make_closure()], count=2)

    assert [w.key for w in windows] == [("chiều", MONDAY), ("chiều", MONDAY + DAY)]


def test_two_closures_together_can_take_all_zones(make_slot, make_closure):
    closures = [make_closure(id=z, zones=frozenset({z})) for z in ("thôn 1", "thôn 2")]

    assert sessions([make_slot()], closures=closures, count=1) == ()


@pytest.mark.parametrize("facts", [{"days": 0}, {"from_time": time(9), "until_time": time(9)}])
def test_a_closure_that_ends_before_it_begins_is_refused(make_closure, facts):
    with pytest.raises(ChangeNotValid):
        make_closure(**facts)


ZONES = st.sampled_from(["Asia/Ho_Chi_Minh", PARIS, "America/New_York", "Pacific/Apia"])
DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))


@st.composite
def recurrences(draw):
    frequency = draw(st.sampled_from(Frequency))
    anchor, interval = draw(DAYS), draw(st.integers(1, 4))
    match frequency:
        case Frequency.DAILY:
            return Recurrence(frequency=frequency, anchor=anchor, interval=interval)
        case Frequency.WEEKLY:
            weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1))
            return Recurrence(
                frequency=frequency, anchor=anchor, interval=interval, weekdays=weekdays
            )
        case Frequency.MONTHLY:
            month_days = draw(st.frozensets(st.sampled_from([1, 15, 29, 30, 31, -1]), min_size=1))
            lunar = (
                draw(st.frozensets(st.sampled_from([1, 15, 30]))) if interval == 1 else frozenset()
            )
            return Recurrence(
                frequency=frequency,
                anchor=anchor,
                interval=interval,
                month_days=month_days,
                lunar_days=lunar,
            )


@st.composite
def timetables(draw, make_slot, make_closure):
    """Slots, changes, closures and holidays around some days, and those days."""
    first = draw(DAYS)
    near = st.integers(-6, 40).map(lambda n: first + timedelta(days=n))
    slots = [
        make_slot(
            name,
            recurrence=draw(recurrences()),
            time_zone=draw(ZONES),
            local_time=draw(st.times().map(lambda t: t.replace(second=0, microsecond=0))),
            skip_holidays=draw(st.booleans()),
        )
        for name in ("a", "b", "c")[: draw(st.integers(1, 3))]
    ]
    named = draw(st.dictionaries(st.tuples(st.sampled_from("abc"), near), near, max_size=4))
    changes = [
        change(
            draw(st.sampled_from([ChangeKind.MOVED, ChangeKind.CANCELLED])),
            day,
            slot_id,
            to_day=to_day,
            to_time=time(2, 30),
        )
        for (slot_id, day), to_day in named.items()
    ]
    closures = [
        make_closure(day, id=str(day), from_time=draw(st.sampled_from([None, time(12)])))
        for day in draw(st.sets(near, max_size=2))
    ]
    holidays = draw(st.sets(near, max_size=4))
    return first, slots, changes, closures, holidays


@settings(deadline=None, max_examples=80)
@given(data=st.data(), cut=st.integers(0, 30), length=st.integers(0, 30))
def test_windows_joined_equal_the_whole(make_slot, make_closure, data, cut, length):
    first, *timetable = data.draw(timetables(make_slot, make_closure))
    cut = min(cut, length)

    whole = sessions(*timetable, first=first, count=length)
    left = sessions(*timetable, first=first, count=cut)
    right = sessions(*timetable, first=first + timedelta(days=cut), count=length - cut)

    assert sorted(left + right, key=lambda w: (w.starts_at, w.slot_id, w.local_day)) == list(whole)


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_slot_has_at_most_one_occurrence_a_local_day(make_slot, make_closure, data):
    first, *timetable = data.draw(timetables(make_slot, make_closure))

    keys = [window.key for window in sessions(*timetable, first=first, count=35)]

    assert len(keys) == len(set(keys))


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_the_order_of_slots_changes_and_closures_does_not_matter(make_slot, make_closure, data):
    first, slots, changes, closures, holidays = data.draw(timetables(make_slot, make_closure))
    shuffled = [data.draw(st.permutations(each)) for each in (slots, changes, closures)]

    assert sessions(slots, changes, closures, holidays, first=first) == sessions(
        *shuffled, holidays, first=first
    )


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_every_session_starts_on_its_own_local_day_within_the_asked_days(
    make_slot, make_closure, data
):
    first, *timetable = data.draw(timetables(make_slot, make_closure))

    for window in sessions(*timetable, first=first, count=20):
        assert first <= window.airs_on < first + timedelta(days=20)
        assert window.zones
        assert window.starts_at < window.ends_at <= window.latest_end
        assert window.starts_at.tzinfo is UTC
