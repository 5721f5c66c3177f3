"""Rows as a box sends them."""

from datetime import datetime
from uuid import uuid4

from broadcast.boxes.wire import instant


def sent_play(started_at: datetime | None, /, **facts):
    """A complete play of two minutes; `facts` replace any field."""
    planned_start = facts.pop("planned_start", started_at)
    row = {
        "id": str(uuid4()),
        "seq": 1,
        "airing": None,
        "session": None,
        "kind": "bulletin",
        "sha256": "a" * 64,
        "title": "Thông báo lịch tiêm",
        "topic": "Khác",
        "planned_start": planned_start and instant(planned_start),
        "started_at": started_at and instant(started_at),
        "ended_at": started_at and instant(started_at),
        "played_ms": 120_000 if started_at else 0,
        "planned_ms": 120_000,
        "outcome": "complete" if started_at else "missed",
        "reason": "",
        "clock": {"trusted": True, "offset_ms": 12},
    }
    return row | facts
