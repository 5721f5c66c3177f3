"""One local day reconciled: its airings are made anew from plan and log, as often as asked."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, insert, literal, or_, select

from broadcast.airlog.day_rows import DayLine, Describing, row_of
from broadcast.airlog.models import AiringRow, LogEntry
from broadcast.airlog.reconcile import Airing, Planned, Play, key_of, reconcile
from broadcast.airlog.rules import EntryKind
from broadcast.boxes.models import Box
from broadcast.boxes.plans import zone_map
from broadcast.boxes.rules import ZoneMap
from broadcast.bulletins.models import Bulletin, BulletinVersion, Rendition
from broadcast.desk import Desk, use_case
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.stations.models import Station
from broadcast.stations.queries import rule_in_force
from broadcast.timetable.models import LineKind, OrderLine, SessionRow
from scheduler.timetable.wall_clock import local_day_of, start_of_day

HEARD_KINDS = (LineKind.BULLETIN, LineKind.RELAY)
SILENCE_ALLOWED = timedelta(minutes=30)
"""Beyond the end and the grace: a box sends its rows with its next poll, a slow network a little
later. Rows that come after that change the outcome again."""


@use_case
def reconcile_day(desk: Desk, local_day: date) -> int:
    """Makes the airings of that day anew, then asks for its figures; says how many there are.

    Days on which lines now stand that were played on this day are made anew too: a box that was
    offline plays the older plan. A station's days wait for each other: two that write into one
    another's days would lock each other's airings, each in its own order.
    """
    _wait_for_other_days(desk)
    day = _Day(desk, local_day)
    count = day.write()
    for other in sorted(day.elsewhere - {local_day}):
        _Day(desk, other).write()
    return count


def _wait_for_other_days(desk: Desk) -> None:
    """Holds the station's row, in the strength that rows which refer to it do not mind."""
    desk.session.execute(
        select(Station.id).where(Station.id == desk.station_id).with_for_update(key_share=True)
    )


