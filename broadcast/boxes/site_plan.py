"""The drawn plan of a station: its zones, and in them the boxes as they stand. PURE.

Boxes with a place on the earth are drawn as on a map, north up; the others stand in their zone's
frame beneath it. No picture from anywhere is needed.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 400.0
"""A phone's: on a desk it is drawn larger, on a phone its words stay legible."""
MARGIN = 56.0
CELL = 124.0
"""Room of one box with its two lines of words."""
HEAD = 26.0
GAP = 12.0
MAP_HEIGHTS = (112.0, 380.0)
NEAR = 46.0
"""Two marks closer than this would lie on each other; the later one steps aside."""
PLACE = re.compile(r"\s*(-?\d{1,3}(?:[.,]\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:[.,]\d+)?)\s*$")


@dataclass(frozen=True, slots=True)
class Spot:
    """A box: degrees north and east, or neither."""

    box_id: str
    name: str
    zone: str
    state: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    spot: Spot
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Area:
    """The frame of a zone."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SitePlan:
    """In units of a pixel at natural size."""

    width: float
    height: float
    areas: tuple[Area, ...]
    marks: tuple[Mark, ...]


def read_place(typed: str) -> tuple[float, float] | None:
    """`20.8123, 106.4321`, as maps copy it: degrees north, then east. None when it is no place."""
    found = PLACE.match(typed)
    if found is None:
        return None
    latitude, longitude = (float(part.replace(",", ".")) for part in found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude, longitude


def draw_plan(spots: Sequence[Spot], width: float = WIDTH) -> SitePlan:
    """Every spot once, inside `width`; empty for none."""
    placed = [spot for spot in spots if spot.latitude is not None and spot.longitude is not None]
    marks, height = _map(placed, width)
    areas = _hulls(marks)
    frames, more, height = _frames(
        [spot for spot in spots if spot not in placed], width, height + GAP if marks else 0.0
    )
    return SitePlan(width, height, (*areas, *frames), (*marks, *more))


def _map(spots: Sequence[Spot], width: float) -> tuple[list[Mark], float]:
    """Equirectangular: a commune is small, so only the narrowing of degrees east matters."""
    if not spots:
        return [], 0.0
    norths = [spot.latitude or 0.0 for spot in spots]
    middle = math.cos(math.radians(sum(norths) / len(norths)))
    easts = [(spot.longitude or 0.0) * middle for spot in spots]
    wide, tall = max(easts) - min(easts), max(norths) - min(norths)
    room = width - 2 * MARGIN
    scale = min(
        room / wide if wide else math.inf,
        (MAP_HEIGHTS[1] - 2 * MARGIN) / tall if tall else math.inf,
    )
    if math.isinf(scale):
        scale = 0.0
    height = max(MAP_HEIGHTS[0], tall * scale + 2 * MARGIN)
    left, top = (width - wide * scale) / 2, (height - tall * scale) / 2
    marks: list[Mark] = []
    for spot, east, north in zip(spots, easts, norths, strict=True):
        x, y = left + (east - min(easts)) * scale, top + (max(norths) - north) * scale
        marks.append(_stepped_aside(Mark(spot, x, y), marks, width))
    return marks, max(height, max(mark.y for mark in marks) + MARGIN)


def _stepped_aside(mark: Mark, others: Sequence[Mark], width: float) -> Mark:
    x, y = mark.x, mark.y
    while any(math.hypot(x - other.x, y - other.y) < NEAR for other in others):
        x += NEAR
        if x > width - MARGIN:
            x, y = MARGIN, y + NEAR
    return Mark(mark.spot, x, y)


def _hulls(marks: Sequence[Mark]) -> list[Area]:
    """A frame round the marks of each zone on the map."""
    found = []
    for zone in dict.fromkeys(mark.spot.zone for mark in marks):
        xs = [mark.x for mark in marks if mark.spot.zone == zone]
        ys = [mark.y for mark in marks if mark.spot.zone == zone]
        x, y = min(xs) - MARGIN + 4, min(ys) - MARGIN + 8
        found.append(
            Area(zone, x, y, max(xs) - min(xs) + 2 * MARGIN - 8, max(ys) - min(ys) + 2 * MARGIN - 8)
        )
    return found


def _frames(
    spots: Sequence[Spot], width: float, top: float
) -> tuple[list[Area], list[Mark], float]:
    """One frame for each zone, in rows; in it the boxes side by side. Says where it ends."""
    areas: list[Area] = []
    marks: list[Mark] = []
    x, y, row = 0.0, top, 0.0
    for zone in dict.fromkeys(spot.zone for spot in spots):
        mine = [spot for spot in spots if spot.zone == zone]
        columns = max(1, min(len(mine), int(width // CELL)))
        wide, tall = columns * CELL, HEAD + math.ceil(len(mine) / columns) * CELL * 0.8
        if x and x + wide > width:
            x, y, row = 0.0, y + row + GAP, 0.0
        areas.append(Area(zone, x, y, wide, tall))
        marks += [
            Mark(
                spot,
                x + (number % columns + 0.5) * CELL,
                y + HEAD + (number // columns) * CELL * 0.8 + 20,
            )
            for number, spot in enumerate(mine)
        ]
        x, row = x + wide + GAP, max(row, tall)
    return areas, marks, y + row
