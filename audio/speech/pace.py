"""At most one question per interval to an online voice, over all threads and workers."""

import contextlib
import fcntl
import struct
import time
from pathlib import Path

from audio.speech.errors import SpeechInterrupted

_MOMENT = struct.Struct("<d")


class Pace:
    """Hands out turns `interval_s` apart, kept in one small file that all workers share.

    The file holds a reading of the monotonic clock, which on Linux is one clock for all processes.
    """

    def __init__(self, file: Path, interval_s: float = 1.0) -> None:
        self._file = file
        self._interval_s = interval_s

    def wait_turn(self, deadline: float) -> None:
        """Sleeps until it is our turn.

        :raises SpeechInterrupted: the turn would come after `deadline` (monotonic seconds); no
            turn is used up.
        """
        turn = self._take_turn(deadline)
        time.sleep(max(turn - time.monotonic(), 0))

    def _take_turn(self, deadline: float) -> float:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            now = time.monotonic()
            turn = max(now, self._next_turn(self._file.read_bytes(), now))
            if turn >= deadline:
                raise SpeechInterrupted(
                    "Dịch vụ giọng đọc đang bận đọc các bản tin khác. Hãy thử lại sau ít phút."
                )
            file.truncate(0)
            file.write(_MOMENT.pack(turn + self._interval_s))
        return turn

    def _next_turn(self, kept: bytes, now: float) -> float:
        with contextlib.suppress(struct.error):
            (moment,) = _MOMENT.unpack(kept)
            # The monotonic clock starts anew with the machine: a far moment is from before that.
            if moment - now < self._interval_s * 600:
                return float(moment)
        return now
