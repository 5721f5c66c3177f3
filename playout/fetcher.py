"""The lane that brings audio to the disk: emergencies first, then what is due first."""

from datetime import datetime, timedelta
from pathlib import Path

from playout.air import Air
from playout.client import StationClient
from playout.core import Core
from playout.decide import Prefetch, Wait, decide_fetch, list_needed
from playout.errors import (
    BoxError,
    MediaCorrupt,
    MediaMissing,
    MediaPutAside,
)
from playout.plan import Audio, Plan

FIRST_BACK_OFF_S = 5
LONGEST_BACK_OFF_S = 300
PROOF_LEAD = timedelta(minutes=10)
"""A file is read through and hashed this long before it is due, while it can still be replaced."""


class Fetcher:
    def __init__(self, client: StationClient, core: Core, air: Air) -> None:
        self.wake = core.audio_wanted
        self._client = client
        self._clock = core.clock
        self._cache = core.cache
        self._journal = core.journal
        self._air = air
        self._faults = core.faults
        self._failures: dict[str, int] = {}
        self._fault_of: dict[str, str] = {}
        self._not_before_ns: dict[str, int] = {}
        self._proved: dict[str, datetime] = {}

    def step(self) -> float:
        """Fetches at most one file, or proves those that are due soon."""
        plan, now = self._air.latest_plan, self._clock.now()
        if plan is None:
            return 1.0
        self._drop_past(plan, now)
        self._prove_soon(plan, now)
        decision = self._decide(plan, now)
        if isinstance(decision, Prefetch):
            self._fetch(decision, plan, now)
            return 0.0
        return min(5.0, max(0.05, (decision.until - now).total_seconds()))

    def _decide(self, plan: Plan, now: datetime) -> Prefetch | Wait:
        held, played = self._cache.held, self._journal.played
        not_before = {sha: self._clock.at(ns) for sha, ns in self._not_before_ns.items()}
        return decide_fetch(plan, held, played, now, not_before=not_before)

    def _fetch(self, wanted: Prefetch, plan: Plan, now: datetime) -> None:
        audio = wanted.audio
        needed = {a.sha256: due_at for a, due_at, _ in list_needed(plan, self._journal.played, now)}

        def fetch(audio: Audio, part: Path) -> None:
            self._client.fetch_media(audio, part, lambda: self._is_overtaken(wanted, plan))

        try:
            self._cache.store(audio, fetch, needed, now)
        except MediaPutAside:
            return
        except BoxError as err:
            self._postpone(audio.sha256, err)
            return
        self._failures.pop(audio.sha256, None)
        self._not_before_ns.pop(audio.sha256, None)
        self._forgive(audio.sha256)
        self._air.wake.set()

    def _is_overtaken(self, wanted: Prefetch, plan_then: Plan) -> bool:
        """Whether a plan that came meanwhile has something more urgent."""
        plan = self._air.latest_plan
        if plan is None or plan is plan_then or wanted.urgent:
            return False
        decision = self._decide(plan, self._clock.now())
        return isinstance(decision, Prefetch) and decision.urgent

    def _postpone(self, sha256: str, err: BoxError) -> None:
        self._faults.put(err)
        self._fault_of[sha256] = err.code
        failures = self._failures.get(sha256, 0)
        self._failures[sha256] = min(failures + 1, 10)
        seconds = min(LONGEST_BACK_OFF_S, FIRST_BACK_OFF_S * 2**failures)
        self._not_before_ns[sha256] = self._clock.steady_ns() + seconds * 10**9

    def _forgive(self, sha256: str) -> None:
        """A fault is over when no file has it any more; the air's own complaint ends with it."""
        over = {MediaCorrupt.code, MediaMissing.code, self._fault_of.pop(sha256, "")}
        self._faults.clear(*over - set(self._fault_of.values()))

    def _drop_past(self, plan: Plan, now: datetime) -> None:
        """Failures of files that nobody needs any more are no failures."""
        if self._failures:
            needed = {audio.sha256 for audio, _, _ in list_needed(plan, self._journal.played, now)}
            for sha256 in self._failures.keys() - needed:
                del self._failures[sha256], self._not_before_ns[sha256]
                self._forgive(sha256)

    def _prove_soon(self, plan: Plan, now: datetime) -> None:
        """Corruption found now is mended before air time; found at air time it is silence."""
        held = self._cache.held
        for audio, due_at, _ in list_needed(plan, self._journal.played, now):
            is_soon = due_at - now <= PROOF_LEAD
            if is_soon and audio.sha256 in held and self._proved.get(audio.sha256) != due_at:
                self._proved[audio.sha256] = due_at
                try:
                    self._cache.verify(audio.sha256)
                except BoxError as err:
                    self._faults.put(err)
        self._proved = {s: d for s, d in self._proved.items() if d > now - PROOF_LEAD}
