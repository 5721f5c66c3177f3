"""The summary equals the recount, and both equal a second, naive definition, for any history."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.bulletins.rules import BulletinKind, Origin
from broadcast.reports.counting import Question, count, figures_from_daily
from broadcast.reports.daily import daily_facts, mark_first_counted, measure, merge
from broadcast.reports.facts import (
    AiringFact,
    BoxOutcome,
    BoxPlay,
    CountingRule,
    GroupBy,
    MinutesBasis,
    Reason,
    SessionFact,
)
from broadcast.reports.periods import free_period

FIRST = date(2022, 12, 25)
PLANNED = 60_000
RULES = st.builds(
    CountingRule,
    version=st.just(1),
    notices_count=st.booleans(),
    minutes=st.sampled_from(MinutesBasis),
    threshold_percent=st.sampled_from([50, 80, 100]),
)
BOXES = st.builds(
    BoxPlay,
    box_id=st.sampled_from("abc"),
    played_ms=st.sampled_from([0, 1, 29_999, 30_000, 47_999, 48_000, 60_000]),
    planned_ms=st.just(PLANNED),
    outcome=st.sampled_from(BoxOutcome),
    zones=st.sampled_from([(), ("Đông",), ("Tây",), ("Nam", "Tây")]),
    is_expected=st.booleans(),
)
ZONES = st.lists(st.sampled_from(["Đông", "Tây", "Nam"]), max_size=3, unique=True).map(tuple)


@st.composite
def histories(draw) -> list[AiringFact]:
    return [draw(airings(number)) for number in range(draw(st.integers(0, 14)))]


def airings(number: int):
    return st.builds(
        lambda minute, **facts: AiringFact(
            airing_id=str(number),
            title="",
            aired_at=datetime(2022, 12, 25, tzinfo=UTC) + timedelta(minutes=minute),
            local_day=FIRST + timedelta(minutes=minute),
            planned_ms=PLANNED,
            **facts,
        ),
        minute=st.integers(0, 10).map(lambda half_days: half_days * 720),
        bulletin_id=st.sampled_from("xyz"),
        topic=st.sampled_from(["CCHC", "CĐS"]),
        kind=st.sampled_from(BulletinKind),
        origin=st.sampled_from(Origin),
        slot_id=st.sampled_from(["sáng", "chiều"]),
        zones=ZONES,
        author=st.sampled_from(["A", "B"]),
        voice=st.sampled_from(["nam", "nữ"]),
        boxes=st.lists(BOXES, max_size=3).map(tuple),
        boxes_expected=st.integers(0, 3),
        estimate=st.booleans(),
    )


SESSIONS = st.lists(
    st.builds(
        SessionFact,
        session_id=st.just("s"),
        slot_id=st.sampled_from(["sáng", "chiều"]),
        zones=ZONES,
        local_day=st.integers(0, 8).map(lambda days: FIRST + timedelta(days=days)),
        gross_ms=st.integers(0, 3_600_000),
        estimate=st.booleans(),
    ),
    max_size=5,
)
PERIODS = st.tuples(st.integers(0, 8), st.integers(0, 8)).map(
    lambda days: free_period(FIRST + timedelta(days=min(days)), FIRST + timedelta(days=max(days)))
)
GROUPINGS = st.lists(st.sampled_from(GroupBy), max_size=2, unique=True).map(tuple)
QUESTIONS = st.builds(Question, rule=RULES, period=PERIODS, by=GROUPINGS)
many = settings(deadline=None, max_examples=150)


@many
@given(histories(), SESSIONS, QUESTIONS)
def test_daily_facts_give_the_figures_of_a_full_recount(history, sessions, question):
    facts = daily_facts(history, question.rule)
    assert figures_from_daily(facts, sessions, question) == count(history, sessions, question)


@many
@given(histories(), RULES, st.randoms(use_true_random=False))
def test_daily_facts_do_not_depend_on_the_order_rows_arrived_in(history, rule, random):
    shuffled = random.sample(history, len(history))
    assert daily_facts(shuffled, rule) == daily_facts(history, rule)


@many
@given(histories(), airings(99), RULES)
def test_a_late_row_needs_only_its_day_and_its_item_recomputed(history, late, rule):
    whole = daily_facts([*history, late], rule)
    touched_day = daily_facts([a for a in [*history, late] if a.local_day == late.local_day], rule)
    kept = [fact for fact in daily_facts(history, rule) if fact.key.local_day != late.local_day]
    rows = sorted([*kept, *touched_day], key=lambda fact: fact.key)
    assert mark_first_counted(rows) == whole


@many
@given(histories(), RULES, st.integers(0, 14))
def test_facts_of_a_split_day_merge_into_the_facts_of_the_whole(history, rule, at):
    parts = {}
    for half in (history[:at], history[at:]):
        for fact in daily_facts(half, rule):
            parts[fact.key] = merge(parts[fact.key], fact) if fact.key in parts else fact
    merged = mark_first_counted(parts[key] for key in sorted(parts))
    assert merged == daily_facts(history, rule)


@many
@given(histories(), QUESTIONS)
def test_every_airing_is_in_exactly_one_place(history, question):
    total = count(history, [], question).total
    inside = [airing for airing in history if airing.local_day in question.period]
    places = (
        total.airings,
        total.notices,
        total.relays,
        total.partial,
        total.missed,
        total.unplanned,
    )
    assert sum(places) == len(inside)


@many
@given(histories(), SESSIONS, QUESTIONS)
def test_rows_add_up_to_the_total_or_the_difference_is_explained(history, sessions, question):
    table = count(history, sessions, question)
    explained = {difference.measure for difference in table.differences}
    for name in table.total.__dataclass_fields__:
        parts = [getattr(row.figures, name) or 0 for row in table.rows]
        if question.by and name not in explained:
            assert sum(parts) == getattr(table.total, name)
    if GroupBy.ZONE not in question.by:
        reasons = {difference.reason for difference in table.differences}
        assert not reasons & {Reason.SEVERAL_ZONES, Reason.NESTED_ZONES}


@many
@given(histories(), QUESTIONS)
def test_the_figures_equal_a_naive_count_written_a_second_time(history, question):
    rule, period = question.rule, question.period
    counted = [
        a
        for a in sorted(history, key=lambda a: (a.aired_at, measure(a, rule).key))
        if _counts(a, rule)
    ]
    first = {}
    for airing in counted:
        first.setdefault(airing.bulletin_id, airing)
    main = [
        a for a in counted
        if a.local_day in period and a.origin is not Origin.RELAYED
        and (rule.notices_count or a.kind is not BulletinKind.NOTICE)
    ]  # fmt: skip
    total = count(history, [], question).total
    assert total.items == len({a.bulletin_id for a in main})
    assert total.airings == len(main)
    assert total.net_ms == sum(max(b.played_ms for b in _planned(a)) for a in main)
    assert total.speaker_ms == sum(b.played_ms for a in main for b in _planned(a))
    assert total.new_items == sum(
        _same_row(first[item], main, rule) for item in {a.bulletin_id for a in main}
    )


@many
@given(histories(), QUESTIONS)
def test_a_zone_is_reached_by_the_boxes_that_stand_in_it_or_within_it(history, question):
    table = count(history, [], replace(question, by=(GroupBy.ZONE,)))
    need = PLANNED * question.rule.threshold_percent // 100
    for row in table.rows:
        (zone,) = row.key
        if not zone:
            continue
        there = [
            box
            for airing in history
            if airing.local_day in question.period and zone in airing.zones
            and not measure(airing, question.rule).unplanned
            for box in _planned(airing)
            if zone in box.zones
        ]  # fmt: skip
        assert row.figures.reached == sum(box.played_ms >= need for box in there)
        assert row.figures.expected == sum(box.is_expected for box in there)


@many
@given(histories(), QUESTIONS)
def test_periods_side_by_side_add_up_in_everything_but_distinct_items(history, question):
    period = question.period
    parts = [
        count(history, [], replace(question, by=(), period=free_period(day, day))).total
        for day in (
            period.first_day + timedelta(days=n)
            for n in range((period.end_day - period.first_day).days)
        )
    ]
    whole = count(history, [], replace(question, by=())).total
    for name in ("airings", "net_ms", "new_items", "missed", "reached", "relay_ms"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
    assert sum(part.items for part in parts) >= whole.items


def _planned(airing: AiringFact) -> list[BoxPlay]:
    return [box for box in airing.boxes if box.outcome is not BoxOutcome.UNPLANNED]


def _counts(airing: AiringFact, rule: CountingRule) -> bool:
    need = PLANNED * rule.threshold_percent // 100
    return any(box.played_ms >= need for box in _planned(airing))


def _same_row(first: AiringFact, main: list[AiringFact], rule: CountingRule) -> bool:
    """The first counted airing, or one that shares its daily row, is in the main line."""
    return any(measure(airing, rule).key == measure(first, rule).key for airing in main)
