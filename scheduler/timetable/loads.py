"""A session while it is being filled: what it carries, what still fits, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from scheduler.timetable.expand import SessionWindow
from scheduler.timetable.wishes import LAST_PLACE, Priority, Wish

RANK = {Priority.EMERGENCY: 0, Priority.PRIORITY: 1, Priority.NORMAL: 2}
"""Smaller goes first."""
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overhead:
    """What a session spends besides its items.

    `per_session` is signature, links and relays together, `by_slot` the same for slots whose
    template differs, `gap` the silence between two items.
    """

    per_session: timedelta = timedelta(0)
    gap: timedelta = timedelta(0)
    by_slot: Mapping[str, timedelta] = field(default_factory=dict)

    def of(self, slot_id: str) -> timedelta:
        return self.by_slot.get(slot_id, self.per_session)


def to_ms(length: timedelta) -> int:
    """Whole milliseconds, rounded up, so that a sum never understates."""
    return -(-length // _MILLISECOND)


@dataclass(slots=True, kw_only=True)
class Entry:
    """One airing in a session being filled; `position` is the old one, None for a new airing."""

    wish: Wish
    duration_ms: int
    why: str
    position: int | None = None
    manual: bool = False
    airing_id: str | None = None


class Load:
    """The running total of one session. `still` means that nothing new may enter any more."""

    __slots__ = ("_carried", "entries", "gap_ms", "overhead_ms", "still", "used_ms", "window")

    def __init__(self, window: SessionWindow, overhead: Overhead, *, still: bool) -> None:
        self.window = window
        self.still = still
        self.gap_ms = to_ms(overhead.gap)
        self.overhead_ms = self.used_ms = to_ms(overhead.of(window.slot_id))
        self.entries: list[Entry] = []
        self._carried: set[str] = set()

    def carries(self, wish_id: str) -> bool:
        return wish_id in self._carried

    def limit_ms(self, priority: Priority) -> int:
        """Normal items fill the planned length; the others may stretch it to the longest."""
        length = self.window.planned if priority is Priority.NORMAL else self.window.longest
        return to_ms(length)

    def has_room(self, duration_ms: int, limit_ms: int) -> bool:
        gap_ms = self.gap_ms if self.entries else 0
        return self.used_ms + gap_ms + duration_ms <= limit_ms

    def add(self, entry: Entry) -> None:
        self.used_ms += entry.duration_ms + (self.gap_ms if self.entries else 0)
        self.entries.append(entry)
        self._carried.add(entry.wish.id)

    def in_order(self) -> list[Entry]:
        """The entries in playing order.

        A still session keeps its order. Else items placed by hand and pinned ones take the place
        they name (as far as there are so many items, by hand before pinned), and the others flow
        around them: by class, within it the widest reach first, then as they stood, then new ones,
        and last those pinned to the end. A zone that a line is not for stays silent for its length,
        because the clock of a session is common: at the end that silence is not noticed.
        """
        if self.still:
            return sorted(self.entries, key=lambda entry: entry.position or 0)
        placed = [(place, e) for e in self.entries if (place := _named_place(e)) is not None]
        placed.sort(key=lambda item: (item[0], not item[1].manual, *self._flow_key(item[1])))
        flowing = sorted((e for e in self.entries if _named_place(e) is None), key=self._flow_key)
        order: list[Entry] = []
        while flowing or placed:
            if placed and (not flowing or placed[0][0] <= len(order)):
                order.append(placed.pop(0)[1])
            else:
                order.append(flowing.pop(0))
        return order

    def _flow_key(self, entry: Entry) -> tuple[bool, int, int, bool, int]:
        wish, position = entry.wish, entry.position
        goes_last = wish.pinned is not None and wish.pinned.position == LAST_PLACE
        silent_zones = len(self.window.zones - wish.zones) if wish.zones else 0
        return goes_last, RANK[wish.priority], silent_zones, position is None, position or 0


def _named_place(entry: Entry) -> int | None:
    if entry.manual:
        return entry.position
    pin = entry.wish.pinned
    if pin is None or pin.position is None or pin.position == LAST_PLACE:
        return None
    return pin.position
