"""Placements as a test writes them down and reads them back."""

from datetime import date

from scheduler.timetable.fill import Filling
from scheduler.timetable.wishes import Placed

MONDAY = date(2026, 11, 23)


def placed(wish_id: str, position: int = 0, day: date = MONDAY, slot_id: str = "chiều", **facts):
    return Placed(wish_id=wish_id, slot_id=slot_id, local_day=day, position=position, **facts)


def kept(filling: Filling) -> list[Placed]:
    return [placement.placed for placement in filling.placements]
