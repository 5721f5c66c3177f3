"""The only clock of the box. Airtime follows the station's clock, carried by the steady clock.

Three standings: `STATION` (an answer of the station in this run of the machine), `WALL` (the
machine's own clock, plausible but unproved) and `UNKNOWN` (the machine's clock lies before a
moment the box has already lived through, as after a power cut without battery clock).
"""

import json
import threading
import time
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from playout.errors import DiskFull, DiskReadOnly
from playout.files import read_checked, write_checked
from playout.offset import KEPT_EXCHANGES, Estimate, Exchange, estimate

SPIN_NS = 2_000_000
"""Sleeping ends 0.2 to 3 ms late; spinning through the last 2 ms makes it 0.01 ms."""

SAVE_EVERY_NS = 600 * 10**9
"""The floor under the wall clock need not be finer than this, and cards wear by writing."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Standing(StrEnum):
    STATION = "station"
    WALL = "wall"
    UNKNOWN = "unknown"


class Reader(Protocol):
    """The machine's clocks; a test hands in one that jumps or hurries."""

    def steady_ns(self) -> int: ...
    def wall_ns(self) -> int: ...
    def boot_name(self) -> str: ...
    def sleep(self, seconds: float) -> None: ...
    def wait(self, event: threading.Event, seconds: float) -> bool: ...


class MachineReader:
    """Steady time counts through a suspended machine and names the boot that it counts from."""

    def steady_ns(self) -> int:
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)

    def wall_ns(self) -> int:
        return time.time_ns()

    def boot_name(self) -> str:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def wait(self, event: threading.Event, seconds: float) -> bool:
        return event.wait(seconds)


class StationClock:
    """Station time for the whole box; safe to share between threads."""

    def __init__(self, reader: Reader, memory: Path) -> None:
        self.reader = reader
        self.boot = reader.boot_name()
        self._memory = memory
        self._lock = threading.Lock()
        self._exchanges: deque[Exchange] = deque(maxlen=KEPT_EXCHANGES)
        self._estimate: Estimate | None = None
        self._floor_ns = 0
        self._saved_ns: int | None = None
        self._remember()

    @property
    def standing(self) -> Standing:
        if self._estimate:
            return Standing.STATION
        return Standing.UNKNOWN if self.reader.wall_ns() < self._floor_ns else Standing.WALL

    @property
    def is_trusted(self) -> bool:
        return self._estimate is not None

    @property
    def error_ms(self) -> int | None:
        return round(self._estimate.error_ns / 1e6) if self._estimate else None

    @property
    def wall_offset_ms(self) -> int:
        """Station time minus wall time; 0 while there is nothing to compare with."""
        if not self._estimate:
            return 0
        return round((self._station_ns(self.steady_ns()) - self.reader.wall_ns()) / 1e6)

    def steady_ns(self) -> int:
        return self.reader.steady_ns()

    def now(self) -> datetime:
        return self.at(self.reader.steady_ns())

    def at(self, steady_ns: int) -> datetime:
        """The station's time at a reading of the steady clock of this boot."""
        return EPOCH + timedelta(microseconds=self._station_ns(steady_ns) // 1000)

    def steady_at(self, moment: datetime) -> int:
        """The inverse of `at`."""
        station_ns = (moment - EPOCH) // timedelta(microseconds=1) * 1000
        if self._estimate:
            return self._estimate.steady_ns(station_ns)
        return station_ns - self.reader.wall_ns() + self.reader.steady_ns()

    def observe(self, exchange: Exchange) -> None:
        with self._lock:
            if len(self._exchanges) == KEPT_EXCHANGES:  # the oldest of the coarsest makes room
                self._exchanges.remove(max(self._exchanges, key=lambda e: e.grain_ns))
            self._exchanges.append(exchange)
            self._estimate = estimate(tuple(self._exchanges))
            steady_ns = self.reader.steady_ns()
            if self._saved_ns is None or steady_ns - self._saved_ns > SAVE_EVERY_NS:
                self._saved_ns = steady_ns
                with suppress(DiskFull, DiskReadOnly):  # the memory is a comfort, not the clock
                    self._save(steady_ns)

    def sleep_until(self, steady_ns: int) -> int:
        """Returns at the given reading, to hundredths of a millisecond, with the reading."""
        while (left_ns := steady_ns - self.reader.steady_ns()) > SPIN_NS:
            self.reader.sleep((left_ns - SPIN_NS) / 1e9)
        while (read_ns := self.reader.steady_ns()) < steady_ns:
            pass
        return read_ns

    def _station_ns(self, steady_ns: int) -> int:
        found = self._estimate
        if found:
            return found.station_ns(steady_ns)
        return self.reader.wall_ns() - self.reader.steady_ns() + steady_ns

    def _save(self, steady_ns: int) -> None:
        station_ns = self._station_ns(steady_ns)
        kept = {
            "boot": self.boot,
            "steady_ns": steady_ns,
            "station_ns": station_ns,
            "error_ns": self._estimate.error_ns if self._estimate else 0,
        }
        write_checked(self._memory, json.dumps(kept).encode())

    def _remember(self) -> None:
        """A restarted program in the same run of the machine still knows the station's time."""
        try:
            kept = json.loads(read_checked(self._memory) or b"{}")
            self._floor_ns = int(kept.get("station_ns", 0))
            if kept.get("boot") == self.boot:
                steady_ns, error_ns = int(kept["steady_ns"]), int(kept["error_ns"])
                self._exchanges.append(
                    Exchange(steady_ns, steady_ns, self._floor_ns, grain_ns=error_ns)
                )
                self._estimate = estimate(tuple(self._exchanges))
        except (ValueError, KeyError, TypeError, AttributeError):
            self._floor_ns = 0
