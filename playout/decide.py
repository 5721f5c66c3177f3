"""PURE: what the box should do now. It is asked again after every deed and never remembers.

What has an outcome, or is open in the journal, is in `played` and can never be chosen again: that
memory, not the clock, is why nothing plays twice however the clock jumps. A late item is played
whole while its grace lasts and is a `Missed` row afterwards; nothing is joined in the middle
except a live relay.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from playout.occurrences import (
    Occurrence,
    is_withdrawn,
    list_occurrences,
    name_occurrence,
    next_due,
)
from playout.plan import Audio, LateMode, Plan

ARM_LEAD = timedelta(seconds=5)
"""Time to hash a 14 MB file from a slow card and to load it, before it has to sound."""

LONGEST_WAIT = timedelta(seconds=60)
AMPLIFIER_LEAD = timedelta(seconds=60)
AMPLIFIER_HOLD = timedelta(minutes=3)
"""Shorter pauses than this keep it on: relays and tubes wear by switching."""


class Reason(StrEnum):
    AUDIO_MISSING = "audio_missing"
    AIR_BUSY = "air_busy"
    LATE_PLAN = "late_plan"
    BOX_OFF = "box_off"
    WITHDRAWN = "withdrawn"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class OnAir:
    occurrence: Occurrence
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Suspended:
    """Stopped for an emergency at `position_ms` of its own audio; its row is still open."""

    occurrence: Occurrence
    position_ms: int


@dataclass(frozen=True, slots=True)
class Play:
    occurrence: Occurrence
    at: datetime
    from_ms: int = 0


@dataclass(frozen=True, slots=True)
class Missed:
    occurrence: Occurrence
    reason: Reason


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Stop what is on air. For an emergency it is suspended, else its row is closed."""

    occurrence: Occurrence
    reason: Reason


@dataclass(frozen=True, slots=True)
class GiveUp:
    """A suspended item can no longer be finished in time: close its row as interrupted."""

    occurrence: Occurrence
    reason: Reason


@dataclass(frozen=True, slots=True)
class Wait:
    until: datetime


@dataclass(frozen=True, slots=True)
class Prefetch:
    audio: Audio
    urgent: bool


Decision = Play | Missed | Interrupt | GiveUp | Wait


def decide(
    plan: Plan,
    cached: Container[str],
    played: Container[str],
    now: datetime,
    *,
    on_air: OnAir | None = None,
    suspended: Sequence[Suspended] = (),
    trusted: bool = True,
) -> Decision:
    """The next deed. `cached` holds sha256 of verified files, `played` keys with a journal row.

    Without a trusted clock nothing is declared missed: it may only look late.
    """
    if on_air and is_withdrawn(plan, on_air.occurrence, now):
        return Interrupt(on_air.occurrence, Reason.WITHDRAWN)
    for stopped in suspended:
        if is_withdrawn(plan, stopped.occurrence, now):
            return GiveUp(stopped.occurrence, Reason.WITHDRAWN)
    open_items = [o for o in list_occurrences(plan, now + ARM_LEAD) if o.key not in played]
    overdue = [o for o in open_items if o.latest_start < now]
    if overdue and trusted:
        first = min(overdue, key=lambda o: (o.due_at, o.key))
        return Missed(first, _why_missed(first, plan, cached, on_air))
    playable = [o for o in open_items if o.latest_start >= now and _is_ready(o, cached)]
    alarms = [o for o in playable if o.session.is_emergency]
    if (
        on_air
        and not on_air.occurrence.session.is_emergency
        and any(o.due_at <= now for o in alarms)
    ):
        return Interrupt(on_air.occurrence, Reason.EMERGENCY)
    if suspended:
        return _settle(suspended[0], alarms, now, on_air)
    return _next(playable, now, on_air) or Wait(_wake_at(plan, open_items, now))


def decide_fetch(
    plan: Plan,
    cached: Container[str],
    played: Container[str],
    now: datetime,
    *,
    not_before: Mapping[str, datetime],
) -> Prefetch | Wait:
    """The file to fetch next: emergencies first, then nearest first. `not_before` says when a file
    whose download failed may be tried again, so that it does not block its neighbours.
    """
    for audio, _, urgent in list_needed(plan, played, now):
        if audio.sha256 not in cached and not_before.get(audio.sha256, now) <= now:
            return Prefetch(audio, urgent)
    waiting = [moment for moment in not_before.values() if moment > now]
    return Wait(min([*waiting, now + LONGEST_WAIT]))


