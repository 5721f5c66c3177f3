"""The year's plan by topic: what was wanted, what has been heard, what stands in the calendar."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.bulletins.models import Topic
from broadcast.bulletins.queries import list_topics
from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import PlanTarget, Station
from broadcast.timetable.models import OrderLine, SessionRow
from scheduler.timetable.running_order import LineKind
from scheduler.timetable.wall_clock import start_of_day

HEARD = (AiringOutcome.AIRED, AiringOutcome.LATE)


@dataclass(frozen=True, slots=True)
class TopicYear:
    """Airings of one topic: `heard` by the log, `placed` in sessions to come."""

    topic: Topic
    target: int
    heard: int
    placed: int


@use_case
def save_targets(desk: Desk, year: int, airings: dict[str, int]) -> None:
    """The planned airings of each topic, by topic id; 0 is no plan.

    :raises InvalidInput: a number below 0 or beyond reason.
    """
    desk.actor.must(Right.SCHEDULE)
    if not all(0 <= number <= 20_000 for number in airings.values()):
        raise InvalidInput("Số lượt phát trong năm từ 0 đến 20.000.")
    standing = {row.topic_id: row for row in _targets(desk, year)}
    for topic in list_topics(desk):
        if topic.id not in airings:
            continue
        row = standing.get(topic.id)
        if row is None:
            row = PlanTarget(
                id=desk.new_id(), station_id=desk.station_id, year=year, topic_id=topic.id
            )
            desk.session.add(row)
        row.airings = airings[topic.id]
    note_deed(desk, "timetable.targets_saved", "year", str(year))
    want(desk, JobKind.FILL, desk.station_id)


def read_year(desk: Desk, year: int) -> list[TopicYear]:
    """Every topic an operator may choose now, with its figures of that local year."""
    station = desk.session.get_one(Station, desk.station_id)
    since, until = (start_of_day(day, station.time_zone) for day in _year_days(year))
    heard = {
        str(topic_id): count
        for topic_id, count in desk.session.execute(
            select(AiringRow.topic_id, func.count())
            .where(
                AiringRow.station_id == desk.station_id,
                AiringRow.outcome.in_(HEARD),
                AiringRow.local_day >= _year_days(year)[0],
                AiringRow.local_day < _year_days(year)[1],
            )
            .group_by(AiringRow.topic_id)
        )
    }
    placed = {
        str(topic_id): count
        for topic_id, count in desk.session.execute(
            select(OrderLine.topic_id, func.count())
            .join(SessionRow, SessionRow.id == OrderLine.session_id)
            .where(
                OrderLine.station_id == desk.station_id,
                OrderLine.kind == LineKind.BULLETIN,
                OrderLine.dropped_at.is_(None),
                SessionRow.cancelled_at.is_(None),
                OrderLine.planned_start >= max(since, desk.now),
                OrderLine.planned_start < until,
            )
            .group_by(OrderLine.topic_id)
        )
    }
    targets = {row.topic_id: row.airings for row in _targets(desk, year)}
    return [
        TopicYear(topic, targets.get(topic.id, 0), heard.get(topic.id, 0), placed.get(topic.id, 0))
        for topic in list_topics(desk)
    ]


def _year_days(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year + 1, 1, 1)


def _targets(desk: Desk, year: int) -> list[PlanTarget]:
    return list(
        desk.session.scalars(
            select(PlanTarget).where(
                PlanTarget.station_id == desk.station_id, PlanTarget.year == year
            )
        )
    )
