"""Every figure against a full recount from the raw rows: a difference is reported, not hidden."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, union

from broadcast.airlog.models import AiringRow, LogEntry
from broadcast.airlog.rules import AiringOutcome
from broadcast.desk import Desk, use_case
from broadcast.people.trail import note_deed
from broadcast.reports.models import DailyItemFact, DailySessionFact
from broadcast.reports.rollup import counting_rule, recount_day, roll_up_day, session_row
from broadcast.stations.queries import rule_in_force

log = logging.getLogger("loa.reports")

_NOT_COMPARED = {"is_first", "topic_id"}
"""`is_first` speaks of the whole history, not of one day; `_wrong_firsts` looks at it."""


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """On `local_day` the figures say `stored` of `what`, the rows they rest on say `recounted`."""

    local_day: date
    what: str
    stored: str
    recounted: str


def audit_figures(desk: Desk) -> list[FigureDifference]:
    """Recounts day by day, so that memory stays flat; an empty list is a clean log.

    Facts are recounted from the airings, airings from the rows of the log.
    """
    rule = counting_rule(rule_in_force(desk))
    found: list[FigureDifference] = []
    for day in _days(desk):
        rows, sessions = recount_day(desk, day, rule)
        found += _compare(day, _stored(desk, DailyItemFact, day, "key_hash"), rows)
        spans = {one.session_id: session_row(desk.station_id, one) for one in sessions}
        found += _compare(day, _stored(desk, DailySessionFact, day, "session_id"), spans)
        found += _against_the_log(desk, day)
    return found + _wrong_firsts(desk)


@use_case
def audit_and_mend(desk: Desk) -> list[FigureDifference]:
    """The audit; what it finds is written into the trail and the log, then made anew."""
    found = audit_figures(desk)
    days = sorted({difference.local_day for difference in found})
    if not found:
        return found
    for difference in found:
        log.warning("station %s: %s", desk.station_id, difference)
    for day in days:
        roll_up_day(desk, day)
    note_deed(
        desk,
        "reports.figures_differed",
        "station",
        desk.station_id,
        differences=len(found),
        days=[day.isoformat() for day in days[:50]],
    )
    return found


def _days(desk: Desk) -> list[date]:
    told = (
        select(column).where(station_id == desk.station_id)
        for column, station_id in (
            (AiringRow.local_day, AiringRow.station_id),
            (LogEntry.local_day, LogEntry.station_id),
            (DailyItemFact.local_day, DailyItemFact.station_id),
            (DailySessionFact.local_day, DailySessionFact.station_id),
        )
    )
    return sorted(desk.session.scalars(union(*told)))


def _stored(desk: Desk, table: Any, day: date, name: str) -> dict[str, dict[str, Any]]:
    rows = desk.session.execute(
        select(table.__table__).where(table.station_id == desk.station_id, table.local_day == day)
    )
    return {row[name]: dict(row) for row in rows.mappings()}


def _compare(
    day: date, stored: dict[str, dict[str, Any]], recounted: dict[str, dict[str, Any]]
) -> Iterator[FigureDifference]:
    for key in sorted(stored.keys() | recounted.keys()):
        was, should = stored.get(key), recounted.get(key)
        if was is None or should is None:
            told = was or should or {}
            what = str(told.get("bulletin_id") or told.get("session_id"))
            yield FigureDifference(day, what, _is_there(was), _is_there(should))
            continue
        for name in sorted(should.keys() - _NOT_COMPARED):
            if was[name] != should[name]:
                what = f"{should.get('bulletin_id') or key} {name}"
                yield FigureDifference(day, what, str(was[name]), str(should[name]))


def _is_there(row: dict[str, Any] | None) -> str:
    return "-" if row is None else "có"


def _against_the_log(desk: Desk, day: date) -> Iterator[FigureDifference]:
    """The longest time that any box played of an airing, by the log with its corrections."""
    airings = desk.session.execute(
        select(
            AiringRow.key, AiringRow.airing_id, AiringRow.planned_start, AiringRow.heard_ms
        ).where(
            AiringRow.station_id == desk.station_id,
            AiringRow.local_day == day,
            AiringRow.airing_id.is_not(None),
            AiringRow.estimate.is_(False),
            AiringRow.outcome.not_in((AiringOutcome.WAITING, AiringOutcome.UNPLANNED)),
        )
    ).all()
    heard = _heard_by_the_log(desk, {row.airing_id for row in airings})
    moments = Counter(row.airing_id for row in airings)
    for row in airings:
        # A box with an older plan names another moment; only repeats are told apart by it.
        moment = None if moments[row.airing_id] == 1 else row.planned_start
        told = heard.get((row.airing_id, moment), 0)
        if told != row.heard_ms:
            yield FigureDifference(day, f"{row.key} heard_ms", str(row.heard_ms), str(told))


def _heard_by_the_log(desk: Desk, airing_ids: set[str]) -> dict[tuple[str, Any], int]:
    """By airing and planned moment, and by airing alone (moment None)."""
    entries = desk.session.execute(
        select(
            LogEntry.id,
            LogEntry.corrects_id,
            LogEntry.airing_id,
            LogEntry.planned_start,
            LogEntry.played_ms,
        )
        .where(LogEntry.station_id == desk.station_id, LogEntry.airing_id.in_(airing_ids))
        .order_by(LogEntry.number)
    )
    last = {row.corrects_id or row.id: row for row in entries}
    heard: dict[tuple[str, Any], int] = {}
    for row in last.values():
        for airing in ((row.airing_id, row.planned_start), (row.airing_id, None)):
            heard[airing] = max(heard.get(airing, 0), row.played_ms)
    return heard


def _wrong_firsts(desk: Desk) -> list[FigureDifference]:
    """Items whose first counted airing is marked on another row than the earliest, or on none."""
    fact = DailyItemFact
    rows = desk.session.execute(
        select(fact.bulletin_id, fact.local_day, fact.first_counted_at, fact.is_first)
        .where(fact.station_id == desk.station_id, fact.first_counted_at.is_not(None))
        .order_by(fact.bulletin_id, fact.first_counted_at)
    )
    marks: dict[str, list[Any]] = {}
    for row in rows:
        first = marks.setdefault(row.bulletin_id, [row.local_day, row.first_counted_at, 0])
        first[2] += row.is_first and row.first_counted_at == first[1]
        if row.is_first and row.first_counted_at != first[1]:
            first[2] += 2
    return [
        FigureDifference(day, f"{bulletin_id} is_first", str(marked), "1")
        for bulletin_id, (day, _at, marked) in marks.items()
        if marked != 1
    ]
