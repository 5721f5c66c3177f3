"""What may lie in what, and what a station may be set to. PURE."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from broadcast.errors import InvalidInput

LOUDNESS_LUFS = (-24.0, -12.0)
"""EBU R 128 asks -23 of broadcasters; horns outdoors are driven harder, but above -12 the limiter
would eat the consonants."""
SPEED_PERCENT = (70, 130)
"""Outside this even the patient voice is hard to follow from across a field."""


class ZoneKind(StrEnum):
    """Merged communes keep their old names as areas; a cluster is a set of horns at one pole."""

    AREA = "area"
    HAMLET = "hamlet"
    CLUSTER = "cluster"


RANK = {ZoneKind.AREA: 0, ZoneKind.HAMLET: 1, ZoneKind.CLUSTER: 2}


class ZoneMisplaced(InvalidInput):
    code = "stations.zone_misplaced"
    message = "Thôn nằm trong khu vực, cụm loa nằm trong thôn hoặc khu vực. Hãy chọn nơi khác."


class OneZone(Protocol):
    id: str
    parent_id: str | None
    position: int
    name: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A zone with its depth in the tree, 0 for the outermost."""

    zone_id: str
    depth: int


def may_lie_in(kind: ZoneKind, parent: ZoneKind | None) -> bool:
    """Whether a zone of `kind` may lie directly in one of `parent`; None is the whole commune."""
    return parent is None or RANK[parent] < RANK[kind]


def in_tree_order(zones: Iterable[OneZone]) -> list[Branch]:
    """Each zone once, under the one it lies in; brothers by position, then by name.

    A zone whose parent is not among `zones` (it was closed) stands at the outermost level.
    """
    known = {zone.id: zone for zone in zones}
    below: dict[str | None, list[OneZone]] = {}
    for zone in known.values():
        below.setdefault(zone.parent_id if zone.parent_id in known else None, []).append(zone)
    found: list[Branch] = []
    waiting = [(zone, 0) for zone in _reversed(below.get(None, []))]
    while waiting:
        zone, depth = waiting.pop()
        found.append(Branch(zone.id, depth))
        waiting.extend((child, depth + 1) for child in _reversed(below.get(zone.id, [])))
    return found


def _reversed(zones: list[OneZone]) -> list[OneZone]:
    return sorted(zones, key=lambda zone: (zone.position, zone.name), reverse=True)
