"""The year's plan: how many items, airings and minutes, of the whole station or of its topics."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from broadcast.desk import Desk, use_case
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.reports.errors import TargetOutOfBounds
from broadcast.reports.periods import EARLIEST_YEAR, LATEST_YEAR, Period, planned_years
from broadcast.stations.models import PlanTarget, Station

MOST = 1_000_000
MEASURES = ("items", "airings", "minutes")


@dataclass(frozen=True, slots=True)
class Target:
    """All zeros is no plan."""

    items: int = 0
    airings: int = 0
    minutes: int = 0


def targets_in(desk: Desk, period: Period) -> list[PlanTarget]:
    """Of every year that lies wholly in the period; a part of a year has no plan of its own."""
    return list(
        desk.session.scalars(
            select(PlanTarget)
            .where(
                PlanTarget.station_id == desk.station_id,
                PlanTarget.year.in_(planned_years(period)),
            )
            .order_by(PlanTarget.year, PlanTarget.topic_id)
        )
    )


def together(targets: Sequence[PlanTarget], topic_ids: Sequence[str] = ()) -> Target:
    """One target of several rows: each year by its plan for the whole station, else its topics'.

    With `topic_ids` only the plans of those topics.
    """
    chosen: list[PlanTarget] = []
    for year in {one.year for one in targets}:
        of_year = [one for one in targets if one.year == year]
        whole = [one for one in of_year if one.topic_id is None]
        if topic_ids:
            chosen += [one for one in of_year if one.topic_id in topic_ids]
        else:
            chosen += whole or of_year
    return Target(*(sum(getattr(one, name) for one in chosen) for name in MEASURES))


@use_case
def set_targets(desk: Desk, year: int, wanted: dict[str | None, Target]) -> None:
    """The plan of `year` by topic id (None is the whole station); all zeros takes it away.

    :raises TargetOutOfBounds: a year or a number nobody means.
    """
    desk.actor.must(Right.REPORT)
    numbers = [getattr(target, name) for target in wanted.values() for name in MEASURES]
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or any(not 0 <= one <= MOST for one in numbers):
        raise TargetOutOfBounds(year=year)
    # NULL is not unique in SQL: two people at once would make two plans of the whole station.
    desk.session.execute(
        select(Station.id).where(Station.id == desk.station_id).with_for_update(key_share=True)
    )
    mine = select(PlanTarget).where(
        PlanTarget.station_id == desk.station_id, PlanTarget.year == year
    )
    known = {row.topic_id: row for row in desk.session.scalars(mine)}
    for topic_id, target in wanted.items():
        row = known.get(topic_id)
        if target == Target():
            if row is not None:
                desk.session.delete(row)
            continue
        if row is None:
            row = PlanTarget(
                id=desk.new_id(), station_id=desk.station_id, year=year, topic_id=topic_id
            )
            desk.session.add(row)
        row.items, row.airings, row.minutes = target.items, target.airings, target.minutes
    note_deed(desk, "reports.plan_set", "plan_target", str(year), year=year)
