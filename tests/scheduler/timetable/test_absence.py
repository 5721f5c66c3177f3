"""Why the calendar's cell is empty; `expand` is the second opinion."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.absence import Cause, why_absent
from scheduler.timetable.expand import expand
from scheduler.timetable.slots import ChangeKind, Frequency, OccurrenceChange, Recurrence

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
MONDAYS = Recurrence(frequency=Frequency.WEEKLY, anchor=MONDAY, weekdays=frozenset({0}))


def changed(kind=ChangeKind.CANCELLED, **facts) -> OccurrenceChange:
    return OccurrenceChange(slot_id="chiều", local_day=MONDAY, kind=kind, **facts)


def test_a_day_with_its_session_lacks_nothing(make_slot, make_closure):
    elsewhere = make_closure(zones=frozenset({"thôn 1"}), reason="Kỳ thi")

    assert why_absent(make_slot(), MONDAY, None, (elsewhere,), {MONDAY: "Lễ"}) is None


@pytest.mark.parametrize(
    ("facts", "cause", "sentence"),
    [
        ({"valid_from": date(2026, 11, 25)}, Cause.NOT_YET, "Bắt đầu từ 25/11"),
        ({"valid_until": MONDAY}, Cause.ENDED, "Chỉ phát đến hết 22/11"),
        (
            {"recurrence": Recurrence(frequency=Frequency.DAILY, anchor=MONDAY + DAY, interval=2)},
            Cause.NOT_ITS_DAY,
            "Không phải ngày phát",
        ),
    ],
    ids=["before its first day", "after its last", "not its beat"],
)
def test_the_rule_itself_is_told_first(make_slot, facts, cause, sentence):
    slot = make_slot(skip_holidays=True, **facts)

    absence = why_absent(slot, MONDAY, changed(reason="mất điện"), (), {MONDAY: "Tết"})

    assert (absence.cause, absence.sentence) == (cause, sentence)
    assert absence.cause.is_the_rule


def test_a_holiday_is_named_where_the_slot_rests_on_holidays(make_slot):
    holidays = {MONDAY: "Tết Nguyên đán"}

    absence = why_absent(make_slot(skip_holidays=True), MONDAY, None, (), holidays)

    assert (absence.cause, absence.sentence) == (Cause.HOLIDAY, "Nghỉ: Tết Nguyên đán")
    assert not absence.cause.is_the_rule


@pytest.mark.parametrize(
    ("change", "cause", "sentence"),
    [
        (changed(reason="mất điện"), Cause.SKIPPED, "Bỏ buổi này (mất điện)"),
        (changed(), Cause.SKIPPED, "Bỏ buổi này"),
        (
            changed(ChangeKind.MOVED, to_day=MONDAY + 3 * DAY),
            Cause.MOVED_AWAY,
            "Dời sang thứ Năm 26/11",
        ),
    ],
    ids=["with a reason", "without one", "to another day"],
)
def test_what_was_decided_about_the_day_is_told(make_slot, change, cause, sentence):
    absence = why_absent(make_slot(), MONDAY, change, (), {})

    assert (absence.cause, absence.sentence) == (cause, sentence)


def test_a_session_moved_within_its_day_is_heard(make_slot):
    assert (
        why_absent(make_slot(), MONDAY, changed(ChangeKind.MOVED, to_time=time(6)), (), {}) is None
    )


def test_a_closure_says_its_reason(make_slot, make_closure):
    mourning = make_closure(reason="Quốc tang")
    unsaid = make_closure()

    assert why_absent(make_slot(), MONDAY, None, (mourning,), {}).sentence == (
        "Ngừng phát: Quốc tang"
    )
    assert why_absent(make_slot(), MONDAY, None, (unsaid,), {}).sentence == "Ngừng phát"


def test_closures_that_take_all_zones_only_together_are_both_named(make_slot, make_closure):
    both = tuple(
        make_closure(id=zone, zones=frozenset({zone}), reason=f"Thi ở {zone}")
        for zone in ("thôn 1", "thôn 2")
    )

    absence = why_absent(make_slot(), MONDAY, None, both, {})

    assert absence.sentence == "Ngừng phát: Thi ở thôn 1; Thi ở thôn 2"


@settings(deadline=None, max_examples=120)
@given(
    day=st.integers(0, 20).map(lambda n: MONDAY + n * DAY),
    rests=st.booleans(),
    weekly=st.booleans(),
    holiday=st.booleans(),
    closed=st.booleans(),
    change=st.sampled_from(
        [
            None,
            changed(),
            changed(ChangeKind.MOVED, to_day=MONDAY + DAY),
            changed(ChangeKind.MOVED, to_time=time(6)),
        ]
    ),
)
def test_nothing_lacks_exactly_where_the_session_is_expanded(
    make_slot, make_closure, day, rests, weekly, holiday, closed, change
):
    facts = {"recurrence": MONDAYS} if weekly else {}
    slot = make_slot(skip_holidays=rests, valid_until=MONDAY + 15 * DAY, **facts)
    closures = (make_closure(MONDAY, 2),) if closed else ()
    holidays = {day: "Lễ"} if holiday else {}
    mine = change if change and change.local_day == day else None

    absence = why_absent(slot, day, mine, closures, holidays)

    windows = expand(
        [slot], [mine] if mine else [], closures, holidays, from_day=day, to_day=day + DAY
    )
    assert (absence is None) == any(window.local_day == day for window in windows)