def list_needed(
    plan: Plan, played: Container[str], now: datetime
) -> list[tuple[Audio, datetime, bool]]:
    """(file, first moment it is due, emergency?) of all that may still be played, in the order in
    which it is needed.
    """
    found: dict[str, tuple[Audio, datetime, bool]] = {}
    for session in plan.sessions:
        is_repeating = session.repeat is not None and now < session.repeat.until
        for item in session.running_order:
            due_at = session.starts_at + timedelta(milliseconds=item.offset_ms)
            first = Occurrence(name_occurrence(session, item, 0), session, item, due_at)
            if not is_repeating and (first.key in played or first.latest_start < now):
                continue
            for audio in item.files:
                entry = (audio, due_at, session.is_emergency)
                found[audio.sha256] = min(found.get(audio.sha256, entry), entry, key=_urgency)
    return sorted(found.values(), key=_urgency)


def amplifier_wanted(plan: Plan, now: datetime, *, on_air: bool, is_on: bool) -> bool:
    """On from 60 s before a start until nothing is due for some minutes."""
    due_at = next_due(plan, now)
    ahead = AMPLIFIER_HOLD if is_on else AMPLIFIER_LEAD
    return on_air or (due_at is not None and due_at - now <= ahead)


def _next(playable: Iterable[Occurrence], now: datetime, on_air: OnAir | None) -> Play | None:
    free_at = max(now, on_air.ends_at) if on_air else now
    startable = [o for o in playable if max(o.due_at, free_at) <= o.latest_start]
    if not startable:
        return None
    first = min(startable, key=lambda o: (max(o.due_at, free_at), o.rank, o.due_at, o.key))
    at = max(first.due_at, free_at)
    return Play(first, at) if at <= now + ARM_LEAD else None


def _settle(
    stopped: Suspended, alarms: Sequence[Occurrence], now: datetime, on_air: OnAir | None
) -> Decision:
    """Resume or drop: it goes on where it was cut if its remainder is late by no more than the
    grace its start had; a relay is joined again while it lasts; all else is given up.
    """
    if not _may_resume(stopped, now):
        return GiveUp(stopped.occurrence, Reason.EMERGENCY)
    alarm = _next(alarms, now, on_air)
    if alarm:
        return alarm
    if on_air:
        return Wait(min(on_air.ends_at, now + LONGEST_WAIT))
    return Play(stopped.occurrence, now, stopped.position_ms)


def _may_resume(stopped: Suspended, now: datetime) -> bool:
    occurrence, position = stopped.occurrence, timedelta(milliseconds=stopped.position_ms)
    if occurrence.item.stream:
        return now <= occurrence.latest_start
    is_whole = occurrence.session.late.mode is LateMode.WHOLE
    return is_whole and now - position <= occurrence.latest_start


def _is_ready(occurrence: Occurrence, cached: Container[str]) -> bool:
    return occurrence.item.audio is None or occurrence.item.audio.sha256 in cached


def _why_missed(
    occurrence: Occurrence, plan: Plan, cached: Container[str], on_air: OnAir | None
) -> Reason:
    if plan.generated_at > occurrence.latest_start:
        return Reason.LATE_PLAN
    if not _is_ready(occurrence, cached):
        return Reason.AUDIO_MISSING
    return Reason.AIR_BUSY if on_air else Reason.BOX_OFF


def _wake_at(plan: Plan, open_items: Iterable[Occurrence], now: datetime) -> datetime:
    moments = [o.due_at - ARM_LEAD for o in open_items] + [o.latest_start for o in open_items]
    due_at = next_due(plan, now + ARM_LEAD)
    if due_at:
        moments.append(due_at - ARM_LEAD)
    soonest = min((m for m in moments if m > now), default=now + LONGEST_WAIT)
    return min(soonest, now + LONGEST_WAIT)


def _urgency(entry: tuple[Audio, datetime, bool]) -> tuple[bool, datetime, str]:
    audio, due_at, is_emergency = entry
    return (not is_emergency, due_at, audio.sha256)
