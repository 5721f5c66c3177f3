"""Daily facts kept up to date: one local day made anew from its airings, as often as asked."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update

from broadcast.airlog.models import AiringRow
from broadcast.desk import Desk, use_case
from broadcast.reports.airing_facts import airings_of_day, sessions_of_day
from broadcast.reports.daily import DailyFact, DailyKey, Reach, daily_facts, mark_first_counted
from broadcast.reports.facts import CountingRule, MinutesBasis, SessionFact
from broadcast.reports.models import DailyItemFact, DailySessionFact
from broadcast.stations.models import CountingRuleVersion, Station
from broadcast.stations.queries import rule_in_force

_KEYS = ("bulletin_id", "topic", "kind", "origin", "slot_id", "author", "voice")
_SUMS = (
    "threshold_percent", "counted", "net_ms", "speaker_ms", "reached", "expected", "partial",
    "missed", "late", "unplanned", "estimates",
)  # fmt: skip
_fact: Any = DailyItemFact.__table__


@use_case
def roll_up_day(desk: Desk, local_day: date) -> int:
    """Makes the facts of that day anew; says how many there are. A second run changes nothing.

    Which day holds an item's first counted airing is settled again for every item it touched.
    """
    # Two days at once might both take an item's first airing for theirs.
    desk.session.execute(
        select(Station.id).where(Station.id == desk.station_id).with_for_update(key_share=True)
    )
    return _make_anew(desk, local_day, counting_rule(rule_in_force(desk)))


@use_case
def roll_up_all(desk: Desk) -> int:
    """Every day of the station, under the rule in force: after the threshold has changed."""
    rule = counting_rule(rule_in_force(desk))
    days = set[date]()
    for column, station_id in (
        (AiringRow.local_day, AiringRow.station_id),
        (DailyItemFact.local_day, DailyItemFact.station_id),
    ):
        days.update(
            desk.session.scalars(select(column).where(station_id == desk.station_id).distinct())
        )
    for day in sorted(days):
        _make_anew(desk, day, rule)
    return len(days)


def counting_rule(version: CountingRuleVersion) -> CountingRule:
    """The row as the value that counting takes."""
    return CountingRule(
        version=version.version,
        notices_count=version.notices_count,
        minutes=MinutesBasis(version.minutes.value),
        threshold_percent=version.threshold_percent,
    )


def recount_day(
    desk: Desk, local_day: date, rule: CountingRule
) -> tuple[dict[str, dict[str, Any]], list[SessionFact]]:
    """The item facts of one day by their hash, and its sessions; nothing is written.

    `is_first` is true within the day only.
    """
    told = airings_of_day(desk, local_day)
    topics = {(fact.bulletin_id, fact.topic): topic_id for fact, topic_id in told}
    facts = daily_facts((fact for fact, _topic in told), rule)
    rows = {
        key_hash(fact.key): _row(desk, fact)
        | {"topic_id": topics[(fact.key.bulletin_id, fact.key.topic)]}
        for fact in facts
    }
    return rows, sessions_of_day(desk, local_day)


def key_hash(key: DailyKey) -> str:
    told = json.dumps(asdict(key), default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def month_of(day: date) -> dict[str, str]:
    """The keys of `grouping`, kept so that the database can group by them."""
    return {
        "month": f"{day.year:04d}-{day.month:02d}",
        "quarter": f"{day.year:04d}-Q{(day.month + 2) // 3}",
    }


def _make_anew(desk: Desk, local_day: date, rule: CountingRule) -> int:
    rows, sessions = recount_day(desk, local_day, rule)
    of_day = (_fact.c.station_id == desk.station_id, _fact.c.local_day == local_day)
    touched = set(desk.session.scalars(select(_fact.c.bulletin_id).where(*of_day)))
    touched |= {row["bulletin_id"] for row in rows.values()}
    desk.session.execute(delete(_fact).where(*of_day))
    if rows:
        desk.session.execute(insert(_fact), [row | {"is_first": False} for row in rows.values()])
    _settle_firsts(desk, sorted(touched))
    _replace_sessions(desk, local_day, sessions)
    return len(rows)


def _row(desk: Desk, fact: DailyFact) -> dict[str, Any]:
    return (
        {name: getattr(fact.key, name) for name in _KEYS}
        | {name: getattr(fact, name) for name in _SUMS}
        | month_of(fact.key.local_day)
        | {
            "station_id": desk.station_id,
            "local_day": fact.key.local_day,
            "key_hash": key_hash(fact.key),
            "zones": list(fact.key.zones),
            "zone_reach": [[one.reached, one.expected] for one in fact.zone_reach],
            "first_counted_at": fact.first_counted_at,
            "is_first": fact.is_first,
        }
    )


def _settle_firsts(desk: Desk, bulletin_ids: Sequence[str]) -> None:
    """Looks only at rows that may be an item's first: its earliest, and those marked so far."""
    mine = (_fact.c.station_id == desk.station_id, _fact.c.bulletin_id.in_(bulletin_ids))
    earliest = (
        select(_fact.c.bulletin_id, func.min(_fact.c.first_counted_at).label("at"))
        .where(*mine)
        .group_by(_fact.c.bulletin_id)
        .subquery()
    )
    candidates = desk.session.execute(
        select(_fact)
        .join(earliest, earliest.c.bulletin_id == _fact.c.bulletin_id)
        .where(*mine, or_(_fact.c.first_counted_at == earliest.c.at, _fact.c.is_first.is_(True)))
    ).all()
    rows = {key_hash(fact.key): (row, fact) for row in candidates for fact in [fact_from(row)]}
    for marked in mark_first_counted(fact for _row, fact in rows.values()):
        row = rows[key_hash(marked.key)][0]
        if row.is_first != marked.is_first:
            desk.session.execute(
                update(_fact)
                .where(
                    _fact.c.station_id == desk.station_id,
                    _fact.c.local_day == row.local_day,
                    _fact.c.key_hash == row.key_hash,
                )
                .values(is_first=marked.is_first)
            )


def fact_from(row: Any) -> DailyFact:
    """The stored row as the value it was made of."""
    key = DailyKey(
        local_day=row.local_day,
        zones=tuple(row.zones),
        **{name: getattr(row, name) for name in _KEYS},
    )
    sums = {name: getattr(row, name) for name in _SUMS}
    return DailyFact(
        key=key,
        first_counted_at=row.first_counted_at,
        is_first=row.is_first,
        zone_reach=tuple(Reach(*worth) for worth in row.zone_reach or ()),
        **sums,
    )


def _replace_sessions(desk: Desk, local_day: date, sessions: Sequence[SessionFact]) -> None:
    table: Any = DailySessionFact.__table__
    desk.session.execute(
        delete(table).where(table.c.station_id == desk.station_id, table.c.local_day == local_day)
    )
    if sessions:
        desk.session.execute(
            insert(table), [session_row(desk.station_id, session) for session in sessions]
        )


def session_row(station_id: str, session: SessionFact) -> dict[str, Any]:
    return month_of(session.local_day) | {
        "station_id": station_id,
        "local_day": session.local_day,
        "session_id": session.session_id,
        "slot_id": session.slot_id,
        "zones": sorted(set(session.zones)),
        "gross_ms": session.gross_ms,
        "estimated": session.estimate,
    }
