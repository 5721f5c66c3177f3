"""The only loop: three lanes (air, link, fetcher) that each do a step and wait for the next.

Here, and only here, everything is caught: a box at a pole nobody can reach never stops. What was
caught is logged and told to the station.
"""

import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Protocol

from playout.air import Air
from playout.core import Core
from playout.errors import BoxError
from playout.surroundings import Surroundings

log = logging.getLogger("playout")

AFTER_A_SURPRISE_S = 1.0

SWITCH_S = 0.0005
"""Python's 5 ms would let a lane that parses a plan delay a start by as much."""


class UnexpectedFault(BoxError):
    code = "box.unexpected"
    message = (
        "Lỗi chưa biết trong phần mềm loa; loa vẫn chạy tiếp. Hãy gửi nhật ký cho nhà phát triển."
    )


class Lane(Protocol):
    wake: threading.Event

    def step(self) -> float: ...


class Agent:
    def __init__(
        self, core: Core, air: Air, lanes: Mapping[str, Lane], surroundings: Surroundings
    ) -> None:
        self._air = air
        self._lanes = lanes
        self._surroundings = surroundings
        self._faults = core.faults
        self._reader = core.clock.reader
        self._stopping = threading.Event()

    def run(self) -> None:
        """Until `stop`; the air has this thread to itself."""
        threads = [
            threading.Thread(target=self._keep, args=(lane,), name=name, daemon=True)
            for name, lane in self._lanes.items()
        ]
        for thread in threads:
            thread.start()
        sys.setswitchinterval(SWITCH_S)
        notify_supervisor("READY=1")
        try:
            self._keep(self._air, before_wait=self._tend)
        finally:
            self._air.channel.close()
            self._surroundings.close()
            for lane in self._lanes.values():
                lane.wake.set()
            for thread in threads:
                thread.join(timeout=5)

    def stop(self) -> None:
        """From any thread or signal handler."""
        self._stopping.set()
        self._air.wake.set()

    def _tend(self) -> None:
        notify_supervisor("WATCHDOG=1")
        self._surroundings.tend(self._air)

    def _keep(self, lane: Lane, before_wait: Callable[[], None] = lambda: None) -> None:
        while not self._stopping.is_set():
            try:
                wait_s = lane.step()
                before_wait()
            except Exception as err:
                log.exception("a lane failed and goes on")
                self._faults.put(UnexpectedFault(detail=repr(err)))
                wait_s = AFTER_A_SURPRISE_S
            if wait_s > 0 and self._reader.wait(lane.wake, min(wait_s, 5.0)):
                lane.wake.clear()


def notify_supervisor(state: str) -> None:
    """Tells systemd, if it started us (sd_notify); silent otherwise."""
    address = os.environ.get("NOTIFY_SOCKET")
    if address:
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
            out.sendto(state.encode(), address.replace("@", "\0", 1))
