"""Figures of a period from the daily facts, added up by the database.

`counting.figures_from_daily` is the definition; this is the same in SQL, so that a year costs the
same whatever the log has grown to. A property test holds the two equal for any history.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    FromClause,
    Integer,
    Text,
    and_,
    case,
    cast,
    column,
    distinct,
    false,
    func,
    not_,
    select,
    true,
)

from broadcast.bulletins.rules import BulletinKind, Origin
from broadcast.desk import Desk
from broadcast.reports.counting import Question
from broadcast.reports.differences import explain
from broadcast.reports.errors import RuleMismatch
from broadcast.reports.facts import Figures, FiguresTable, GroupBy, GroupRow
from broadcast.reports.grouping import divides_sessions
from broadcast.reports.models import DailyItemFact, DailySessionFact
from broadcast.reports.topic_names import topic_today

_ALWAYS = ("partial", "missed", "late", "unplanned")
_REACH = ("reached", "expected")
"""In the order in which `zone_reach` keeps them."""
_MAIN = {"airings": "counted", "net_ms": "net_ms", "speaker_ms": "speaker_ms",
         "estimates": "estimates"}  # fmt: skip
_COLUMNS = {
    GroupBy.TOPIC: "topic",
    GroupBy.KIND: "kind",
    GroupBy.MONTH: "month",
    GroupBy.QUARTER: "quarter",
    GroupBy.SLOT: "slot_id",
    GroupBy.AUTHOR: "author",
    GroupBy.VOICE: "voice",
    GroupBy.ORIGIN: "origin",
}
_fact: Any = DailyItemFact.__table__
_session: Any = DailySessionFact.__table__


@dataclass(frozen=True, slots=True)
class Topics:
    """`current` counts renamed and merged topics under the names of today; `only` are ids."""

    current: bool = False
    only: tuple[str, ...] = ()


AS_AIRED = Topics()


def figures_of(desk: Desk, question: Question, topics: Topics = AS_AIRED) -> FiguresTable:
    """The figures of one station; rows in the order of their keys.

    A session is not of one topic: with `topics.only` there are no gross minutes.

    :raises RuleMismatch: facts of the period were made under another threshold.
    """
    divides = divides_sessions(question.by) and not topics.only
    total = _item_figures(desk, question, (), topics)[()]
    spans = {} if topics.only else _gross(desk, question, ())
    whole = _with_gross(total, None if topics.only else spans.get((), (0, 0)))
    if not question.by:
        return FiguresTable((), (), whole, ())
    rows = _item_figures(desk, question, question.by, topics)
    spans = _gross(desk, question, question.by) if divides else {}
    answers = [
        GroupRow(
            key, _with_gross(rows.get(key, Figures()), spans.get(key, (0, 0)) if divides else None)
        )
        for key in sorted(rows.keys() | spans.keys())
    ]
    differences = () if topics.only else explain(question.by, answers, whole)
    return FiguresTable(question.by, tuple(answers), whole, differences)


def _item_figures(
    desk: Desk, question: Question, by: tuple[GroupBy, ...], topics: Topics
) -> dict[tuple[str, ...], Figures]:
    topic = _fact.c.topic
    if topics.current:
        topic = topic_today(desk, _fact.c.topic_id, _fact.c.topic)
    zone = _each_zone(desk, _fact)
    source, keys = _grouped(_fact, by, topic, zone)
    chosen = (_fact.c.topic_id.in_(topics.only),) if topics.only else ()
    measures = _measures(question) | _reach(desk, zone if GroupBy.ZONE in by else None)
    sentence = (
        select(*keys, *(worth.label(name) for name, worth in measures.items()))
        .select_from(source)
        .where(*_within(desk, question, _fact), *chosen)
        .group_by(*(key.name for key in keys))
    )
    found = {}
    for row in desk.session.execute(sentence):
        told = dict(zip(measures, row[len(keys) :], strict=True))
        low, high = told.pop("low"), told.pop("high")
        wanted = question.rule.threshold_percent
        if low is not None and (low, high) != (wanted, wanted):
            raise RuleMismatch(threshold_percent=low if low != wanted else high)
        sums = {name: int(worth or 0) for name, worth in told.items()}
        found[tuple(str(part) for part in row[: len(keys)])] = Figures(**sums)
    return found


def _measures(question: Question) -> dict[str, Any]:
    """The places an airing may take, as `counting` has them."""
    is_relay = _fact.c.origin == Origin.RELAYED
    is_notice = and_(_fact.c.kind == BulletinKind.NOTICE, not_(is_relay))
    if question.rule.notices_count:
        is_notice = false()
    is_main = and_(_fact.c.counted > 0, not_(is_relay), not_(is_notice))

    def summed(condition: Any, name: str) -> Any:
        return func.sum(case((condition, _fact.c[name]), else_=0))

    return {
        "items": func.count(distinct(case((is_main, _fact.c.bulletin_id)))),
        "new_items": func.count(
            distinct(case((and_(is_main, _fact.c.is_first), _fact.c.bulletin_id)))
        ),
        **{name: func.sum(_fact.c[name]) for name in _ALWAYS},
        **{name: summed(is_main, source) for name, source in _MAIN.items()},
        "relays": summed(is_relay, "counted"),
        "relay_ms": summed(is_relay, "net_ms"),
        "notices": summed(is_notice, "counted"),
        "low": func.min(_fact.c.threshold_percent),
        "high": func.max(_fact.c.threshold_percent),
    }


def _reach(desk: Desk, zone: Any) -> dict[str, Any]:
    """Under a zone only what that zone has of it, and the whole where a row is not divided."""
    if zone is None:
        return {name: func.sum(_fact.c[name]) for name in _REACH}
    divided = _fact.c.zone_reach
    told: list[ColumnElement[int]]
    if desk.session.get_bind().dialect.name == "postgresql":
        at = cast(zone.c.key - 1, Text)
        told = [cast(func.json_extract_path_text(divided, at, str(n)), Integer) for n in (0, 1)]
    else:
        told = [func.json_extract(divided, func.printf(f"$[%d][{n}]", zone.c.key)) for n in (0, 1)]
    return {
        name: func.sum(func.coalesce(part, _fact.c[name]))
        for name, part in zip(_REACH, told, strict=True)
    }


def _gross(
    desk: Desk, question: Question, by: tuple[GroupBy, ...]
) -> dict[tuple[str, ...], tuple[int, int]]:
    """Milliseconds of sessions, and how many of the sessions are estimates."""
    source, keys = _grouped(_session, by, None, _each_zone(desk, _session))
    sentence = (
        select(
            *keys, func.sum(_session.c.gross_ms), func.sum(case((_session.c.estimated, 1), else_=0))
        )
        .select_from(source)
        .where(*_within(desk, question, _session))
        .group_by(*(key.name for key in keys))
    )
    return {
        tuple(str(part) for part in row[:-2]): (int(row[-2] or 0), int(row[-1] or 0))
        for row in desk.session.execute(sentence)
    }


def _grouped(
    table: Any, by: tuple[GroupBy, ...], topic: ColumnElement[Any] | None, zone: Any
) -> tuple[FromClause, list[Any]]:
    """What to select from, and the columns of the key; by zones a row stands once for each."""
    source: FromClause = table
    keys: list[Any] = []
    for one in by:
        if one is GroupBy.ZONE:
            source = source.join(zone, true())
            keys.append(zone.c.value)
        elif one is GroupBy.TOPIC and topic is not None:
            keys.append(topic)
        else:
            keys.append(table.c[_COLUMNS[one]])
    return source, [key.label(f"key_{at}") for at, key in enumerate(keys)]


def _each_zone(desk: Desk, table: Any) -> Any:
    """The zones of a row as rows of their own, `value` and its place `key` (from 0, and from 1 in
    PostgreSQL); a row without any belongs to the zone "".
    """
    zones = case((func.json_array_length(table.c.zones) == 0, '[""]'), else_=table.c.zones)
    if desk.session.get_bind().dialect.name == "postgresql":
        zones = case(
            (func.json_array_length(table.c.zones) == 0, cast([""], JSON)), else_=table.c.zones
        )
        each = func.json_array_elements_text(zones)
        return each.table_valued(column("value"), with_ordinality="key").render_derived()
    return func.json_each(zones).table_valued("key", "value")


def _within(desk: Desk, question: Question, table: Any) -> Sequence[Any]:
    return (
        table.c.station_id == desk.station_id,
        table.c.local_day >= question.period.first_day,
        table.c.local_day < question.period.end_day,
    )


def _with_gross(figures: Figures, gross: tuple[int, int] | None) -> Figures:
    gross_ms, estimated = gross or (None, 0)
    return replace(figures, gross_ms=gross_ms, estimated_sessions=estimated)
