"""The running order of one session: every sound and every silence with its offset, to the ms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from scheduler.timetable.expand import SessionWindow

_NOTHING = timedelta(0)


class LineKind(StrEnum):
    """The kinds of the box's plan document."""

    SIGNATURE = "signature"
    LINK = "link"
    BULLETIN = "bulletin"
    RELAY = "relay"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Part:
    """Something with a measured length; `ref` is the caller's name for its audio."""

    ref: str
    duration: timedelta


@dataclass(frozen=True, slots=True)
class Relay:
    """A stream that is joined at `offset` after the start of the session, for `duration`."""

    ref: str
    offset: timedelta
    duration: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What frames the items of a slot's sessions; `gap` is the silence between two items."""

    signature: Part | None = None
    opening: Part | None = None
    closing: Part | None = None
    gap: timedelta = _NOTHING
    relays: tuple[Relay, ...] = ()

    @property
    def overhead(self) -> timedelta:
        """What the template takes of a session's length, as `fill` wants to know it."""
        parts = (self.signature, self.opening, self.closing, *self.relays)
        return sum((part.duration for part in parts if part), _NOTHING)

    @property
    def relays_in_order(self) -> tuple[Relay, ...]:
        return tuple(sorted(self.relays, key=lambda relay: (relay.offset, relay.ref)))


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line: [offset, offset + duration) from the start of the session. A silence has no ref."""

    kind: LineKind
    offset: timedelta
    duration: timedelta
    ref: str | None = None

    @property
    def end(self) -> timedelta:
        return self.offset + self.duration


def running_order(
    window: SessionWindow, template: Template, items: Sequence[Part]
) -> tuple[OrderLine, ...]:
    """Signature, opening, the items in the given order, closing; seamless from offset zero.

    A relay keeps its time: what would run into it waits behind it and the wait is an explicit
    silence. Relays that overlap follow each other, and a relay is cut at the hard limit of the
    session, which an item never is; `over_length` and `relay_collisions` tell what came of it.
    """
    lines = _Lines(window.longest, list(template.relays_in_order))
    if template.signature:
        lines.add(LineKind.SIGNATURE, template.signature)
    if template.opening:
        lines.add(LineKind.LINK, template.opening)
    for number, item in enumerate(items):
        lines.add(LineKind.BULLETIN, item, gap=template.gap if number else _NOTHING)
    lines.add_remaining_relays()
    if template.closing:
        lines.add(LineKind.LINK, template.closing)
    return tuple(lines.done)


class _Lines:
    def __init__(self, longest: timedelta, relays: list[Relay]) -> None:
        self.done: list[OrderLine] = []
        self._longest = longest
        self._relays = relays

    @property
    def _end(self) -> timedelta:
        return self.done[-1].end if self.done else _NOTHING

    def _append(self, kind: LineKind, duration: timedelta, ref: str | None = None) -> None:
        if duration > _NOTHING:
            self.done.append(OrderLine(kind, self._end, duration, ref))

    def add(self, kind: LineKind, part: Part, *, gap: timedelta = _NOTHING) -> None:
        while self._relays and self._relays[0].offset < self._end + gap + part.duration:
            self._add_next_relay()
            gap = _NOTHING
        self._append(LineKind.SILENCE, gap)
        self._append(kind, part.duration, part.ref)

    def add_remaining_relays(self) -> None:
        while self._relays:
            self._add_next_relay()

    def _add_next_relay(self) -> None:
        relay = self._relays.pop(0)
        begins = max(self._end, min(relay.offset, self._longest))
        ends = min(begins + relay.duration, self._longest)
        self._append(LineKind.SILENCE, begins - self._end)
        self._append(LineKind.RELAY, ends - begins, relay.ref)
