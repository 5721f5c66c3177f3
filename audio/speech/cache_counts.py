"""Hits and misses of the sentence cache, in one small file that all workers add to."""

import contextlib
import fcntl
import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CacheCounts:
    hits: int = 0
    misses: int = 0

    def __add__(self, other: "CacheCounts") -> "CacheCounts":
        return CacheCounts(self.hits + other.hits, self.misses + other.misses)


class CountFile:
    """A lost or damaged file starts again from nothing: the figures are for the eye."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> CacheCounts:
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
            kept = json.loads(self._file.read_bytes())
            return CacheCounts(int(kept["hits"]), int(kept["misses"]))
        return CacheCounts()

    def add(self, more: CacheCounts) -> None:
        with self._file.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            total = self.read() + more
            file.truncate(0)
            file.write(json.dumps(asdict(total)).encode())
