"""What the box says about itself: faults now in force, and one word for the status lamp."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from playout.errors import BoxError

log = logging.getLogger("playout")


@dataclass(frozen=True, slots=True)
class Fault:
    code: str
    message: str
    since: datetime


class FaultBoard:
    """Faults by code, shared between the lanes; each lane clears what it has overcome.

    Whoever looks at the box's own log reads of each once when it comes and once when it goes.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._faults: dict[str, Fault] = {}

    def put(self, error: BoxError) -> None:
        with self._lock:
            if error.code not in self._faults:
                self._faults[error.code] = Fault(error.code, error.message, self._now())
                log.warning("%s: %s", error.code, error.message)

    def clear(self, *codes: str) -> None:
        with self._lock:
            for code in codes:
                if self._faults.pop(code, None):
                    log.info("%s: đã hết", code)

    def list(self) -> list[Fault]:
        with self._lock:
            return sorted(self._faults.values(), key=lambda fault: fault.since)
