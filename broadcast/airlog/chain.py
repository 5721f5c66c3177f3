"""The hash chain of the as-run log: what is sealed, and where a chain first breaks. PURE."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from operator import itemgetter
from typing import Any

SEALED = (
    "station_id",
    "number",
    "entry",
    "play_id",
    "corrects_id",
    "box_id",
    "boot",
    "seq",
    "airing_id",
    "session_id",
    "kind",
    "sha256",
    "title",
    "topic",
    "planned_start",
    "started_at",
    "ended_at",
    "local_day",
    "played_ms",
    "planned_ms",
    "outcome",
    "reason",
    "clock_trusted",
    "clock_offset_ms",
    "demonstration",
    "author_id",
    "author_name",
    "received_at",
)
"""Every column of `log_entry` but the row's own key and the two hashes, in a fixed order. Adding a
column means a new order beside this one, never a change of it: old rows were sealed by this."""

Row = Mapping[str, Any]

_contents = itemgetter(*SEALED)


class Fault(StrEnum):
    """What is wrong with the first row that does not fit."""

    GAP = "gap"
    CHANGED = "changed"
    UNLINKED = "unlinked"


@dataclass(frozen=True, slots=True)
class Break:
    """`number` is the first row that does not fit; for a gap, the first one that is not there."""

    number: int
    fault: Fault


def genesis_hash(station_id: str) -> str:
    """What the first row of a station's chain hangs on."""
    return hashlib.sha256(f"loa as-run log of {station_id}".encode()).hexdigest()


def row_hash(previous_hash: str, row: Row) -> str:
    """SHA-256 in hex over the predecessor's hash and the row's contents as canonical JSON.

    Canonical: one array in the order of SEALED, UTF-8, no spaces, instants as ISO 8601 in UTC.
    """
    contents = _canonical.encode(_contents(row))
    return hashlib.sha256(f"{previous_hash}{contents}".encode()).hexdigest()


def seal(rows: Iterable[dict[str, Any]], *, number: int, previous_hash: str) -> tuple[int, str]:
    """Numbers and chains `rows` in place behind the row `number`; answers where the chain stands.

    No rows leave it where it stood.
    """
    for row in rows:
        number += 1
        row["number"] = number
        row["previous_hash"] = previous_hash
        previous_hash = row["row_hash"] = row_hash(previous_hash, row)
    return number, previous_hash


def first_broken(entries: Iterable[Row], genesis: str) -> Break | None:
    """The first row, in the order of numbers, whose number, content or link is wrong."""
    previous_hash = genesis
    for number, row in enumerate(entries, start=1):
        if row["number"] != number:
            return Break(number, Fault.GAP)
        if row["previous_hash"] != previous_hash:
            return Break(number, Fault.UNLINKED)
        if row["row_hash"] != row_hash(previous_hash, row):
            return Break(number, Fault.CHANGED)
        previous_hash = row["row_hash"]
    return None


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a log row holds no {type(value).__name__}")


_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)
