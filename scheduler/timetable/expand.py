"""From slots to the sessions of some days: rules in local time in, instants in UTC out.

The policy of time, each sentence with its test:

- A start that the spring change leaves out moves to the first minute that exists after the gap.
- A start that the autumn change shows twice is the first of the two.
- A day that a zone leaves out altogether has no session.
- Lengths are elapsed time: thirty minutes are thirty minutes on the night of a change, too.
- A session belongs to the local day on which it starts, also when it ends after midnight.
- A monthly slot on the 29th, 30th or 31st is left out of a month without that day, so 29 February
  comes in leap years; the last day of the month is a choice of its own.

Vietnam has had none of these changes since 1975, but the rules name a zone and the code keeps it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from scheduler.timetable.closures import Closure, silenced_zones
from scheduler.timetable.errors import ChangeNotValid, OccurrenceChangedTwice
from scheduler.timetable.slots import (
    LONGEST_SESSION,
    ChangeKind,
    OccurrenceChange,
    Slot,
    falls_on,
)
from scheduler.timetable.wall_clock import ONE_DAY, instant_at, local_day_of

SessionKey = tuple[str, date]
"""Slot id and the local day its rule gives: the name of a session for life, even when moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionWindow:
    """One session as it stands: [starts_at, ends_at) as planned, `latest_end` the hard limit.

    `local_day` is the day of the rule and with `slot_id` its key; `airs_on` is the local day on
    which it starts, another one when the session was moved. Instants are aware UTC.
    """

    slot_id: str
    local_day: date
    airs_on: date
    starts_at: datetime
    ends_at: datetime
    latest_end: datetime
    zones: frozenset[str]
    name: str
    time_zone: str
    lock: timedelta = timedelta(0)

    @property
    def key(self) -> SessionKey:
        return self.slot_id, self.local_day

    @property
    def locks_at(self) -> datetime:
        return self.starts_at - self.lock

    @property
    def planned(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def longest(self) -> timedelta:
        return self.latest_end - self.starts_at


def expand(
    slots: Iterable[Slot],
    changes: Iterable[OccurrenceChange],
    closures: Iterable[Closure],
    holidays: Collection[date],
    *,
    from_day: date,
    to_day: date,
) -> tuple[SessionWindow, ...]:
    """The sessions that start on the local days [from_day, to_day), ordered by start and slot.

    A holiday silences the slots that skip holidays on the day of their rule; a session moved onto
    a holiday by hand stays. A closure takes its zones from every session it touches, and a session
    without zones does not take place. Windows joined give the whole, and the order of the inputs
    does not matter.

    :raises OccurrenceChangedTwice: two changes name the same occurrence.
    :raises ChangeNotValid: a changed length is beyond the limit or longer than the longest.
    """
    closed = tuple(sorted(closures, key=lambda closure: closure.id))
    changed = _by_occurrence(changes)
    windows = []
    for slot in slots:
        for day in _days_in_question(slot, changed, from_day, to_day):
            if slot.skip_holidays and day in holidays:
                continue
            window = _window(slot, day, changed.get((slot.id, day)))
            if window and from_day <= window.airs_on < to_day:
                windows.append(window)
    heard = (_outside_closures(window, closed) for window in windows)
    return tuple(
        sorted(
            (window for window in heard if window.zones),
            key=lambda window: (window.starts_at, window.slot_id, window.local_day),
        )
    )


def _by_occurrence(changes: Iterable[OccurrenceChange]) -> dict[SessionKey, OccurrenceChange]:
    found: dict[SessionKey, OccurrenceChange] = {}
    for change in changes:
        key = change.slot_id, change.local_day
        if key in found:
            raise OccurrenceChangedTwice(slot_id=change.slot_id, local_day=change.local_day)
        found[key] = change
    return found


def _days_in_question(
    slot: Slot,
    changed: Mapping[SessionKey, OccurrenceChange],
    from_day: date,
    to_day: date,
) -> Iterator[date]:
    """The rule's days within, and those outside from which a session was moved within."""
    day = max(from_day, slot.valid_from)
    end = to_day if slot.valid_until is None else min(to_day, slot.valid_until)
    while day < end:
        if falls_on(slot.recurrence, day):
            yield day
        day += ONE_DAY
    for (slot_id, day), change in changed.items():
        if slot_id != slot.id or from_day <= day < to_day or change.to_day is None:
            continue
        if slot.is_valid_on(day) and falls_on(slot.recurrence, day):
            yield day


def _window(slot: Slot, day: date, change: OccurrenceChange | None) -> SessionWindow | None:
    if change and change.kind is ChangeKind.CANCELLED:
        return None
    airs_on = (change and change.to_day) or day
    local_time = slot.local_time
    if change and change.to_time is not None:
        local_time = change.to_time
    starts_at = instant_at(airs_on, local_time, slot.time_zone)
    if starts_at is None:
        return None
    planned = (change and change.planned) or slot.planned
    longest = (change and change.longest) or max(slot.longest, planned)
    if not planned <= longest <= LONGEST_SESSION:
        raise ChangeNotValid(
            "Thời lượng dự kiến của buổi phát không được quá thời lượng tối đa (12 giờ).",
            slot_id=slot.id,
            local_day=day,
        )
    return SessionWindow(
        slot_id=slot.id,
        local_day=day,
        airs_on=airs_on,
        starts_at=starts_at,
        ends_at=starts_at + planned,
        latest_end=starts_at + longest,
        zones=(change and change.zones) or slot.zones,
        name=(change and change.name) or slot.name,
        time_zone=slot.time_zone,
        lock=slot.lock,
    )


def _outside_closures(window: SessionWindow, closures: tuple[Closure, ...]) -> SessionWindow:
    if not closures:
        return window
    silenced = silenced_zones(
        closures,
        window.zones,
        window.time_zone,
        (window.starts_at, window.latest_end),
        (window.airs_on, local_day_of(window.latest_end, window.time_zone)),
    )
    return replace(window, zones=window.zones - silenced) if silenced else window
