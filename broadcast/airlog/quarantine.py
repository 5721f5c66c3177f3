"""Rows that could not be accepted stay in sight until somebody has looked at them."""

from broadcast.airlog.models import QuarantinedPlay
from broadcast.desk import Desk, use_case
from broadcast.errors import NotFound
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed


@use_case
def close_quarantined(desk: Desk, row_id: str) -> None:
    """Somebody has looked at it; the row itself is kept. :raises NotFound:"""
    desk.actor.must(Right.REPORT)
    row = desk.session.get(QuarantinedPlay, row_id, with_for_update=True)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(quarantined=row_id)
    if row.closed_at is None:
        row.closed_at, row.closed_by = desk.now, desk.actor.name
        note_deed(desk, "airlog.quarantine_closed", "quarantined_play", row.id)
