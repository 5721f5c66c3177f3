"""One airing judged, rows merged, and the first counted airing of an item found."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.bulletins.rules import BulletinKind, Origin
from broadcast.reports.daily import Reach, daily_facts, in_zone, mark_first_counted, measure, merge
from broadcast.reports.facts import AiringFact, BoxOutcome, BoxPlay, CountingRule, MinutesBasis

AIRED, LATE, MISSED = BoxOutcome.AIRED, BoxOutcome.LATE, BoxOutcome.MISSED
UNPLANNED, FAILED = BoxOutcome.UNPLANNED, BoxOutcome.FAILED
PLACES = ("counted", "partial", "missed", "unplanned")

JUDGED = {
    "whole": ([(60_000, AIRED)], "counted"),
    "exactly_the_threshold": ([(48_000, AIRED)], "counted"),
    "a_millisecond_short": ([(47_999, AIRED)], "partial"),
    "one_of_three_boxes_is_enough": ([(0, MISSED), (1_000, FAILED), (50_000, AIRED)], "counted"),
    "two_halves_are_not_a_whole": ([(30_000, AIRED), (30_000, AIRED)], "partial"),
    "late_but_whole": ([(60_000, LATE)], "counted"),
    "late_and_broken_off": ([(10_000, LATE)], "partial"),
    "failed_at_once": ([(0, FAILED)], "missed"),
    "nobody_answered": ([], "missed"),
    "silent_everywhere": ([(0, MISSED), (0, MISSED)], "missed"),
    "not_planned_at_all": ([(60_000, UNPLANNED)], "unplanned"),
    "not_planned_and_broken_off": ([(1, UNPLANNED)], "unplanned"),
    "planned_wins_over_unplanned": ([(60_000, UNPLANNED), (60_000, AIRED)], "counted"),
    "a_part_wins_over_unplanned": ([(60_000, UNPLANNED), (1, AIRED)], "partial"),
    "missed_where_planned_but_played_elsewhere": ([(60_000, UNPLANNED), (0, MISSED)], "unplanned"),
}


@pytest.mark.parametrize(("plays", "place"), JUDGED.values(), ids=JUDGED.keys())
def test_an_airing_is_judged_into_one_place(airing, box, rule, plays, place):
    boxes = tuple(box(played_ms, outcome=outcome) for played_ms, outcome in plays)
    fact = measure(airing(boxes=boxes), rule)
    assert {name: getattr(fact, name) for name in PLACES} == {
        name: int(name == place) for name in PLACES
    }


def test_what_nobody_planned_adds_no_time_to_an_airing_that_counts(airing, box, rule):
    fact = measure(airing(boxes=(box(48_000), box(60_000, outcome=UNPLANNED))), rule)
    assert (fact.net_ms, fact.speaker_ms, fact.reached) == (48_000, 48_000, 1)


def test_a_box_that_broke_off_spoke_but_did_not_reach_its_listeners(airing, box, rule):
    fact = measure(airing(boxes=(box(60_000), box(20_000)), boxes_expected=2), rule)
    assert (fact.speaker_ms, fact.reached, fact.expected) == (80_000, 1, 2)


NESTED = (
    BoxPlay("chợ", 60_000, 60_000, AIRED, ("xóm Chợ", "thôn Đông")),
    BoxPlay("đình", 0, 60_000, MISSED, ("thôn Đông",)),
    BoxPlay("cầu", 60_000, 60_000, AIRED, ("thôn Tây",)),
    BoxPlay("xã", 60_000, 60_000, AIRED),
)


@pytest.mark.parametrize(
    ("zone", "reached", "expected"),
    [("thôn Đông", 1, 2), ("xóm Chợ", 1, 1), ("thôn Tây", 1, 1), ("thôn Nam", 0, 0), ("", 3, 4)],
)
def test_a_box_reaches_its_zone_and_those_around_it_and_once_the_whole(
    airing, rule, zone, reached, expected
):
    named = ("thôn Đông", "xóm Chợ", "thôn Tây", "thôn Nam")
    fact = in_zone(measure(airing(boxes=NESTED, boxes_expected=4, zones=named), rule), zone)
    assert (fact.reached, fact.expected) == (reached, expected)


def test_an_airing_for_no_zone_by_name_keeps_its_reach_whole(airing, rule):
    fact = measure(airing(boxes=NESTED, boxes_expected=4, zones=()), rule)
    assert (in_zone(fact, "thôn Đông"), fact.zone_reach) == (fact, ())


def test_a_box_that_plays_unasked_is_expected_in_no_zone(airing, rule):
    unasked = replace(NESTED[2], is_expected=False)
    fact = measure(airing(boxes=(NESTED[0], unasked), zones=("thôn Tây",)), rule)
    assert fact.zone_reach == (Reach(1, 0),)


def test_a_missed_airing_still_counts_against_the_reach(airing, box, rule):
    fact = measure(airing(boxes=(box(0, outcome=MISSED),), boxes_expected=4), rule)
    assert (fact.reached, fact.expected, fact.net_ms) == (0, 4, 0)


def test_an_unplanned_play_is_expected_of_nobody(airing, box, rule):
    assert measure(airing(boxes=(box(1, outcome=UNPLANNED),), boxes_expected=4), rule).expected == 0


def test_a_broken_off_airing_has_no_time_and_no_first_moment(airing, box, rule):
    fact = measure(airing(boxes=(box(47_000),)), rule)
    assert (fact.net_ms, fact.speaker_ms, fact.first_counted_at) == (0, 0, None)


def test_an_estimate_that_does_not_count_is_no_estimated_airing(airing, box, rule):
    assert measure(airing(estimate=True), rule).estimates == 1
    assert measure(airing(estimate=True, boxes=(box(0),)), rule).estimates == 0


def test_the_order_and_repetition_of_zones_make_no_second_row(airing, rule):
    facts = daily_facts([airing(zones=("Đông", "Tây")), airing(zones=("Tây", "Đông", "Tây"))], rule)
    assert [fact.counted for fact in facts] == [2]


@pytest.mark.parametrize(
    "change",
    [
        {"topic": "CĐS"}, {"slot_id": "chiều"}, {"zones": ("thôn Tây",)}, {"author": "khác"},
        {"voice": "nam"}, {"bulletin_id": "khác"}, {"local_day": date(2023, 5, 11)},
    ],
)  # fmt: skip
def test_whatever_a_report_may_group_by_makes_a_row_of_its_own(airing, rule, change):
    assert len(daily_facts([airing(), airing(**change)], rule)) == 2


def test_only_the_first_counted_row_of_an_item_is_marked(airing, box, rule):
    facts = daily_facts(
        [
            airing(day=date(2023, 5, 1), boxes=(box(1_000),)),
            airing(day=date(2023, 5, 2)),
            airing(day=date(2023, 5, 3)),
            airing("tin khác", day=date(2023, 5, 3)),
        ],
        rule,
    )
    marked = [(fact.key.local_day.day, fact.key.bulletin_id) for fact in facts if fact.is_first]
    assert marked == [(2, "lịch trực Tết"), (3, "tin khác")]


def test_an_earlier_row_that_arrives_late_takes_the_mark_over(airing, rule):
    (later,) = daily_facts([airing(day=date(2023, 5, 3))], rule)
    (earlier,) = daily_facts([airing(day=date(2023, 5, 1))], rule)
    assert later.is_first
    assert earlier.is_first
    assert [fact.is_first for fact in mark_first_counted([later, earlier])] == [False, True]


def test_a_correction_gives_the_mark_back(airing, box, rule):
    first, second = airing(day=date(2023, 5, 1)), airing(day=date(2023, 5, 2))
    assert [fact.is_first for fact in daily_facts([first, second], rule)] == [True, False]
    corrected = replace(first, boxes=(box(0, outcome=MISSED),))
    assert [fact.is_first for fact in daily_facts([corrected, second], rule)] == [False, True]


def test_two_first_airings_at_one_instant_give_one_mark(airing, rule):
    at = datetime(2023, 5, 1, tzinfo=UTC)
    facts = daily_facts([airing(aired_at=at, slot_id="a"), airing(aired_at=at, slot_id="b")], rule)
    assert [fact.is_first for fact in facts] == [True, False]


@settings(deadline=None, max_examples=60)
@given(
    played=st.lists(st.integers(0, 70_000), min_size=2, max_size=6),
    random=st.randoms(use_true_random=False),
    threshold=st.integers(1, 100),
)
def test_merging_minds_neither_order_nor_grouping(played, random, threshold):
    rule = CountingRule(
        1, notices_count=True, minutes=MinutesBasis.NET, threshold_percent=threshold
    )
    facts = [
        measure(
            AiringFact(
                str(at), "x", "", "", BulletinKind.NEWS, Origin.OWN, "", (), "", "",
                datetime(2023, 5, 1, 5, at, tzinfo=UTC), date(2023, 5, 1), 60_000,
                (BoxPlay("a", played_ms, 60_000, AIRED),), 1,
            ),
            rule,
        )
        for at, played_ms in enumerate(played)
    ]  # fmt: skip
    whole = reduce(merge, facts)
    assert reduce(merge, random.sample(facts, len(facts))) == whole
    assert merge(facts[0], reduce(merge, facts[1:])) == whole
