"""What the page of figures shows of a period, read once: totals, targets, months, hours, reach."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from broadcast.airlog.models import AiringRow
from broadcast.bulletins.models import Topic
from broadcast.desk import Desk
from broadcast.reports.airtime import pending_days
from broadcast.reports.counting import Question, minutes, to_minutes
from broadcast.reports.evidence_rows import MOMENT, in_place
from broadcast.reports.facts import (
    CountingRule,
    Figures,
    FiguresTable,
    GroupBy,
    MinutesBasis,
)
from broadcast.reports.local_hours import local_hour, weekday
from broadcast.reports.names import NameOf, names_of
from broadcast.reports.periods import Period
from broadcast.reports.plan_targets import Target, targets_in, together
from broadcast.reports.questions import Place
from broadcast.reports.rollup import counting_rule
from broadcast.reports.summary import AS_AIRED, Topics, figures_of
from broadcast.stations.models import PlanTarget
from broadcast.stations.queries import rule_in_force

PLAIN_HUE = 7
Heat = dict[int, dict[int, int]]


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One topic with its figures and, where the year has a plan, its targets."""

    name: str
    hue: int
    figures: Figures
    target: Target | None


@dataclass(frozen=True, slots=True)
class Glance:
    """`due` is the share of the period that is over, 0 to 1; `forecast` is None when it is 1."""

    period: Period
    rule: CountingRule
    total: Figures
    target: Target
    topics: tuple[TopicLine, ...]
    months: FiguresTable
    month_topics: FiguresTable
    zones: FiguresTable
    heat: Heat
    due: float
    forecast: dict[str, int] | None
    pending: tuple[date, ...]
    name_of: NameOf
    hues: dict[str, int]

    @property
    def shown_minutes(self) -> float:
        return float(minutes(self.total, self.rule))

    @property
    def is_net(self) -> bool:
        return self.rule.minutes is MinutesBasis.NET

    @property
    def hours(self) -> Sequence[int]:
        """From the first to the last hour in which anything was heard."""
        heard = [hour for hours in self.heat.values() for hour in hours]
        return range(min(heard), max(heard) + 1) if heard else ()


def glance_at(
    desk: Desk, period: Period, today: date, zone: ZoneInfo, topics_as: Topics = AS_AIRED
) -> Glance:
    """Seven questions to the daily facts and one to the airings."""
    rule = counting_rule(rule_in_force(desk))

    def counted(*by: GroupBy) -> FiguresTable:
        return figures_of(desk, Question(rule, period, by), topics_as)

    topics = counted(GroupBy.TOPIC)
    due = _share_over(period, today)
    target = targets_in(desk, period)
    hues = _hues(desk)
    return Glance(
        period=period,
        rule=rule,
        total=topics.total,
        target=together(target),
        topics=tuple(_topic_lines(desk, topics, target, hues)),
        months=counted(GroupBy.MONTH),
        month_topics=counted(GroupBy.MONTH, GroupBy.TOPIC),
        zones=counted(GroupBy.ZONE),
        heat=_heat(desk, period, zone, rule),
        due=due,
        forecast=_forecast(topics.total, rule, due),
        pending=tuple(pending_days(desk, period)),
        name_of=names_of(desk),
        hues=hues,
    )


def _topic_lines(
    desk: Desk, table: FiguresTable, found: Sequence[PlanTarget], hues: dict[str, int]
) -> list[TopicLine]:
    names = dict(
        desk.session.execute(
            select(Topic.id, Topic.name).where(Topic.station_id == desk.station_id)
        ).all()
    )
    by_name = {
        name: together([one for one in found if one.topic_id == topic_id])
        for topic_id, name in names.items()
        if any(one.topic_id == topic_id for one in found)
    }
    aired = {row.key[0]: row.figures for row in table.rows}
    wanted = [*aired, *(name for name in by_name if name and name not in aired)]
    lines = [
        TopicLine(
            name,
            hues.get(name, PLAIN_HUE),
            aired.get(name, Figures(gross_ms=None)),
            by_name.get(name),
        )
        for name in wanted
    ]
    return sorted(lines, key=lambda line: (-line.figures.airings, line.name))


def _hues(desk: Desk) -> dict[str, int]:
    rows = select(Topic.name, Topic.hue).where(Topic.station_id == desk.station_id)
    return dict(desk.session.execute(rows).all())


def _heat(desk: Desk, period: Period, zone: ZoneInfo, rule: CountingRule) -> Heat:
    """Counted airings by weekday (0 is Monday) and local hour; they add up to the total."""
    day, hour = weekday(AiringRow.local_day), local_hour(desk, MOMENT, period, zone)
    cells = desk.session.execute(
        select(day.label("day"), hour.label("hour"), func.count())
        .where(
            AiringRow.station_id == desk.station_id,
            AiringRow.local_day >= period.first_day,
            AiringRow.local_day < period.end_day,
            *in_place(desk, Place.COUNTED, rule),
        )
        .group_by("day", "hour")
    )
    heat: Heat = defaultdict(dict)
    for at_day, at_hour, airings in cells:
        heat[int(at_day)][int(at_hour)] = airings
    return heat


def _share_over(period: Period, today: date) -> float:
    days = (period.end_day - period.first_day).days
    over = (min(max(today, period.first_day), period.end_day) - period.first_day).days
    return over / days


def _forecast(total: Figures, rule: CountingRule, due: float) -> dict[str, int] | None:
    """What the period comes to at this pace; a month of data is the least to speak from."""
    if not 1 / 12 <= due < 1:
        return None
    duration_ms = total.net_ms if rule.minutes is MinutesBasis.NET else total.gross_ms or 0
    return {
        "items": round(total.items / due),
        "airings": round(total.airings / due),
        "minutes": round(float(to_minutes(duration_ms)) / due),
    }
