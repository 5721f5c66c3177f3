"""PURE: when each planned item is due, until when it may still start, and what it is known by."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from playout.plan import Item, Kind, LateMode, Plan, Session

START_TOLERANCE = timedelta(seconds=2)
"""Even `skip` allows this: the item before may end some frames after its planned end."""

EMERGENCY_GRACE = timedelta(minutes=15)
"""An emergency is published as "now" and reaches a box one poll and one download later, or when
its mobile network is back; it is worth hearing this late whatever its session says."""

RELAY_WORTH_JOINING = timedelta(seconds=5)
"""A live stream has no first sentence to lose; with less than this left it is not joined."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One item at one planned moment. `key` is what the played memory knows it by: the airing,
    which the station plans once, or the place in the session for what is no airing.
    """

    key: str
    session: Session
    item: Item
    due_at: datetime

    @property
    def latest_start(self) -> datetime:
        """The last moment at which it may start and still be played whole (a relay: joined)."""
        session, item = self.session, self.item
        if item.stream:
            return self.due_at + timedelta(milliseconds=item.duration_ms) - RELAY_WORTH_JOINING
        if session.repeat:
            return self.due_at + session.repeat.every
        late = session.late
        grace = late.grace if late.mode is LateMode.WHOLE else timedelta(0)
        if session.is_emergency:
            return self.due_at + max(grace, EMERGENCY_GRACE)
        return self.due_at + max(grace, START_TOLERANCE)

    @property
    def rank(self) -> int:
        return {"emergency": 0, "priority": 1, "normal": 2}[self.session.priority]


def list_occurrences(plan: Plan, due_by: datetime) -> Iterator[Occurrence]:
    """Everything due up to and including `due_by`, in no order; silence is nothing to play.

    What is due at or after `valid_until` is left out: the plan does not speak for that time.
    """
    for session in plan.sessions:
        for run, starts_at in _runs(session, due_by):
            for item in session.running_order:
                due_at = starts_at + timedelta(milliseconds=item.offset_ms)
                if item.kind is not Kind.SILENCE and due_at <= due_by and due_at < plan.valid_until:
                    yield Occurrence(name_occurrence(session, item, run), session, item, due_at)


def next_due(plan: Plan, after: datetime) -> datetime | None:
    """The first planned moment later than `after` at which a session or repeat begins."""
    starts = []
    for session in plan.sessions:
        starts_at = session.starts_at
        if starts_at <= after and session.repeat:
            runs = (after - starts_at) // session.repeat.every + 1
            starts_at += runs * session.repeat.every
            if starts_at >= session.repeat.until:
                continue
        if starts_at > after and session.running_order:
            starts.append(starts_at)
        starts.extend(_later_items(session, after))
    return min(starts, default=None)


def name_occurrence(session: Session, item: Item, run: int) -> str:
    name = item.airing or f"{session.id}+{item.offset_ms}+{item.kind}"
    return f"{name}#{run}" if run else name


def is_withdrawn(plan: Plan, occurrence: Occurrence, now: datetime) -> bool:
    """Whether the station took it out of the plan, as against: the plan has moved on past it."""
    known = next((s for s in plan.sessions if s.id == occurrence.session.id), None)
    if known:
        name = occurrence.key.partition("#")[0]
        return all(name_occurrence(known, item, 0) != name for item in known.running_order)
    repeat = occurrence.session.repeat
    return now < (repeat.until if repeat else occurrence.session.ends_at)


def carry_over(old: Plan, new: Plan, played: Container[str], now: datetime) -> Plan:
    """The new plan, with those sessions of the old one that the station no longer lists because
    their planned end has passed, while something of theirs may still start late.
    """
    listed = {session.id for session in new.sessions}
    kept = {
        o.session.id: o.session
        for o in list_occurrences(old, now)
        if o.session.id not in listed and o.key not in played
        if o.latest_start >= now and not is_withdrawn(new, o, now)
    }
    return replace(new, sessions=(*new.sessions, *kept.values()))


def _runs(session: Session, due_by: datetime) -> Iterator[tuple[int, datetime]]:
    run, starts_at = 0, session.starts_at
    while starts_at <= due_by:
        yield run, starts_at
        if not session.repeat:
            return
        run, starts_at = run + 1, starts_at + session.repeat.every
        if starts_at >= session.repeat.until:
            return


def _later_items(session: Session, after: datetime) -> Iterator[datetime]:
    for item in session.running_order:
        due_at = session.starts_at + timedelta(milliseconds=item.offset_ms)
        if due_at > after and item.kind is not Kind.SILENCE:
            yield due_at
