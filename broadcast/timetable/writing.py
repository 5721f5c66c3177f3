"""Writes running orders as rows: an airing that stays keeps its id, one that leaves is dropped."""

from collections import defaultdict
from datetime import timedelta

from sqlalchemy import select

from broadcast.bulletins.models import BulletinVersion
from broadcast.desk import Desk
from broadcast.timetable.models import OrderLine, SessionRow
from broadcast.timetable.queue_values import Queue
from broadcast.timetable.templates import Templates
from scheduler.timetable.expand import SessionKey, SessionWindow
from scheduler.timetable.fill import Filling, Placement
from scheduler.timetable.running_order import LineKind, Part, Template, running_order
from scheduler.timetable.running_order import OrderLine as Line

MILLISECOND = timedelta(milliseconds=1)


def write_running_orders(
    desk: Desk,
    sessions: dict[SessionKey, tuple[SessionRow, SessionWindow]],
    filling: Filling,
    *,
    templates: Templates,
    queue: Queue,
) -> bool:
    """Make the rows of every session that has not begun follow `filling`; True when any changed."""
    by_session: dict[SessionKey, list[Placement]] = defaultdict(list)
    for placement in filling.placements:
        by_session[placement.placed.session_key].append(placement)
    standing = _standing_lines(desk, [row.id for row, _window in sessions.values()])
    changed = False
    for row, window in sessions.values():
        if row.starts_at <= desk.now:
            continue
        pen = _Pen(desk, row, standing.get(row.id, []), templates=templates, queue=queue)
        template = templates.by_session.get(row.id, Template())
        changed = pen.write(window, template, by_session[window.key]) or changed
    return changed


def _standing_lines(desk: Desk, session_ids: list[str]) -> dict[str, list[OrderLine]]:
    found: dict[str, list[OrderLine]] = defaultdict(list)
    if session_ids:
        for line in desk.session.scalars(
            select(OrderLine)
            .where(OrderLine.session_id.in_(session_ids), OrderLine.dropped_at.is_(None))
            .order_by(OrderLine.offset_ms, OrderLine.id)
        ):
            found[line.session_id].append(line)
    return found


class _Pen:
    """Writes one session's order over the lines that stand there."""

    def __init__(
        self,
        desk: Desk,
        row: SessionRow,
        standing: list[OrderLine],
        *,
        templates: Templates,
        queue: Queue,
    ) -> None:
        self.desk = desk
        self.row = row
        self.free = list(standing)
        self.templates = templates
        self.queue = queue
        self.changed = False

    def write(self, window: SessionWindow, template: Template, placements: list[Placement]) -> bool:
        parts: list[Part] = []
        by_ref: dict[str, Placement] = {}
        for number, placement in enumerate(placements):
            ref = f"{number}"
            by_ref[ref] = placement
            parts.append(Part(ref, self._duration(placement)))
        worth_opening = bool(parts) or bool(template.relays)
        for line in running_order(window, template, parts) if worth_opening else ():
            self._write_line(line, by_ref.get(line.ref or ""))
        for row in self.free:
            row.dropped_at = self.desk.now
            self.changed = True
        return self.changed

    def _version(self, placement: Placement) -> BulletinVersion | None:
        return self.queue.versions.get(placement.placed.wish_id)

    def _duration(self, placement: Placement) -> timedelta:
        version = self._version(placement)
        if version is not None and version.rendition is not None:
            return timedelta(milliseconds=version.rendition.audio.duration_ms)
        return timedelta(
            milliseconds=self.queue.lines[placement.placed.airing_id or ""].duration_ms
        )

    def _write_line(self, line: Line, placement: Placement | None) -> None:
        kind = LineKind(line.kind.value)
        row = self._take(kind, line, placement)
        if row is None:
            row = OrderLine(
                id=self.desk.new_id(),
                station_id=self.desk.station_id,
                session_id=self.row.id,
                kind=kind,
            )
            self.desk.session.add(row)
            self.changed = True
        offset_ms, duration_ms = line.offset // MILLISECOND, line.duration // MILLISECOND
        self._set(row, "offset_ms", offset_ms)
        self._set(row, "duration_ms", duration_ms)
        self._set(row, "planned_start", self.row.starts_at + line.offset)
        if placement is not None:
            self._describe_bulletin(row, placement)
        elif kind is LineKind.RELAY:
            stream, name = self.templates.streams[line.ref or ""]
            self._set(row, "stream_url", stream)
            self._set(row, "title", name)
        else:
            self._set(row, "audio_id", line.ref)

    def _take(self, kind: LineKind, line: Line, placement: Placement | None) -> OrderLine | None:
        """The standing line that this one continues: the same airing, or the same frame part."""
        airing_id = placement.placed.airing_id if placement else None
        for row in self.free:
            if airing_id is not None and row.id == airing_id:
                break
            if placement is None and row.kind is kind and row.audio_id == _audio_ref(line):
                break
        else:
            return None
        self.free.remove(row)
        return row

    def _describe_bulletin(self, row: OrderLine, placement: Placement) -> None:
        version = self._version(placement)
        self._set(row, "wish_id", placement.placed.wish_id)
        self._set(row, "manual", placement.placed.manual)
        if row.why != placement.why:
            row.why = placement.why
        if version is None or version.rendition is None:
            return
        bulletin = version.bulletin
        self._set(row, "bulletin_id", bulletin.id)
        self._set(row, "version_id", version.id)
        self._set(row, "rendition_id", version.rendition_id)
        self._set(row, "audio_id", version.rendition.audio_id)
        self._set(row, "title", version.title)
        self._set(row, "topic_id", bulletin.topic_id)
        self._set(row, "topic_name", bulletin.topic.name)

    def _set(self, row: OrderLine, name: str, value: object) -> None:
        if getattr(row, name, None) != value:
            setattr(row, name, value)
            self.changed = True


def _audio_ref(line: Line) -> str | None:
    return None if line.kind.value in {"relay", "silence"} else line.ref