class _Day:
    """What is known of one local day."""

    def __init__(self, desk: Desk, local_day: date) -> None:
        self.desk = desk
        self.local_day = local_day
        self.station = desk.session.get_one(Station, desk.station_id)
        self.starts_at = start_of_day(local_day, self.station.time_zone)
        self.ends_at = start_of_day(local_day + timedelta(days=1), self.station.time_zone)
        self.elsewhere: set[date] = set()

    def write(self) -> int:
        lines = {line.line.id: line for line in self._lines()}
        boxes = self._boxes()
        zones = zone_map(self.desk)
        planned = list(self._planned(lines.values(), boxes, zones))
        threshold = rule_in_force(self.desk).threshold_percent
        plays = self._plays(lines)
        airings = reconcile(planned, plays, threshold_percent=threshold, now=self.desk.now)
        heard = self._heard(airings)
        describing = Describing(self.station.id, self.local_day, lines, boxes, zones, heard)
        rows = [row_of(airing, describing) for airing in airings]
        self._replace(rows)
        want(self.desk, JobKind.ROLL_UP, self.local_day.isoformat())
        return len(rows)

    def _replace(self, rows: list[dict[str, Any]]) -> None:
        """Figures from before the software have no log to be made from; they stay."""
        mine = and_(
            AiringRow.station_id == self.station.id,
            AiringRow.estimate.is_(False),
            or_(
                AiringRow.local_day == self.local_day,
                AiringRow.key.in_([row["key"] for row in rows]),
            ),
        )
        self.desk.session.execute(
            delete(AiringRow).where(mine), execution_options={"synchronize_session": False}
        )
        if rows:
            self.desk.session.execute(insert(AiringRow), rows)

    def _lines(self) -> Iterator[DayLine]:
        of_the_day = and_(
            OrderLine.planned_start >= self.starts_at, OrderLine.planned_start < self.ends_at
        )
        repeating = and_(
            OrderLine.planned_start < self.ends_at, SessionRow.repeat_until > self.starts_at
        )
        for row in self.desk.session.execute(
            _lines_of(self.desk.station_id).where(or_(of_the_day, repeating))
        ):
            yield DayLine(*row)

    def _planned(
        self, lines: Iterable[DayLine], boxes: dict[str, Box], zones: ZoneMap
    ) -> Iterator[Planned]:
        for line in lines:
            carriers = [
                box
                for box in boxes.values()
                if zones.carries(box.zone_id, line.session.zone_ids)
                and zones.carries(box.zone_id, line.line.zone_ids)
            ]
            for moment in line.moments():
                if not self.starts_at <= moment < self.ends_at or moment > self.desk.now:
                    continue
                duration = timedelta(milliseconds=line.line.duration_ms + line.session.grace_ms)
                yield Planned(
                    key=key_of(line.line.id, moment),
                    airing_id=line.line.id,
                    planned_start=moment,
                    planned_ms=line.line.duration_ms,
                    reports_until=moment + duration + SILENCE_ALLOWED,
                    box_ids=frozenset(box.id for box in carriers if _stood_at(box, moment)),
                    is_dropped=line.is_dropped_before(moment),
                    repeats=line.repeats,
                )

    def _boxes(self) -> dict[str, Box]:
        """Boxes that only show how it would be count where the whole station does."""
        rows = self.desk.session.scalars(select(Box).where(Box.station_id == self.station.id))
        return {box.id: box for box in rows if self.station.demonstration or not box.demonstration}

    def _plays(self, lines: dict[str, DayLine]) -> list[Play]:
        """What was heard of this day's lines on whatever day, and on this day of no line."""
        found = self.desk.session.scalars(
            select(LogEntry).where(
                LogEntry.station_id == self.station.id,
                LogEntry.kind.in_([kind.value for kind in HEARD_KINDS]),
                or_(LogEntry.local_day == self.local_day, LogEntry.airing_id.in_(lines)),
                or_(LogEntry.demonstration.is_(False), literal(self.station.demonstration)),
            )
        ).all()
        elsewhere = self._standing_elsewhere(found, lines)
        return [
            _play(entry)
            for entry in found
            if entry.airing_id not in elsewhere and self._is_mine(entry, lines)
        ]

    def _standing_elsewhere(
        self, found: Iterable[LogEntry], lines: dict[str, DayLine]
    ) -> dict[str, date]:
        strange = {entry.airing_id for entry in found} - set(lines) - {None}
        rows = self.desk.session.execute(
            select(OrderLine.id, OrderLine.planned_start).where(
                OrderLine.station_id == self.station.id, OrderLine.id.in_(strange)
            )
        )
        days = {row.id: local_day_of(row.planned_start, self.station.time_zone) for row in rows}
        self.elsewhere |= set(days.values())
        return days

    def _is_mine(self, entry: LogEntry, lines: dict[str, DayLine]) -> bool:
        line = lines.get(entry.airing_id or "")
        if line is None:
            return entry.local_day == self.local_day
        if not line.repeats or entry.planned_start is None:
            return True
        return self.starts_at <= entry.planned_start < self.ends_at

    def _heard(self, airings: Iterable[Airing]) -> dict[int, LogEntry]:
        """The entries that describe what nobody planned."""
        ids = [one.first_play.id for one in airings if one.planned is None and one.first_play]
        rows = self.desk.session.scalars(select(LogEntry).where(LogEntry.id.in_(ids)))
        return {entry.id: entry for entry in rows}


def _stood_at(box: Box, moment: datetime) -> bool:
    return box.created_at <= moment and (box.retired_at is None or box.retired_at > moment)


def _play(entry: LogEntry) -> Play:
    return Play(
        id=entry.id,
        airing_id=entry.airing_id,
        box_id=entry.box_id or "",
        planned_start=entry.planned_start,
        started_at=entry.started_at,
        played_ms=entry.played_ms,
        planned_ms=entry.planned_ms,
        outcome=entry.outcome,
        reason=entry.reason,
        clock_trusted=entry.clock_trusted,
        corrects=entry.corrects_id if entry.entry is EntryKind.CORRECTION else None,
    )


def _lines_of(
    station_id: str,
) -> Any:
    return (
        select(OrderLine, SessionRow, Bulletin, BulletinVersion, Rendition)
        .join(SessionRow, SessionRow.id == OrderLine.session_id)
        .outerjoin(Bulletin, Bulletin.id == OrderLine.bulletin_id)
        .outerjoin(BulletinVersion, BulletinVersion.id == OrderLine.version_id)
        .outerjoin(Rendition, Rendition.id == OrderLine.rendition_id)
        .where(OrderLine.station_id == station_id, OrderLine.kind.in_(HEARD_KINDS))
    )
