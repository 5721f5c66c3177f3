"""Which airings a figure rests on: `daily.measure` as conditions on their rows.

A property test holds the two equal: the rows found for a figure add up to exactly that figure.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, Text, and_, cast, exists, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from broadcast.airlog.models import AiringRow
from broadcast.airlog.reconcile import LATE_AFTER
from broadcast.airlog.rules import AiringOutcome
from broadcast.bulletins.rules import BulletinKind, Origin
from broadcast.desk import Desk
from broadcast.reports.airing_facts import NOT_ITEMS, RELAY
from broadcast.reports.facts import CountingRule
from broadcast.reports.local_hours import local_hour, weekday
from broadcast.reports.models import DailyItemFact
from broadcast.reports.questions import NONE, EvidenceQuestion, Place
from broadcast.reports.rollup import counting_rule
from broadcast.reports.topic_names import topic_today
from broadcast.stations.models import Station
from broadcast.stations.queries import rule_in_force

ITEM: Any = func.coalesce(
    func.nullif(AiringRow.bulletin_id, ""), AiringRow.airing_id, AiringRow.key
)
"""What `airing_facts.fact_of` takes for the item."""
MOMENT: Any = func.coalesce(AiringRow.started_at, AiringRow.planned_start)


@dataclass(frozen=True, slots=True)
class EvidenceSums:
    """What all rows of an answer come to, over every page of it."""

    airings: int
    items: int
    net_ms: int
    speaker_ms: int


def conditions(desk: Desk, question: EvidenceQuestion) -> list[ColumnElement[bool]]:
    """Everything asked for but the page."""
    wanted: list[ColumnElement[bool]] = [
        AiringRow.station_id == desk.station_id,
        AiringRow.local_day >= question.period.first_day,
        AiringRow.local_day < question.period.end_day,
    ]
    for column, value in (
        (AiringRow.bulletin_id, question.bulletin_id),
        (AiringRow.outcome, question.outcome),
    ):
        if value is not None:
            wanted.append(column == value)
    if question.topic is not None:
        topic: Any = AiringRow.topic
        if question.under_current_topics:
            topic = topic_today(desk, AiringRow.topic_id, AiringRow.topic)
        wanted.append(topic == ("" if question.topic == NONE else question.topic))
    if question.zone_id is not None:
        wanted.append(_in_zone(question.zone_id))
    if question.weekday is not None:
        wanted.append(weekday(AiringRow.local_day) == question.weekday)
    if question.hour is not None:
        zone = ZoneInfo(desk.session.get_one(Station, desk.station_id).time_zone)
        wanted.append(local_hour(desk, MOMENT, question.period, zone) == question.hour)
    if question.place is not None:
        rule = counting_rule(rule_in_force(desk))
        wanted += in_place(desk, question.place, rule)
    return wanted


def sums_of(desk: Desk, wanted: Sequence[ColumnElement[bool]]) -> EvidenceSums:
    row = desk.session.execute(
        select(
            func.count(),
            func.count(ITEM.distinct()),
            func.coalesce(func.sum(AiringRow.heard_ms), 0),
            func.coalesce(func.sum(AiringRow.speaker_ms), 0),
        ).where(*wanted)
    ).one()
    return EvidenceSums(*(int(worth) for worth in row))


def in_place(desk: Desk, place: Place, rule: CountingRule) -> list[ColumnElement[bool]]:
    """The airings that stand in that place of the figures under `rule`."""
    is_relay = or_(AiringRow.kind == RELAY, AiringRow.origin == Origin.RELAYED)
    is_notice = and_(AiringRow.kind == BulletinKind.NOTICE, not_(is_relay))
    is_planned = AiringRow.outcome != AiringOutcome.UNPLANNED
    is_sounding = AiringRow.heard_ms > 0
    is_heard = and_(is_planned, is_sounding, _is_enough(AiringRow.heard_ms, rule))
    is_main = and_(is_heard, not_(is_relay))
    if not rule.notices_count:
        is_main = and_(is_main, AiringRow.kind != BulletinKind.NOTICE)
    found: ColumnElement[bool] = {
        Place.COUNTED: is_main,
        Place.HEARD: is_heard,
        Place.PLANNED: or_(is_planned, not_(is_sounding)),
        Place.PARTIAL: and_(is_planned, is_sounding, not_(is_heard)),
        Place.MISSED: not_(is_sounding),
        Place.UNPLANNED: and_(not_(is_planned), is_sounding),
        Place.RELAY: and_(is_heard, is_relay),
        Place.NOTICE: and_(is_heard, is_notice),
        Place.ESTIMATE: and_(is_main, AiringRow.estimate.is_(True)),
        Place.NEW: and_(is_main, _is_first()),
        Place.LATE: and_(is_heard, or_(_is_late_row(), _is_late_box(desk, rule))),
    }[place]
    return [AiringRow.outcome != AiringOutcome.WAITING, AiringRow.kind.not_in(NOT_ITEMS), found]


def _is_enough(played_ms: Any, rule: CountingRule) -> ColumnElement[bool]:
    enough: ColumnElement[bool] = played_ms * 100 >= AiringRow.planned_ms * rule.threshold_percent
    return enough


def _in_zone(zone_id: str) -> ColumnElement[bool]:
    """Ids are kept as a JSON list; a quoted id is in it or is not."""
    zones = cast(AiringRow.zone_ids, Text)
    return (
        zones == "[]" if zone_id == NONE else zones.contains(json.dumps(zone_id), autoescape=True)
    )


def _is_first() -> ColumnElement[bool]:
    fact: InstrumentedAttribute[bool] = DailyItemFact.is_first
    return exists().where(
        DailyItemFact.station_id == AiringRow.station_id,
        DailyItemFact.local_day == AiringRow.local_day,
        DailyItemFact.bulletin_id == ITEM,
        DailyItemFact.first_counted_at == MOMENT,
        fact.is_(True),
    )


def _is_late_row() -> ColumnElement[bool]:
    return AiringRow.outcome == AiringOutcome.LATE


def _is_late_box(desk: Desk, rule: CountingRule) -> ColumnElement[bool]:
    """One of its boxes was late and was heard under the rule in force."""
    is_postgresql = desk.session.get_bind().dialect.name == "postgresql"
    if is_postgresql:
        boxes = func.json_array_elements(AiringRow.boxes).table_valued("value").render_derived()
    else:
        boxes = func.json_each(AiringRow.boxes).table_valued("value")

    def told(name: str, kind: Any = Integer) -> Any:
        if is_postgresql:
            return cast(func.json_extract_path_text(boxes.c.value, name), kind)
        return func.json_extract(boxes.c.value, f"$.{name}")

    after_ms = int(LATE_AFTER.total_seconds() * 1000)
    return exists(
        select(1)
        .select_from(boxes)
        .where(
            or_(told("late_ms") > after_ms, told("outcome", Text) == AiringOutcome.LATE),
            _is_enough(told("played_ms"), rule),
        )
        .correlate(AiringRow)
    )
