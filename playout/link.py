"""The lane that talks with the station: heartbeat, plan, plays; each on its own time.

A question that fails is asked again later, with back-off; the air does not notice.
"""

import logging
import random
import threading
from collections.abc import Callable

from playout.air import Air
from playout.client import StationClient
from playout.core import Core
from playout.errors import (
    BoxError,
    DiskFull,
    DiskReadOnly,
    EmptyPlanHeld,
    JournalUnwritable,
)
from playout.heartbeat import describe_box
from playout.plan_store import PlanStore, choose_plan
from playout.uploader import Uploader
from playout.wire import dump_heartbeat, parse_plan

log = logging.getLogger("playout")

HEARTBEAT_S = 30.0
POLL_S = 10.0
UPLOAD_S = 1.0
FIRST_BACK_OFF_S = 2.0
LONGEST_BACK_OFF_S = 60.0
JITTER = 0.2
"""Two hundred boxes that got power at the same moment must not ask at the same moment."""


class Errand:
    """One thing to do again and again; knows when it is next due."""

    def __init__(self, every_s: float) -> None:
        self.every_s = every_s
        self.due_ns = 0
        self.fault = ""
        self._failures = 0

    def done(self, now_ns: int) -> None:
        self._failures = 0
        self._wait(now_ns, self.every_s)

    def failed(self, now_ns: int) -> None:
        back_off_s = min(LONGEST_BACK_OFF_S, FIRST_BACK_OFF_S * 2**self._failures)
        self._failures = min(self._failures + 1, 10)
        self._wait(now_ns, back_off_s)

    def _wait(self, now_ns: int, seconds: float) -> None:
        factor = 1 + random.uniform(-JITTER, JITTER)  # noqa: S311 - spreading load, not a secret
        self.due_ns = now_ns + round(seconds * factor * 1e9)


class StationLink:
    def __init__(
        self,
        client: StationClient,
        core: Core,
        air: Air,
        store: PlanStore,
        player_name: str,
    ) -> None:
        self.wake = threading.Event()
        self._client = client
        self._core = core
        self._clock = core.clock
        self._faults = core.faults
        self._uploader = Uploader(client, core.clock, core.journal)
        self._air = air
        self._store = store
        self._player_name = player_name
        self._etag: str | None = None
        self._errands = (
            (Errand(HEARTBEAT_S), self._beat),
            (Errand(POLL_S), self._poll),
            (Errand(UPLOAD_S), self._send_plays),
        )

    def step(self) -> float:
        """Runs what is due, heartbeat first: it brings the clock the others need."""
        for errand, run in self._errands:
            if errand.due_ns <= self._clock.steady_ns():
                self._try(errand, run)
        next_ns = min(errand.due_ns for errand, _ in self._errands)
        return max(0.0, (next_ns - self._clock.steady_ns()) / 1e9)

    def _try(self, errand: Errand, run: Callable[[Errand], None]) -> None:
        try:
            run(errand)
        except BoxError as err:
            self._faults.put(err)
            self._report(errand, err.code)
            errand.failed(self._clock.steady_ns())
        else:
            self._report(errand, "")
            errand.done(self._clock.steady_ns())
        self._air.stop_waiting_for_clock()

    def _report(self, errand: Errand, fault: str) -> None:
        """A fault is over when no errand has it any more."""
        before, errand.fault = errand.fault, fault
        if before and all(other.fault != before for other, _ in self._errands):
            self._faults.clear(before)

    def _beat(self, errand: Errand) -> None:
        if self._core.journal.return_to_disk():
            self._faults.clear(JournalUnwritable.code)
        body = dump_heartbeat(describe_box(self._core, self._air, self._player_name))
        self._client.send_heartbeat(body)

    def _poll(self, errand: Errand) -> None:
        answer = self._client.get_plan(self._etag)
        if answer.status == 304:
            return
        arrived = parse_plan(answer.body, self._client.station_url)
        held = self._air.latest_plan
        plan = choose_plan(held, arrived, self._clock.now())
        errand.every_s = arrived.poll_s
        if plan is arrived:
            log.info(
                "lịch của %s cho %s: %d buổi", plan.station_name, plan.box_name, len(plan.sessions)
            )
            self._air.offer(plan)
            self._core.audio_wanted.set()
            self._save(answer.body)
            self._faults.clear(EmptyPlanHeld.code)
        else:
            self._faults.put(EmptyPlanHeld())
        self._etag = answer.etag

    def _save(self, document: bytes) -> None:
        """A plan that cannot be saved is played all the same."""
        try:
            self._store.save(document)
            self._faults.clear(DiskReadOnly.code)
        except (DiskFull, DiskReadOnly) as err:
            self._faults.put(err)

    def _send_plays(self, errand: Errand) -> None:
        errand.every_s = 0.0 if self._uploader.send_batch() else UPLOAD_S
