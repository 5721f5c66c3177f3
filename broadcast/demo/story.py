"""The demonstration's year: 25 items, 55 airings, 900 minutes. PURE: numbers only, no rows."""

import json
from dataclasses import dataclass
from datetime import date, time, timedelta
from importlib import resources
from typing import Any

YEAR_MS = 900 * 60_000
FIRST_DAY = date(2023, 1, 9)
EVERY = timedelta(days=14)
REPEATS_AFTER = (timedelta(0), timedelta(days=3), timedelta(days=7))
THRICE = 5
"""5 items thrice and 20 twice make 55 airings."""
GRID_MS = 48
"""Two frames of the station's format: half of what is left over is still whole frames."""


@dataclass(frozen=True, slots=True)
class PastItem:
    """One item of the year 2023 and the local moments at which it was aired."""

    title: str
    kind: str
    topic: str
    duration_ms: int
    aired: tuple[tuple[date, str], ...]
    "Local day and which session: `sang` or `chieu`."


@dataclass(frozen=True, slots=True)
class ShelfText:
    """A bulletin with its text, as it lies on the shelf today."""

    title: str
    kind: str
    topic: str
    text: str


SESSIONS = {"sang": ("Buổi sáng", time(5, 30)), "chieu": ("Buổi chiều", time(17, 0))}


def shelf_texts() -> list[ShelfText]:
    return [ShelfText(**told) for told in _load("bulletins.json")]


def past_items() -> list[PastItem]:
    """All items of 2023; the last one's length brings the year to exactly 900 minutes."""
    names = [(text.topic, text.kind, text.title) for text in shelf_texts()]
    names += [tuple(one) for one in _load("year_2023.json")["titles"]]
    counts = [3 if number < THRICE else 2 for number in range(len(names))]
    lengths = [_length_ms(number) for number in range(len(names) - 1)]
    spent = sum(count * length for count, length in zip(counts, lengths, strict=False))
    lengths.append((YEAR_MS - spent) // counts[-1])
    return [
        PastItem(title, kind, topic, lengths[number], _moments(number, counts[number]))
        for number, (topic, kind, title) in enumerate(names)
    ]


def _length_ms(number: int) -> int:
    """About 16 minutes, the mean of the report, differing from item to item."""
    seconds = 981 + ((number * 7) % 9 - 4) * 21
    return seconds * 1000 // GRID_MS * GRID_MS


def _moments(number: int, count: int) -> tuple[tuple[date, str], ...]:
    first = FIRST_DAY + number * EVERY
    return tuple(
        (first + after, "sang" if (number + turn) % 2 == 0 else "chieu")
        for turn, after in enumerate(REPEATS_AFTER[:count])
    )


def _load(name: str) -> Any:
    return json.loads(resources.files("broadcast.demo").joinpath(name).read_text("utf-8"))
