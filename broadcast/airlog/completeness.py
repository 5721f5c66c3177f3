"""How many rows arrived of those that the boxes' own counting says exist."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, distinct, func, select

from broadcast.airlog.models import LogEntry
from broadcast.airlog.rules import EntryKind
from broadcast.desk import Desk


@dataclass(frozen=True, slots=True)
class Completeness:
    """`existing` is the sum, over every start of a box, of the highest number it has given."""

    received: int
    existing: int

    @property
    def percent(self) -> float:
        """100 for a log in which nothing was to be received."""
        return 100 * self.received / self.existing if self.existing else 100.0


def completeness(desk: Desk, box_id: str | None = None) -> Completeness:
    """Of the whole station, or of one box. Gaps are found by number, never by time."""
    conditions: list[ColumnElement[bool]] = [
        LogEntry.station_id == desk.station_id,
        LogEntry.entry == EntryKind.PLAY,
    ]
    if box_id is not None:
        conditions.append(LogEntry.box_id == box_id)
    per_boot = (
        select(
            func.count(distinct(LogEntry.seq)).label("received"),
            func.max(LogEntry.seq).label("existing"),
        )
        .where(*conditions)
        .group_by(LogEntry.box_id, LogEntry.boot)
        .subquery()
    )
    found = desk.session.execute(
        select(func.sum(per_boot.c.received), func.sum(per_boot.c.existing))
    ).one()
    return Completeness(int(found[0] or 0), int(found[1] or 0))
