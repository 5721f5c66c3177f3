"""Items, airings and minutes of a period: the one definition behind every figure. PURE.

The same tally reads single airings (`count`, the full recount) and daily facts
(`figures_from_daily`); a property test holds the two equal for any history.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from broadcast.bulletins.rules import BulletinKind, Origin
from broadcast.reports.daily import DailyFact, in_zone, mark_first_counted, measure
from broadcast.reports.differences import explain
from broadcast.reports.errors import GrossNotDivisible, RuleMismatch
from broadcast.reports.facts import (
    AiringFact,
    CountingRule,
    Figures,
    FiguresTable,
    GroupBy,
    GroupRow,
    MinutesBasis,
    SessionFact,
)
from broadcast.reports.grouping import divides_sessions, keys_of
from broadcast.reports.periods import Period


@dataclass(frozen=True, slots=True)
class Question:
    """What to count: the rule in force, the period, and the grouping of the rows (may be empty)."""

    rule: CountingRule
    period: Period
    by: tuple[GroupBy, ...] = ()


def count(
    airings: Iterable[AiringFact], sessions: Iterable[SessionFact], question: Question
) -> FiguresTable:
    """The full recount from single airings.

    Give the whole history up to the period's end: what aired before decides which items are new.
    An empty history answers zeros and no rows.
    """
    facts = mark_first_counted(measure(airing, question.rule) for airing in airings)
    return figures_from_daily(facts, sessions, question)


def figures_from_daily(
    facts: Iterable[DailyFact], sessions: Iterable[SessionFact], question: Question
) -> FiguresTable:
    """The same answer from daily facts; those outside the period are not looked at.

    :raises RuleMismatch: a fact was made under another threshold.
    """
    total, rows = _Tally(), defaultdict[tuple[str, ...], _Tally](_Tally)
    for fact in facts:
        if fact.key.local_day not in question.period:
            continue
        if fact.threshold_percent != question.rule.threshold_percent:
            raise RuleMismatch(day=fact.key.local_day, threshold_percent=fact.threshold_percent)
        total.add(fact, question.rule)
        for key in keys_of(fact.key, question.by):
            rows[key].add(_of_row(fact, question.by, key), question.rule)
    _add_sessions(sessions, question, total, rows)
    divides = divides_sessions(question.by)
    answers = [
        GroupRow(key, tally.figures(has_gross=divides)) for key, tally in sorted(rows.items())
    ]
    whole = total.figures(has_gross=True)
    return FiguresTable(question.by, tuple(answers), whole, explain(question.by, answers, whole))


def _of_row(fact: DailyFact, by: tuple[GroupBy, ...], key: tuple[str, ...]) -> DailyFact:
    return in_zone(fact, key[by.index(GroupBy.ZONE)]) if GroupBy.ZONE in by else fact


def minutes(figures: Figures, rule: CountingRule) -> Decimal:
    """The minutes the station chose to report, rounded here and nowhere before.

    :raises GrossNotDivisible: gross minutes of a row that has none, for example of one topic.
    """
    if rule.minutes is MinutesBasis.NET:
        return to_minutes(figures.net_ms)
    if figures.gross_ms is None:
        raise GrossNotDivisible
    return to_minutes(figures.gross_ms)


def to_minutes(duration_ms: int) -> Decimal:
    """Half up to 0.1 minute: 57 000 ms (0.95 minute) is 1.0."""
    exact = Decimal(duration_ms) / 60_000
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def are_minutes_estimated(figures: Figures, rule: CountingRule) -> bool:
    """Whether "khoảng" belongs before the minutes that `minutes` gives."""
    if rule.minutes is MinutesBasis.NET:
        return figures.estimates > 0
    return figures.estimated_sessions > 0


def under_current_topics(
    facts: Iterable[DailyFact], successor_of: Mapping[str, str]
) -> tuple[DailyFact, ...]:
    """The switch for renamed and merged topics: the facts as if today's topics had always been.

    Without it figures follow the topic as it was. Successors are followed to their end; a topic
    that was renamed away and back again stays itself.
    """
    return tuple(
        replace(fact, key=replace(fact.key, topic=_current(fact.key.topic, successor_of)))
        for fact in facts
    )


def _current(topic: str, successor_of: Mapping[str, str]) -> str:
    seen = {topic}
    while (following := successor_of.get(topic)) is not None and following not in seen:
        topic = following
        seen.add(topic)
    return topic


def _add_sessions(
    sessions: Iterable[SessionFact],
    question: Question,
    total: "_Tally",
    rows: Mapping[tuple[str, ...], "_Tally"],
) -> None:
    divides = divides_sessions(question.by)
    for session in sessions:
        if session.local_day not in question.period:
            continue
        total.add_session(session)
        keys: Sequence[tuple[str, ...]] = keys_of(session, question.by) if divides else ()
        for key in keys:
            rows[key].add_session(session)


@dataclass(slots=True)
class _Tally:
    """Sums while they grow. Notices that do not count and relays leave the main line here."""

    items: set[str] = field(default_factory=set)
    new_items: set[str] = field(default_factory=set)
    sums: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, fact: DailyFact, rule: CountingRule) -> None:
        sums = self.sums
        for name in ("reached", "expected", "partial", "missed", "late", "unplanned"):
            sums[name] += getattr(fact, name)
        if fact.key.origin is Origin.RELAYED:
            sums["relays"] += fact.counted
            sums["relay_ms"] += fact.net_ms
        elif fact.key.kind is BulletinKind.NOTICE and not rule.notices_count:
            sums["notices"] += fact.counted
        elif fact.counted:
            sums["airings"] += fact.counted
            sums["net_ms"] += fact.net_ms
            sums["speaker_ms"] += fact.speaker_ms
            sums["estimates"] += fact.estimates
            self.items.add(fact.key.bulletin_id)
            if fact.is_first:
                self.new_items.add(fact.key.bulletin_id)

    def add_session(self, session: SessionFact) -> None:
        self.sums["gross_ms"] += session.gross_ms
        self.sums["estimated_sessions"] += session.estimate

    def figures(self, *, has_gross: bool) -> Figures:
        gross_ms = self.sums["gross_ms"] if has_gross else None
        sums = {name: worth for name, worth in self.sums.items() if name != "gross_ms"}
        counts = Figures(items=len(self.items), new_items=len(self.new_items), gross_ms=gross_ms)
        return replace(counts, **sums)
