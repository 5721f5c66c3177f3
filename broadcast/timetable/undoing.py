"""What a calendar page offers to take back right after a move: an address and its words."""

from collections.abc import Mapping
from dataclasses import dataclass

from broadcast.desk import Desk
from broadcast.timetable.following import SPLIT_FROM
from broadcast.timetable.models import SessionRow, SlotRow
from broadcast.timetable.occurrences import find_change


@dataclass(frozen=True, slots=True)
class Undo:
    """One of the two is set: the session that was moved alone, or the slot that was changed."""

    session_id: str = ""
    slot_id: str = ""
    words: str = ""


def find_undo(desk: Desk, asked: Mapping[str, str]) -> Undo | None:
    """The move that the address remembers; None once it is taken back or has begun."""
    row = desk.session.get(SessionRow, asked.get("vua-doi", ""))
    if row and row.station_id == desk.station_id and row.slot_id and row.starts_at > desk.now:
        if find_change(desk, row.slot_id, row.local_day) is None:
            return None
        return Undo(session_id=row.id, words=row.name)
    slot = desk.session.get(SlotRow, asked.get("vua-tach", ""))
    if slot and slot.station_id == desk.station_id and slot.previous is not None:
        since = f"{slot.valid_from:%d/%m}" if SPLIT_FROM in slot.previous else ""
        return Undo(slot_id=slot.id, words=f"{slot.name} {since}".strip())
    return None
