"""Which engines rest, and until when: one small file that all workers of a station share."""

import contextlib
import json
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from audio.speech.base import Engine
from audio.speech.errors import SpeechError, SpeechThrottled, SpeechUnavailable

REST_WHEN_THROTTLED = timedelta(hours=1)
"""At least: Google's blocks of an address last about that long, and asking prolongs them."""
REST_WHEN_UNAVAILABLE = timedelta(minutes=1)
"""So that a station without a network does not wait out every timeout for each bulletin."""
LONGEST_REST = timedelta(days=1)
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Rest:
    until: datetime
    reason: str


class Breaker:
    """Keeps `{"version": 1, "rests": {engine: {"until", "reason"}}}` in `file`.

    A file that cannot be read counts as no rest: the next 429 writes it anew. Two workers that
    write in the same instant rest for the same reason, so that the last may win.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def find_rest(self, engine: Engine, now: datetime) -> Rest | None:
        """The rest that `engine` is taking at `now` (aware UTC); half-open, none at its end."""
        rest = self._read().get(engine)
        return rest if rest is not None and now < rest.until else None

    def trip(self, engine: Engine, error: SpeechError, now: datetime) -> None:
        """Sends `engine` to rest if `error` is one that calls for it; never shortens a rest."""
        length = _rest_after(error)
        if not length:
            return
        rests = self._read()
        until = now + length
        if engine not in rests or rests[engine].until < until:
            rests[engine] = Rest(until, error.message)
            self._write(rests)

    def _read(self) -> dict[Engine, Rest]:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            kept = json.loads(self._file.read_text("utf-8"))
            if kept["version"] == _VERSION:
                return {
                    Engine(name): Rest(datetime.fromisoformat(rest["until"]), str(rest["reason"]))
                    for name, rest in kept["rests"].items()
                }
        return {}

    def _write(self, rests: dict[Engine, Rest]) -> None:
        kept = {
            "version": _VERSION,
            "rests": {
                name: {"until": rest.until.isoformat(), "reason": rest.reason}
                for name, rest in rests.items()
            },
        }
        self._file.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self._file.parent, prefix=".rests-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False)
        Path(draft).replace(self._file)


def _rest_after(error: SpeechError) -> timedelta:
    if isinstance(error, SpeechThrottled):
        asked = timedelta(seconds=min(error.retry_after_s or 0, LONGEST_REST.total_seconds()))
        return max(REST_WHEN_THROTTLED, asked)
    if isinstance(error, SpeechUnavailable):
        return REST_WHEN_UNAVAILABLE
    return timedelta(0)
