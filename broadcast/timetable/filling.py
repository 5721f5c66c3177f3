"""Keeps a station's coming sessions filled: slots become sessions, wishes become running orders.

Idempotent: run twice, the second run changes nothing. What has begun is never touched.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from broadcast.boxes.plans import mark_plans_stale
from broadcast.desk import Desk, use_case
from broadcast.timetable.calendar import keep_calendar, lock_station, zone_tree
from broadcast.timetable.models import FillNote, WishRow
from broadcast.timetable.queue_values import Queue, read_queue
from broadcast.timetable.quiet_hours import unexplained_conflicts
from broadcast.timetable.templates import read_templates
from broadcast.timetable.writing import write_running_orders
from scheduler.timetable.conflicts import Conflict
from scheduler.timetable.fill import Filling, fill

NOTES_KEPT = 60
NOTES_KEPT_FOR = timedelta(days=7)


@use_case
def fill_station(desk: Desk) -> Filling:
    """Expand, fill, write, and tell the boxes. Two fills at once follow each other."""
    station = lock_station(desk)
    tree = zone_tree(desk)
    calendar = keep_calendar(desk, station, tree)
    templates = read_templates(desk, calendar.rows.values())
    queue = read_queue(desk, station, calendar.rows, tree)
    filling = fill(
        calendar.windows,
        queue.wishes,
        queue.placed,
        now=desk.now,
        overhead=templates.overhead,
        targets=queue.targets,
        aired=queue.aired,
        zone_names=tree.names,
    )
    sessions = {window.key: (calendar.rows[window.key], window) for window in calendar.windows}
    written = write_running_orders(desk, sessions, filling, templates=templates, queue=queue)
    _say_unmet(desk, filling, queue)
    unexplained = unexplained_conflicts(
        desk, calendar.windows, tree, calendar.rules.slots, calendar.rules.changes
    )
    _keep_notes(desk, filling, [*calendar.conflicts, *written.conflicts, *unexplained])
    if written.changed or calendar.changed:
        mark_plans_stale(desk)
    return filling


def _say_unmet(desk: Desk, filling: Filling, queue: Queue) -> None:
    """Written past the row's version: a person who edits the wish meanwhile meets no conflict."""
    sentences = queue.unready | {unmet.wish_id: unmet.sentence for unmet in filling.unmet}
    open_wishes = desk.session.execute(
        select(WishRow.id, WishRow.unmet).where(
            WishRow.station_id == desk.station_id, WishRow.closed_at.is_(None)
        )
    ).all()
    for wish_id, standing in open_wishes:
        sentence = sentences.get(wish_id, "")
        if standing != sentence:
            desk.session.execute(
                update(WishRow).where(WishRow.id == wish_id).values(unmet=sentence)
            )


def _keep_notes(desk: Desk, filling: Filling, conflicts: list[Conflict]) -> None:
    row = desk.session.get(FillNote, desk.station_id)
    if row is None:
        row = FillNote(station_id=desk.station_id, filled_at=desk.now, conflicts=[], notes=[])
        desk.session.add(row)
    standing = [_conflict_kept(conflict) for conflict in conflicts]
    new: list[dict[str, object]] = [
        {
            "at": desk.now.isoformat(),
            "kind": note.kind.value,
            "sentence": note.sentence,
            "wish_id": note.wish_id,
        }
        for note in filling.notes
    ]
    oldest = desk.now - NOTES_KEPT_FOR
    kept = [note for note in row.notes if datetime.fromisoformat(str(note["at"])) > oldest]
    notes = [*new, *kept][:NOTES_KEPT]
    if (row.conflicts, row.notes) != (standing, notes):
        row.conflicts, row.notes, row.filled_at = standing, notes, desk.now


def _conflict_kept(conflict: Conflict) -> dict[str, object]:
    return {
        "kind": conflict.kind.value,
        "sentence": conflict.sentence,
        "remedy": conflict.remedy,
        "sessions": [[slot_id, day.isoformat()] for slot_id, day in conflict.sessions],
    }
