"""How loud a box is at which hour of its own wall clock. PURE.

The loudest of the day goes to the box as its volume, and every item gets the distance to it as
gain: never above zero, so a player that knows nothing of hours is neither overdriven nor silent.
An emergency has no distance; it is heard at the loudest, at whatever hour.

Percent mean the same for a box, an hour and a slot: per cent of the amplitude (`level_db`).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from itertools import combinations
from zoneinfo import ZoneInfo

from broadcast.errors import InvalidInput

MOST_HOURS = 12


def level_db(percent: float) -> float:
    """What a player that obeys the plan makes of `percent` (above 0): 50 is -6 dB, 10 is -20 dB."""
    return 20 * math.log10(percent / 100)


class VolumeHoursImpossible(InvalidInput):
    code = "boxes.volume_hours_impossible"
    message = (
        "Mỗi khoảng giờ cần giờ đầu khác giờ cuối và âm lượng từ 1 đến 100; "
        "hai khoảng không được chồng lên nhau."
    )


@dataclass(frozen=True, slots=True)
class VolumeSpan:
    """Local times of every day, half-open; an end before its start lies on the next morning."""

    since: time
    until: time
    percent: int

    def holds(self, at: time) -> bool:
        if self.since < self.until:
            return self.since <= at < self.until
        return at >= self.since or at < self.until

    def meets(self, other: "VolumeSpan") -> bool:
        return self.holds(other.since) or other.holds(self.since)


@dataclass(frozen=True, slots=True)
class VolumeProfile:
    """`percent` (0 to 100) holds where no span does. 0 is a box turned off: no hour wakes it.

    :raises VolumeHoursImpossible: spans that are empty, too many, out of 1 to 100 or overlap.
    """

    percent: int
    spans: tuple[VolumeSpan, ...] = ()

    def __post_init__(self) -> None:
        sound = all(s.since != s.until and 1 <= s.percent <= 100 for s in self.spans)
        apart = not any(one.meets(other) for one, other in combinations(self.spans, 2))
        if not (sound and apart and len(self.spans) <= MOST_HOURS):
            raise VolumeHoursImpossible(spans=len(self.spans))

    @property
    def loudest(self) -> int:
        return max((self.percent, *(s.percent for s in self.spans))) if self.percent else 0

    def at(self, local: time) -> int:
        """Percent heard at that wall time."""
        if not self.percent:
            return 0
        return next((span.percent for span in self.spans if span.holds(local)), self.percent)

    def gain_db(self, start: datetime, time_zone: str) -> float:
        """From `loudest` to what holds at that instant, at most 0."""
        if not self.percent:
            return 0.0
        here = self.at(start.astimezone(ZoneInfo(time_zone)).time())
        return level_db(here) - level_db(self.loudest)


def written(spans: Iterable[VolumeSpan]) -> list[dict[str, object]]:
    """As a row keeps them, by their start."""
    return [
        {"from": f"{span.since:%H:%M}", "to": f"{span.until:%H:%M}", "percent": span.percent}
        for span in sorted(spans, key=lambda one: one.since)
    ]


def read(percent: int, rows: Iterable[Mapping[str, object]]) -> VolumeProfile:
    """The profile a row keeps. :raises VolumeHoursImpossible:"""
    spans = (
        VolumeSpan(
            time.fromisoformat(str(row["from"])),
            time.fromisoformat(str(row["to"])),
            int(str(row["percent"])),
        )
        for row in rows
    )
    return VolumeProfile(percent, tuple(spans))
