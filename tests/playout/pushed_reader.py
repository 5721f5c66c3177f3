"""Machine clocks that tests push and benches bend."""

import threading
from datetime import UTC, datetime

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


class PushedReader:
    """Machine clocks that go only when somebody reads or sleeps: a month passes in seconds."""

    def __init__(self, wall=NOON, boot="boot-1", steady_ns=10**12):
        self.steady = steady_ns
        self.boot = boot
        self.wall_minus_steady = int(wall.timestamp() * 1e9) - steady_ns
        self.drift = 0.0

    def steady_ns(self):
        self.steady += 20_000
        return self.steady

    def wall_ns(self):
        return self.steady + self.wall_minus_steady

    def boot_name(self):
        return self.boot

    def sleep(self, seconds):
        self.steady += max(0, round(seconds * 1e9))

    def wait(self, event: threading.Event, seconds):
        self.sleep(0 if event.is_set() else seconds)
        return event.is_set()

    def step_wall(self, by):
        self.wall_minus_steady += round(by.total_seconds() * 1e9)
