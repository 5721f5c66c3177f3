"""What the box tells about itself every 30 s: enough to see from the office what is wrong."""

from typing import Any

from playout import VERSION
from playout.air import Air
from playout.core import Core
from playout.decide import list_needed
from playout.plan import Plan
from playout.wire import instant


def describe_box(core: Core, air: Air, player_name: str) -> dict[str, Any]:
    """The body of POST /heartbeat as plain values."""
    clock, journal, cache = core.clock, core.journal, core.cache
    plan, depth = air.latest_plan, journal.depth()
    return {
        "sent_at": instant(clock.now()),
        "boot": journal.boot,
        "version": VERSION,
        "clock": {
            "standing": clock.standing,
            "trusted": clock.is_trusted,
            "offset_ms": clock.wall_offset_ms,
            "error_ms": clock.error_ms,
        },
        "disk": {"free_bytes": cache.free_bytes, "media_bytes": cache.size_bytes},
        "cache": _cache_state(plan, core),
        "plan": {"version": plan.version, "valid_until": instant(plan.valid_until)}
        if plan
        else None,
        "playing": _playing(air),
        "player": player_name,
        "volume_percent": plan.volume_percent if plan else None,
        "journal": {
            "waiting": depth.waiting,
            "rejected": depth.rejected,
            "on_disk": journal.is_on_disk,
        },
        "faults": _faults(core, plan),
    }


def _faults(core: Core, plan: Plan | None) -> list[dict[str, Any]]:
    """Those of the box, and the sessions of the plan that it had to leave out."""
    found: list[dict[str, Any]] = [
        {"code": f.code, "message": f.message, "since": instant(f.since)}
        for f in core.faults.list()
    ]
    return found + [
        {"code": "box.session_not_understood", "message": detail, "since": None}
        for detail in (plan.faults if plan else ())
    ]


def _cache_state(plan: Plan | None, core: Core) -> dict[str, int]:
    needed = list_needed(plan, core.journal.played, core.clock.now()) if plan else []
    held = core.cache.held
    missing = sum(audio.sha256 not in held for audio, _, _ in needed)
    return {"held": len(held), "needed": len(needed), "missing": missing}


def _playing(air: Air) -> dict[str, Any] | None:
    running = air.channel.on_air
    if running is None:
        return None
    row = running.row
    return {
        "airing": row.airing,
        "session": row.session,
        "kind": row.kind,
        "title": row.title,
        "position_ms": running.played_ms,
    }
