from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.airlog.reconcile import (
    NO_BOX,
    NO_REPORT,
    Planned,
    Play,
    key_of,
    reconcile,
    with_corrections,
)
from broadcast.airlog.rules import AiringOutcome, PlayOutcome

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
BOXES = frozenset({"east", "west"})
AFTER = START + timedelta(hours=2)
DURING = START + timedelta(minutes=3)


def planned(airing_id="a", start=START, **facts):
    values = {
        "planned_ms": 100_000,
        "reports_until": start + timedelta(minutes=40),
        "box_ids": BOXES,
    }
    return Planned(key_of(airing_id, start), airing_id, start, **values | facts)


def play(number, box_id="east", **facts):
    values = {
        "airing_id": "a",
        "planned_start": START,
        "started_at": START,
        "played_ms": 100_000,
        "planned_ms": 100_000,
        "outcome": PlayOutcome.COMPLETE,
    }
    return Play(id=number, box_id=box_id, **values | facts)


def silent(number, box_id="east", **facts):
    missed = {"started_at": None, "played_ms": 0, "outcome": PlayOutcome.MISSED}
    return play(number, box_id, **missed | facts)


def judge(plays, *, plan=None, now=AFTER, threshold_percent=80):
    return reconcile(
        [planned()] if plan is None else plan, plays, threshold_percent=threshold_percent, now=now
    )


NAMED = {
    "both_played": ([play(1), play(2, "west")], AFTER, "aired"),
    "one_played_one_silent": ([play(1)], AFTER, "aired"),
    "one_played_while_the_other_may_still_report": ([play(1)], DURING, "aired"),
    "exactly_the_threshold": ([play(1, played_ms=80_000)], AFTER, "aired"),
    "a_millisecond_below": ([play(1, played_ms=79_999)], AFTER, "partial"),
    "below_while_the_other_may_still_report": ([play(1, played_ms=5)], DURING, "waiting"),
    "a_minute_late": ([play(1, started_at=START + timedelta(seconds=60))], AFTER, "aired"),
    "later": ([play(1, started_at=START + timedelta(seconds=61))], AFTER, "late"),
    "one_late_one_on_time": (
        [play(1, started_at=START + timedelta(seconds=90)), play(2, "west")],
        AFTER,
        "aired",
    ),
    "late_by_a_clock_nobody_trusts": (
        [play(1, started_at=START + timedelta(days=1), clock_trusted=False)],
        AFTER,
        "aired",
    ),
    "nobody_said_anything_yet": ([], DURING, "waiting"),
    "nobody_said_anything": ([], AFTER, "missed"),
    "both_missed": ([silent(1), silent(2, "west")], DURING, "missed"),
    "failed": ([silent(1, outcome=PlayOutcome.FAILED)], AFTER, "missed"),
    "a_box_from_elsewhere_played_it": ([play(1, "moved")], AFTER, "aired"),
}


@pytest.mark.parametrize("name", NAMED)
def test_an_airing_has_the_outcome_its_boxes_amount_to(name):
    plays, now, outcome = NAMED[name]
    (airing,) = judge(plays, now=now)
    assert airing.outcome == outcome


def test_a_box_that_said_nothing_is_a_row_with_its_reason():
    (airing,) = judge([play(1)])
    assert [(box.box_id, box.outcome, box.reason) for box in airing.boxes] == [
        ("east", AiringOutcome.AIRED, ""),
        ("west", AiringOutcome.MISSED, NO_REPORT),
    ]


def test_the_reason_is_what_most_boxes_say():
    plan = [planned(box_ids=frozenset({"a", "b", "c"}))]
    plays = [
        silent(1, "a", reason="audio_missing"),
        silent(2, "b", reason="box_off"),
        silent(3, "c", reason="box_off"),
    ]
    (airing,) = judge(plays, plan=plan)
    assert airing.reason == "box_off"


def test_without_a_box_the_reason_is_that_there_is_none():
    (airing,) = judge([], plan=[planned(box_ids=frozenset())])
    assert (airing.outcome, airing.reason) == (AiringOutcome.MISSED, NO_BOX)


def test_net_time_is_the_longest_any_box_played_and_speaker_time_the_sum():
    (airing,) = judge([play(1, played_ms=90_000), play(2, "west", played_ms=95_000)])
    assert (airing.heard_ms, airing.speaker_ms) == (95_000, 185_000)


def test_a_box_that_began_again_counts_with_its_longest_part():
    (airing,) = judge([play(1, played_ms=30_000), play(2, played_ms=99_000)])
    east = airing.boxes[0]
    assert (east.played_ms, east.outcome) == (99_000, AiringOutcome.AIRED)


def test_the_last_correction_of_a_play_holds_and_nothing_else_is_touched():
    plays = [
        play(1),
        play(2, "west"),
        play(3, corrects=1, played_ms=0, outcome=PlayOutcome.MISSED, reason="loa hỏng"),
        play(4, corrects=1, played_ms=50_000, outcome=PlayOutcome.PARTIAL, reason="nửa buổi"),
    ]
    (airing,) = judge(plays)
    east, west = airing.boxes
    assert (east.outcome, east.played_ms, east.reason) == ("partial", 50_000, "nửa buổi")
    assert (west.outcome, west.played_ms) == ("aired", 100_000)
    assert airing.outcome == "aired"


