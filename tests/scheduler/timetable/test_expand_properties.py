"""What holds of every timetable: windows join, order does not matter, once a local day."""

from datetime import UTC, date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.slots import ChangeKind, Frequency, Recurrence
from tests.factories.windows import change, sessions

PARIS = "Europe/Paris"
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
