"""A box whose machine has a bad clock: `python -m playout run` with another reader of time.

LOA_CROOKED_WALL_S is added to the wall clock from LOA_CROOKED_AFTER_S after the start;
LOA_CROOKED_DRIFT is how many seconds the machine gains in a second, on all its clocks.
"""

import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from playout.assemble import Box
from playout.clock import MachineReader
from playout.config import BoxConfig


class CrookedReader(MachineReader):
    def __init__(self, environ):
        self._step_ns = round(float(environ.get("LOA_CROOKED_WALL_S", "0")) * 1e9)
        self._after_ns = round(float(environ.get("LOA_CROOKED_AFTER_S", "0")) * 1e9)
        self._drift = float(environ.get("LOA_CROOKED_DRIFT", "0"))
        self._born_ns = super().steady_ns()

    def steady_ns(self):
        true_ns = super().steady_ns()
        return true_ns + round((true_ns - self._born_ns) * self._drift)

    def wall_ns(self):
        lived_ns = super().steady_ns() - self._born_ns
        stepped_ns = self._step_ns if lived_ns >= self._after_ns else 0
        return time.time_ns() + round(lived_ns * self._drift) + stepped_ns

    def sleep(self, seconds):
        super().sleep(seconds / (1 + self._drift))

    def wait(self, event, seconds):
        return super().wait(event, seconds / (1 + self._drift))


def main():
    box = Box(BoxConfig.from_env(os.environ), CrookedReader(os.environ))
    signal.signal(signal.SIGTERM, lambda *_: box.agent.stop())
    try:
        box.agent.run()
    finally:
        box.close()


if __name__ == "__main__":
    main()
