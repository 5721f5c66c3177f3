"""Writes running orders as rows: an airing that stays keeps its id, one that leaves is dropped."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from broadcast.desk import Desk
from broadcast.timetable.models import OrderLine, SessionRow
from broadcast.timetable.queue_values import Queue
from broadcast.timetable.templates import Stream, Templates
from scheduler.timetable.conflicts import Conflict, over_length, relay_collisions
from scheduler.timetable.expand import SessionKey, SessionWindow
from scheduler.timetable.fill import Filling, Placement
from scheduler.timetable.keeping import BY_HAND, LOCKED, STAYS
from scheduler.timetable.running_order import LineKind, Part, running_order
from scheduler.timetable.running_order import OrderLine as Line

MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Written:
    """`changed` when a box would play anything differently."""

    changed: bool
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A bulletin in a running order: its length, the line it has already, what that line says."""

    duration: timedelta
    line: OrderLine | None = None
    facts: dict[str, object] = field(default_factory=dict)


def write_running_orders(
    desk: Desk,
    sessions: dict[SessionKey, tuple[SessionRow, SessionWindow]],
    filling: Filling,
    *,
    templates: Templates,
    queue: Queue,
) -> Written:
    """Make the rows of every session that has not begun follow `filling`."""
    by_session: dict[SessionKey, list[Item]] = defaultdict(list)
    for placement in filling.placements:
        key = placement.placed.session_key
        by_session[key].append(_item(placement, queue, sessions[key][1]))
    coming = [pair for pair in sessions.values() if pair[0].starts_at > desk.now]
    standing = standing_lines(desk, [row.id for row, _window in coming])
    written = [
        write_order(
            desk,
            row,
            window,
            by_session[window.key],
            standing=standing[row.id],
            templates=templates,
        )
        for row, window in coming
    ]
    return Written(
        any(one.changed for one in written),
        tuple(conflict for one in written for conflict in one.conflicts),
    )


def standing_lines(desk: Desk, session_ids: Iterable[str]) -> dict[str, list[OrderLine]]:
    """Lines that have not been dropped, in playing order, by session."""
    found: dict[str, list[OrderLine]] = defaultdict(list)
    for line in desk.session.scalars(
        select(OrderLine)
        .where(OrderLine.session_id.in_(list(session_ids)), OrderLine.dropped_at.is_(None))
        .order_by(OrderLine.offset_ms, OrderLine.id)
    ):
        found[line.session_id].append(line)
    return found


def write_order(
    desk: Desk,
    row: SessionRow,
    window: SessionWindow,
    items: Sequence[Item],
    *,
    standing: Sequence[OrderLine],
    templates: Templates,
) -> Written:
    """One session: its template around `items`. A session without items and relays is silent."""
    template = templates.of(row.id)
    lines: tuple[Line, ...] = ()
    if items or template.relays:
        parts = [Part(str(number), item.duration) for number, item in enumerate(items)]
        lines = running_order(window, template, parts)
    pen = _Pen(desk, row, list(standing), templates.streams)
    for line in lines:
        pen.write(line, items[int(line.ref or 0)] if line.kind is LineKind.BULLETIN else None)
    pen.drop_the_rest()
    too_long = over_length(window, lines)
    conflicts = relay_collisions(window, template, lines) if lines else ()
    return Written(pen.changed, (*((too_long,) if too_long else ()), *conflicts))


def _item(placement: Placement, queue: Queue, window: SessionWindow) -> Item:
    """The columns of a bulletin's line; a line that stays keeps the reason it was given first."""
    line = queue.lines.get(placement.placed.airing_id or "")
    version = queue.versions[placement.placed.wish_id]
    rendition, bulletin = version.rendition, version.bulletin
    assert rendition is not None  # noqa: S101 -- only versions with their audio are in the queue
    keeps_why = line is not None and line.why and placement.why in {BY_HAND, LOCKED, STAYS}
    return Item(
        timedelta(milliseconds=rendition.audio.duration_ms),
        line,
        {
            "wish_id": placement.placed.wish_id,
            "zone_ids": list(queue.zones_in(placement.placed.wish_id, window)),
            "manual": placement.placed.manual,
            "why": line.why if line is not None and keeps_why else placement.why,
            "bulletin_id": bulletin.id,
            "version_id": version.id,
            "rendition_id": rendition.id,
            "audio_id": rendition.audio_id,
            "title": version.title,
            "topic_id": bulletin.topic_id,
            "topic_name": bulletin.topic.name,
        },
    )


class _Pen:
    """Writes one session's order over the lines that stand there."""

    def __init__(
        self,
        desk: Desk,
        row: SessionRow,
        standing: list[OrderLine],
        streams: dict[str, Stream],
    ) -> None:
        self.desk = desk
        self.row = row
        self.free = standing
        self.streams = streams
        self.changed = False

    def write(self, line: Line, item: Item | None) -> None:
        row = self._take(line, item)
        if row is None:
            row = OrderLine(
                id=self.desk.new_id(),
                station_id=self.desk.station_id,
                session_id=self.row.id,
                kind=line.kind,
            )
            self.desk.session.add(row)
            self._note_change()
        self._set(row, self._place(line))
        self._set(row, item.facts if item is not None else self._frame(line))

    def drop_the_rest(self) -> None:
        for row in self.free:
            row.dropped_at = self.desk.now
            self._note_change()

    def _place(self, line: Line) -> dict[str, object]:
        return {
            "session_id": self.row.id,
            "offset_ms": line.offset // MILLISECOND,
            "duration_ms": line.duration // MILLISECOND,
            "planned_start": self.row.starts_at + line.offset,
        }

    def _frame(self, line: Line) -> dict[str, object]:
        if line.kind is LineKind.RELAY:
            stream = self.streams[line.ref or ""]
            return {
                "stream_url": stream.address,
                "title": stream.name,
                "audio_id": stream.fallback_id,
            }
        return {"audio_id": line.ref}

    def _take(self, line: Line, item: Item | None) -> OrderLine | None:
        """The standing line that this one continues: the same airing, or the same frame part."""
        if item is not None:
            found = item.line
        else:
            found = next((one for one in self.free if self._continues(one, line)), None)
        if found is not None and found in self.free:
            self.free.remove(found)
        return found

    def _continues(self, row: OrderLine, line: Line) -> bool:
        if line.kind is LineKind.RELAY:
            address = self.streams[line.ref or ""].address
            return (row.kind, row.stream_url) == (line.kind, address)
        return (row.kind, row.audio_id) == (line.kind, line.ref)

    def _set(self, row: OrderLine, facts: dict[str, object]) -> None:
        for name, value in facts.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
                if name != "why":
                    self._note_change()

    def _note_change(self) -> None:
        """The order is part of its session: who saw the old one must not move lines of this one."""
        if not self.changed:
            flag_modified(self.row, "name")
        self.changed = True
