"""Which rows of a table a fact belongs to. PURE."""

from datetime import date
from itertools import product
from typing import Protocol

from broadcast.reports.daily import DailyKey
from broadcast.reports.facts import GroupBy, SessionFact

_OF_SESSIONS = frozenset({GroupBy.MONTH, GroupBy.QUARTER, GroupBy.ZONE, GroupBy.SLOT})


class _Dated(Protocol):
    @property
    def local_day(self) -> date: ...


def divides_sessions(by: tuple[GroupBy, ...]) -> bool:
    """A session has a day, a slot and zones, but not one topic, author or voice."""
    return _OF_SESSIONS.issuperset(by)


def keys_of(fact: DailyKey | SessionFact, by: tuple[GroupBy, ...]) -> list[tuple[str, ...]]:
    """The rows a fact belongs to: one, or one per zone; none when no grouping is asked for.

    A fact without a zone belongs to the zone "".
    """
    return list(product(*(_parts(fact, one) for one in by))) if by else []


def _parts(fact: DailyKey | SessionFact, by: GroupBy) -> tuple[str, ...]:
    if by is GroupBy.ZONE:
        return tuple(sorted(set(fact.zones))) or ("",)
    if by is GroupBy.MONTH:
        return (_month(fact),)
    if by is GroupBy.QUARTER:
        return (f"{fact.local_day.year}-Q{(fact.local_day.month + 2) // 3}",)
    if by is GroupBy.SLOT:
        return (fact.slot_id,)
    return (str(getattr(fact, by.value)),)


def _month(fact: _Dated) -> str:
    return f"{fact.local_day.year}-{fact.local_day.month:02d}"
