"""When things are due, until when they may start, and what is still in a plan."""

from datetime import UTC, datetime, timedelta

import pytest

from playout.occurrences import (
    EMERGENCY_GRACE,
    RELAY_WORTH_JOINING,
    START_TOLERANCE,
    carry_over,
    is_withdrawn,
    list_occurrences,
    next_due,
)
from playout.plan import Kind, LateMode

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def seconds(n):
    return timedelta(seconds=n)


def only(plan, by=NOON + DAY):
    (found,) = list_occurrences(plan, by)
    return found


def keys(plan, by):
    return sorted(o.key for o in list_occurrences(plan, by))


def test_an_airing_is_known_by_its_own_name_and_the_rest_by_its_place(build):
    session = build.session(
        NOON, [build.item(0, 12, kind=Kind.SIGNATURE), build.item(12, 48, "tin")], name="s"
    )
    assert keys(build.plan(session), NOON + DAY) == ["s+0+signature", "tin"]


def test_silence_is_nothing_to_play(build):
    session = build.session(NOON, [build.item(0, 2, kind=Kind.SILENCE)])
    assert keys(build.plan(session), NOON + DAY) == []


def test_each_repeat_is_an_occurrence_of_its_own_and_until_is_exclusive(build):
    plan = build.plan(build.emergency(NOON, [build.item(5, airing="lũ")], every_s=60, for_s=180))
    found = sorted(list_occurrences(plan, NOON + DAY), key=lambda o: o.due_at)
    assert [o.key for o in found] == ["lũ", "lũ#1", "lũ#2"]
    assert [o.due_at - NOON for o in found] == [seconds(5), seconds(65), seconds(125)]


def test_only_what_is_due_by_then_is_listed(build):
    plan = build.plan(build.session(NOON, [build.item(0, airing="a"), build.item(60, airing="b")]))
    assert keys(plan, NOON - seconds(1)) == []
    assert keys(plan, NOON) == ["a"]
    assert keys(plan, NOON + seconds(60)) == ["a", "b"]


def test_a_plan_does_not_speak_for_the_time_after_its_validity(build):
    late = NOON + timedelta(hours=80)
    assert keys(build.plan(build.session(late, [build.item()]), hours=72), late + DAY) == []


@pytest.mark.parametrize(
    ("mode", "grace_s", "expected"),
    [
        (LateMode.WHOLE, 300, seconds(300)),
        (LateMode.WHOLE, 0, START_TOLERANCE),
        (LateMode.SKIP, 300, START_TOLERANCE),
    ],
)
def test_a_session_says_how_late_it_may_be(build, mode, grace_s, expected):
    found = only(build.plan(build.session(NOON, [build.item()], mode=mode, grace_s=grace_s)))
    assert found.latest_start - found.due_at == expected


def test_an_emergency_is_worth_a_quarter_of_an_hour_whatever_its_session_says(build):
    for mode in LateMode:
        found = only(build.plan(build.emergency(NOON, [build.item()], mode=mode, grace_s=0)))
        assert found.latest_start - found.due_at == EMERGENCY_GRACE


def test_a_repeated_emergency_makes_way_for_its_next_repeat(build):
    plan = build.plan(build.emergency(NOON, [build.item()], every_s=60, for_s=90))
    assert {o.latest_start - o.due_at for o in list_occurrences(plan, NOON + DAY)} == {seconds(60)}


def test_a_relay_may_be_joined_until_its_last_seconds(build):
    found = only(build.plan(build.session(NOON, [build.relay(0, 600)], mode=LateMode.SKIP)))
    assert found.latest_start == NOON + seconds(600) - RELAY_WORTH_JOINING


def test_a_relay_of_a_recorded_file_is_an_ordinary_item(build):
    session = build.session(NOON, [build.item(0, 600, "r", kind=Kind.RELAY)], grace_s=60)
    found = only(build.plan(session))
    assert found.latest_start - found.due_at == seconds(60)


def test_an_item_that_left_a_session_is_withdrawn(build):
    item = build.item(airing="a")
    occurrence = only(build.plan(build.session(NOON, [item], name="s")))
    still = build.plan(build.session(NOON, [build.item(airing="b"), item], name="s"))
    gone = build.plan(build.session(NOON, [build.item(airing="b")], name="s"))
    assert not is_withdrawn(still, occurrence, NOON)
    assert is_withdrawn(gone, occurrence, NOON)


def test_a_session_that_left_the_plan_before_its_end_is_withdrawn_and_after_it_is_past(build):
    occurrence = only(build.plan(build.session(NOON, [build.item(0, 48)])))
    empty = build.plan()
    assert is_withdrawn(empty, occurrence, NOON + seconds(47))
    assert not is_withdrawn(empty, occurrence, NOON + seconds(48))


def test_a_cancelled_emergency_is_withdrawn_until_its_last_repeat_would_have_been(build):
    cry = build.emergency(NOON, [build.item(airing="lũ")], every_s=60, for_s=600)
    second = next(o for o in list_occurrences(build.plan(cry), NOON + DAY) if o.key == "lũ#1")
    assert is_withdrawn(build.plan(), second, NOON + seconds(599))
    assert not is_withdrawn(build.plan(), second, NOON + seconds(601))
    assert not is_withdrawn(build.plan(cry), second, NOON + seconds(100))


def test_the_next_moment_is_found_in_sessions_items_and_repeats(build):
    session = build.session(
        NOON, [build.item(0), build.item(60), build.item(99, kind=Kind.SILENCE)]
    )
    cry = build.emergency(NOON + seconds(200), [build.item()], every_s=100, for_s=250)
    plan = build.plan(session, cry)
    moments, now = [], NOON - seconds(1)
    while now := next_due(plan, now):
        moments.append((now - NOON).total_seconds())
    assert moments == [0, 60, 200, 300, 400]


def test_only_what_may_still_start_is_carried_into_the_next_plan(build):
    late = build.session(NOON - seconds(60), [build.item(0, 48, "a")], name="late", grace_s=300)
    over = build.session(NOON - seconds(600), [build.item(0, 48, "b")], name="over", grace_s=300)
    withdrawn = build.session(NOON - seconds(10), [build.item(0, 48, "c")], name="withdrawn")
    listed = build.session(NOON - seconds(60), [build.item(0, 48, "d")], name="listed")
    old, new = build.plan(late, over, withdrawn, listed), build.plan(listed, version="2")
    assert [s.id for s in carry_over(old, new, set(), NOON).sessions] == ["listed", "late"]
    assert [s.id for s in carry_over(old, new, {"a"}, NOON).sessions] == ["listed"]
    assert carry_over(old, new, set(), NOON).version == "2"
