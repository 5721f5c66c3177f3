"""What a box asks, answered: its plan or "you have it", and what it says of itself."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from broadcast.boxes.identity import BoxIdentity
from broadcast.boxes.models import BoxEvent, BoxHealth, PlanDocument
from broadcast.boxes.rules import LOST_AFTER
from broadcast.boxes.wire import HeartbeatWire
from broadcast.desk import Desk, use_case


def find_plan(session: Session, box: BoxIdentity, now: datetime) -> PlanDocument | None:
    """The box's document, or None when it has to be made: missing, stale, or run out."""
    found = session.get(PlanDocument, box.box_id)
    if found is None or found.stale or found.valid_until <= now:
        return None
    return found


@use_case
def note_heartbeat(desk: Desk, box: BoxIdentity, beat: HeartbeatWire) -> None:
    """Keeps how the box is; what has changed since the last time becomes an event."""
    health = desk.session.get(BoxHealth, box.box_id, with_for_update=True)
    if health is None:
        health = BoxHealth(box_id=box.box_id, station_id=box.station_id, facts={})
        desk.session.add(health)
        _note_event(desk, box, "first_seen", "Cụm loa báo tín hiệu lần đầu.")
    elif desk.now - health.seen_at > LOST_AFTER:
        minutes = int((desk.now - health.seen_at).total_seconds() // 60)
        _note_event(desk, box, "back", f"Có tín hiệu trở lại sau {minutes} phút.")
    _note_faults(desk, box, health, beat)
    booted = health.facts.get("boot")
    if booted and beat.boot and booted != beat.boot:
        _note_event(desk, box, "restarted", "Phần mềm máy phát khởi động lại.")
    health.seen_at = desk.now
    health.version = beat.version or ""
    health.clock_offset_ms = beat.clock.offset_ms
    health.clock_trusted = beat.clock.trusted
    health.free_bytes = beat.disk.free_bytes
    health.journal_depth = beat.journal.waiting
    health.playing = beat.playing.model_dump() if beat.playing else None
    health.facts = beat.model_dump(
        include={"boot", "cache", "player", "journal", "volume_percent", "faults"},
        exclude={"faults": {"__all__": {"since"}}},
    )
    held = beat.plan.version if beat.plan else None
    etag = desk.session.scalar(select(PlanDocument.etag).where(PlanDocument.box_id == box.box_id))
    if held and etag and etag.startswith(held):
        health.plan_seen_at = desk.now


def _note_faults(desk: Desk, box: BoxIdentity, health: BoxHealth, beat: HeartbeatWire) -> None:
    """Those that came, each once, and those that went."""
    kept = health.facts.get("faults")
    before = {fault["code"]: fault for fault in kept} if isinstance(kept, list) else {}
    there = {fault.code: fault for fault in beat.faults}
    for code, fault in there.items():
        if code not in before:
            _note_event(desk, box, code, fault.message or "")
    for code, gone in before.items():
        if code not in there:
            _note_event(desk, box, "recovered", f"Đã hết lỗi: {gone.get('message') or code}")


def _note_event(desk: Desk, box: BoxIdentity, kind: str, sentence: str) -> None:
    desk.session.add(
        BoxEvent(
            id=desk.new_id(),
            station_id=box.station_id,
            box_id=box.box_id,
            at=desk.now,
            kind=kind[:40],
            sentence=sentence,
        )
    )
