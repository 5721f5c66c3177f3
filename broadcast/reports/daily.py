"""Daily item facts: what one local day says about one item, small enough to keep. PURE.

`merge` is associative and does not mind order, so a day can be recomputed alone; which row holds an
item's first counted airing is then settled over all rows of that item by `mark_first_counted`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from itertools import groupby

from broadcast.bulletins.rules import BulletinKind, Origin
from broadcast.reports.facts import AiringFact, BoxOutcome, BoxPlay, CountingRule


@dataclass(frozen=True, slots=True, order=True)
class DailyKey:
    """What a daily row is about. Two airings with equal keys share a row."""

    local_day: date
    bulletin_id: str
    topic: str
    kind: BulletinKind
    origin: Origin
    slot_id: str
    zones: tuple[str, ...]
    author: str
    voice: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Boxes that played enough of those that should have."""

    reached: int
    expected: int


@dataclass(frozen=True, slots=True)
class DailyFact:
    """The airings of one key. `counted` is how many were heard enough; times are of those only.

    `first_counted_at` is the first counted airing of this row (None without one), `is_first` says
    that it is the item's first ever. Facts hold for one threshold; notices and relays are told
    apart when the figures are read, so switching them needs no recount. `zone_reach` is the part
    of `reached` and `expected` that each of `key.zones` has, in their order.
    """

    key: DailyKey
    threshold_percent: int
    counted: int
    net_ms: int
    speaker_ms: int
    reached: int
    expected: int
    partial: int
    missed: int
    late: int
    unplanned: int
    estimates: int
    first_counted_at: datetime | None
    is_first: bool = False
    zone_reach: tuple[Reach, ...] = ()


def measure(airing: AiringFact, rule: CountingRule) -> DailyFact:
    """The daily fact of a single airing.

    It counts when at least one box played at least the threshold of it, exactly the threshold
    included. A play nobody planned has no planned moment, so it is shown and never counted.
    """
    planned = [box for box in airing.boxes if box.outcome is not BoxOutcome.UNPLANNED]
    reached = sum(_is_heard(box, rule) for box in planned)
    is_counted = reached > 0
    is_partial = not is_counted and any(box.played_ms > 0 for box in planned)
    has_unplanned = any(box.played_ms > 0 for box in airing.boxes if box not in planned)
    is_unplanned = not is_counted and not is_partial and has_unplanned
    key = _key_of(airing)
    return DailyFact(
        key=key,
        threshold_percent=rule.threshold_percent,
        counted=int(is_counted),
        net_ms=max(box.played_ms for box in planned) if is_counted else 0,
        speaker_ms=sum(box.played_ms for box in planned) if is_counted else 0,
        reached=reached,
        expected=0 if is_unplanned else airing.boxes_expected,
        partial=int(is_partial),
        missed=int(not (is_counted or is_partial or is_unplanned)),
        late=int(any(_is_heard(box, rule) and box.outcome is BoxOutcome.LATE for box in planned)),
        unplanned=int(is_unplanned),
        estimates=int(is_counted and airing.estimate),
        first_counted_at=airing.aired_at if is_counted else None,
        zone_reach=tuple(
            Reach(0, 0) if is_unplanned else _reach_in(zone, planned, rule) for zone in key.zones
        ),
    )


def in_zone(fact: DailyFact, zone: str) -> DailyFact:
    """The fact with the reach of that zone alone: of the boxes that stood in it or in a zone within
    it. A fact that is not divided, being for no zone by name, keeps the whole of its reach.
    """
    for name, reach in zip(fact.key.zones, fact.zone_reach, strict=False):
        if name == zone:
            return replace(fact, reached=reach.reached, expected=reach.expected)
    return fact


def daily_facts(airings: Iterable[AiringFact], rule: CountingRule) -> tuple[DailyFact, ...]:
    """One row per key, in key order, with the first counted row of each item marked.

    Give the whole history of every item you name: `is_first` is only as true as the history.
    """
    measured = sorted((measure(airing, rule) for airing in airings), key=_by_key)
    rows = [reduce(merge, group) for _, group in groupby(measured, key=_by_key)]
    return mark_first_counted(rows)


def merge(one: DailyFact, other: DailyFact) -> DailyFact:
    """Two facts of one key as one; `is_first` is lost and has to be marked again."""
    starts = [fact.first_counted_at for fact in (one, other) if fact.first_counted_at]
    return DailyFact(
        key=one.key,
        threshold_percent=one.threshold_percent,
        counted=one.counted + other.counted,
        net_ms=one.net_ms + other.net_ms,
        speaker_ms=one.speaker_ms + other.speaker_ms,
        reached=one.reached + other.reached,
        expected=one.expected + other.expected,
        partial=one.partial + other.partial,
        missed=one.missed + other.missed,
        late=one.late + other.late,
        unplanned=one.unplanned + other.unplanned,
        estimates=one.estimates + other.estimates,
        first_counted_at=min(starts, default=None),
        zone_reach=tuple(
            Reach(mine.reached + others.reached, mine.expected + others.expected)
            for mine, others in zip(one.zone_reach, other.zone_reach, strict=True)
        ),
    )


def mark_first_counted(facts: Iterable[DailyFact]) -> tuple[DailyFact, ...]:
    """The same rows, `is_first` true on the one that holds each item's first counted airing.

    After a late row or a correction, call it with all rows of the items that were touched.
    """
    rows = tuple(facts)
    firsts: dict[str, tuple[datetime, DailyKey]] = {}
    for fact in rows:
        if fact.first_counted_at is not None:
            start = (fact.first_counted_at, fact.key)
            item = fact.key.bulletin_id
            firsts[item] = min(firsts.get(item, start), start)
    return tuple(
        replace(
            fact,
            is_first=firsts.get(fact.key.bulletin_id) == (fact.first_counted_at, fact.key),
        )
        for fact in rows
    )


def _reach_in(zone: str, planned: Iterable[BoxPlay], rule: CountingRule) -> Reach:
    there = [box for box in planned if zone in box.zones]
    return Reach(
        reached=sum(_is_heard(box, rule) for box in there),
        expected=sum(box.is_expected for box in there),
    )


def _is_heard(box: BoxPlay, rule: CountingRule) -> bool:
    """Integer arithmetic, so that exactly 80 % is 80 %."""
    return box.played_ms > 0 and box.played_ms * 100 >= box.planned_ms * rule.threshold_percent


def _key_of(airing: AiringFact) -> DailyKey:
    return DailyKey(
        local_day=airing.local_day,
        bulletin_id=airing.bulletin_id,
        topic=airing.topic,
        kind=airing.kind,
        origin=airing.origin,
        slot_id=airing.slot_id,
        zones=tuple(sorted(set(airing.zones))),
        author=airing.author,
        voice=airing.voice,
    )


def _by_key(fact: DailyFact) -> DailyKey:
    return fact.key
