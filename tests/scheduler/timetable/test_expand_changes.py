"""One occurrence changed by hand, and days that a closure silences."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler.timetable.errors import ChangeNotValid, OccurrenceChangedTwice
from scheduler.timetable.slots import ChangeKind, Frequency, Recurrence
from tests.factories.windows import change, sessions

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


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