def test_a_correction_whose_play_lies_on_another_day_is_not_a_play():
    assert with_corrections([play(3, corrects=1)]) == []


def test_a_line_that_had_left_the_plan_and_was_played_all_the_same_is_unplanned():
    (airing,) = judge([play(1)], plan=[planned(is_dropped=True)])
    assert airing.outcome is AiringOutcome.UNPLANNED
    assert [box.box_id for box in airing.boxes] == ["east"]


def test_a_line_that_had_left_the_plan_and_was_not_played_is_no_airing():
    assert judge([silent(1)], plan=[planned(is_dropped=True)]) == ()


def test_what_nobody_planned_is_shown_with_what_the_box_says_of_it():
    stranger = play(9, airing_id=None)
    (airing,) = judge([stranger], plan=[])
    assert airing.outcome is AiringOutcome.UNPLANNED
    assert (airing.planned, airing.first_play) == (None, stranger)


def test_each_repeat_of_an_emergency_is_an_airing_of_its_own():
    again = START + timedelta(minutes=10)
    plan = [planned(repeats=True), planned(start=again, repeats=True)]
    plays = [play(1), play(2, planned_start=again, started_at=again, played_ms=10_000)]
    first, second = judge(plays, plan=plan)
    assert (first.outcome, second.outcome) == ("aired", "partial")


def test_a_repeat_beyond_the_end_of_the_emergency_is_unplanned():
    beyond = START + timedelta(hours=1)
    plays = [play(1), play(2, planned_start=beyond, started_at=beyond)]
    assert [one.outcome for one in judge(plays, plan=[planned(repeats=True)])] == [
        "aired",
        "unplanned",
    ]


def test_a_box_that_played_the_older_plan_played_the_same_airing():
    moved = planned(start=START + timedelta(hours=1))
    (airing,) = judge([play(1)], plan=[moved], now=AFTER + timedelta(hours=2))
    assert (airing.key, airing.outcome) == (moved.key, "aired")


STARTS = st.sampled_from([START, START + timedelta(minutes=10), START + timedelta(minutes=20)])
PLANS = st.lists(
    st.builds(
        planned,
        airing_id=st.sampled_from("abc"),
        start=STARTS,
        box_ids=st.frozensets(st.sampled_from(["east", "west", "far"])),
        is_dropped=st.booleans(),
        repeats=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda one: one.key,
)
PLAYS = st.lists(
    st.builds(
        lambda **facts: facts,
        box_id=st.sampled_from(["east", "west", "far"]),
        airing_id=st.sampled_from(["a", "b", "c", "z", None]),
        planned_start=STARTS,
        started_at=st.one_of(st.none(), STARTS),
        played_ms=st.integers(0, 120_000),
        planned_ms=st.just(100_000),
        outcome=st.sampled_from(PlayOutcome),
        corrects=st.one_of(st.none(), st.none(), st.integers(1, 8)),
    ),
    max_size=10,
).map(lambda rows: [Play(id=number, **row) for number, row in enumerate(rows, start=1)])
NOWS = st.sampled_from([DURING, START + timedelta(minutes=45), AFTER])


@settings(max_examples=150, deadline=None)
@given(PLANS, PLAYS, NOWS)
def test_every_planned_airing_has_exactly_one_outcome(plan, plays, now):
    airings = judge(plays, plan=plan, now=now)
    keys = [airing.key for airing in airings]
    assert len(keys) == len(set(keys))
    assert {one.key for one in plan if not one.is_dropped} <= set(keys)
    for airing in airings:
        if airing.planned and not airing.planned.is_dropped:
            assert airing.planned.box_ids <= {box.box_id for box in airing.boxes}


@settings(max_examples=150, deadline=None)
@given(PLANS, PLAYS, NOWS, st.randoms(use_true_random=False))
def test_the_order_in_which_rows_arrive_does_not_matter(plan, plays, now, chance):
    shuffled = list(plays)
    chance.shuffle(shuffled)
    assert judge(shuffled, plan=plan, now=now) == judge(plays, plan=plan, now=now)


@settings(max_examples=150, deadline=None)
@given(PLANS, PLAYS)
def test_nothing_that_was_heard_disappears(plan, plays):
    heard = {(one.box_id, one.played_ms) for one in with_corrections(plays) if one.played_ms}
    shown = {(box.box_id, box.played_ms) for one in judge(plays, plan=plan) for box in one.boxes}
    longest = {box: max(ms for name, ms in heard if name == box) for box, _ms in heard}
    assert set(longest.items()) <= shown


@settings(max_examples=100, deadline=None)
@given(PLANS, PLAYS)
def test_when_the_time_to_report_is_over_nothing_waits(plan, plays):
    assert all(one.outcome != "waiting" for one in judge(plays, plan=plan, now=AFTER))
