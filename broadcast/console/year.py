"""The year's three figures against the plan, for the foot of today's page."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from broadcast.desk import Desk
from broadcast.reports.counting import Question, minutes
from broadcast.reports.facts import MinutesBasis
from broadcast.reports.periods import year_period
from broadcast.reports.plan_targets import targets_in, together
from broadcast.reports.rollup import counting_rule
from broadcast.reports.summary import Topics, figures_of
from broadcast.stations.models import Station
from broadcast.stations.queries import rule_in_force


@dataclass(frozen=True, slots=True)
class Figure:
    """Minutes have one decimal, as in the report; items and airings none."""

    done: int | Decimal
    planned: int

    @property
    def ratio(self) -> float | None:
        """Done of planned, 1 is the whole; None without a plan."""
        return float(self.done / self.planned) if self.planned else None


@dataclass(frozen=True, slots=True)
class YearFigures:
    """`due` is how much of the year has passed, 0 to 1."""

    year: int
    due: float
    items: Figure
    airings: Figure
    minutes: Figure


def year_figures(desk: Desk) -> YearFigures:
    """Items, airings and minutes so far, as the page of figures counts them.

    A plan made by topic is compared with those topics only, and then in net minutes: a session is
    not of one topic.
    """
    station = desk.session.get_one(Station, desk.station_id)
    today = desk.now.astimezone(ZoneInfo(station.time_zone)).date()
    period = year_period(today.year)
    targets = targets_in(desk, period)
    has_whole = any(target.topic_id is None for target in targets)
    topics = () if has_whole else tuple(one.topic_id for one in targets if one.topic_id)
    planned = together(targets)
    rule = counting_rule(rule_in_force(desk))
    if topics:
        rule = replace(rule, minutes=MinutesBasis.NET)
    total = figures_of(desk, Question(rule, period), Topics(only=topics)).total
    return YearFigures(
        year=today.year,
        due=((today - period.first_day) + date.resolution) / (period.end_day - period.first_day),
        items=Figure(total.items, planned.items),
        airings=Figure(total.airings, planned.airings),
        minutes=Figure(minutes(total, rule), planned.minutes),
    )
