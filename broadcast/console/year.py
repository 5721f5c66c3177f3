"""The year's three figures against the plan, for the foot of today's page."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.bulletins.rules import BulletinKind
from broadcast.desk import Desk
from broadcast.stations.models import CountingRuleVersion, PlanTarget, Station
from broadcast.stations.queries import rule_in_force

HEARD = (AiringOutcome.AIRED, AiringOutcome.LATE, AiringOutcome.PARTIAL)


@dataclass(frozen=True, slots=True)
class Figure:
    done: int
    planned: int

    @property
    def ratio(self) -> float | None:
        """Done of planned, 1 is the whole; None without a plan."""
        return self.done / self.planned if self.planned else None


@dataclass(frozen=True, slots=True)
class YearFigures:
    """`due` is how much of the year has passed, 0 to 1."""

    year: int
    due: float
    items: Figure
    airings: Figure
    minutes: Figure


def year_figures(desk: Desk) -> YearFigures:
    """Items, airings and net minutes so far, counted by the rule in force.

    A plan made by topic is compared with those topics only; minutes are rounded once, half up.
    """
    station = desk.session.get_one(Station, desk.station_id)
    today = desk.now.astimezone(ZoneInfo(station.time_zone)).date()
    targets = _targets(desk, today.year)
    topics = [target.topic_id for target in targets if target.topic_id]
    items, airings, net_ms = desk.session.execute(
        select(
            func.count(AiringRow.bulletin_id.distinct()),
            func.count(),
            func.coalesce(func.sum(AiringRow.heard_ms), 0),
        ).where(
            AiringRow.station_id == desk.station_id,
            AiringRow.local_day >= date(today.year, 1, 1),
            AiringRow.local_day <= today,
            *_counts(rule_in_force(desk), topics),
        )
    ).one()
    passed = (today - date(today.year, 1, 1)).days + 1
    return YearFigures(
        year=today.year,
        due=passed / 366 if _is_leap(today.year) else passed / 365,
        items=Figure(items, sum(target.items for target in targets)),
        airings=Figure(airings, sum(target.airings for target in targets)),
        minutes=Figure((int(net_ms) + 30_000) // 60_000, sum(one.minutes for one in targets)),
    )


def _targets(desk: Desk, year: int) -> list[PlanTarget]:
    """The whole station's plan where there is one, else those of its topics."""
    rows = desk.session.scalars(
        select(PlanTarget).where(PlanTarget.station_id == desk.station_id, PlanTarget.year == year)
    ).all()
    whole = [row for row in rows if row.topic_id is None]
    return whole or list(rows)


def _counts(rule: CountingRuleVersion, topics: list[str]) -> list[ColumnElement[bool]]:
    heard_enough = AiringRow.heard_ms * 100 >= AiringRow.planned_ms * rule.threshold_percent
    wanted = [AiringRow.outcome.in_(HEARD), AiringRow.planned_ms > 0, heard_enough]
    if topics:
        wanted.append(AiringRow.topic_id.in_(topics))
    if not rule.notices_count:
        wanted.append(AiringRow.kind != BulletinKind.NOTICE.value)
    return wanted


def _is_leap(year: int) -> bool:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days == 366
