"""Expansion over a week, and one change of one occurrence, with plain values."""

from datetime import date, timedelta

from scheduler.timetable.expand import expand
from scheduler.timetable.slots import ChangeKind, OccurrenceChange

MONDAY = date(2026, 11, 23)


def sessions(slots, changes=(), closures=(), holidays=(), *, first=MONDAY, count=7):
    return expand(
        slots, changes, closures, holidays, from_day=first, to_day=first + timedelta(days=count)
    )


def change(kind: ChangeKind, day: date = MONDAY, slot_id: str = "chiều", **facts):
    return OccurrenceChange(slot_id=slot_id, local_day=day, kind=kind, **facts)
