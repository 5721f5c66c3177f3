"""The lane that owns the air: asks `decide`, does it, writes it down. One step at a time.

Nothing here waits for the network: files come from the cache, plans from `offer`.
"""

import threading
from datetime import datetime, timedelta

from playout.channel import Channel
from playout.clock import Standing
from playout.core import Core
from playout.decide import (
    Decision,
    GiveUp,
    Interrupt,
    Missed,
    OnAir,
    Play,
    Reason,
    Suspended,
    Wait,
    decide,
)
from playout.deck import Deck
from playout.occurrences import carry_over, list_occurrences
from playout.plan import Plan
from playout.plays import Outcome

COMMIT = timedelta(milliseconds=400)
"""The row is written this long before the sound; slow cards need 100 ms for an fsync."""

CONTIGUOUS = timedelta(milliseconds=100)
"""A planned gap up to this is played without one: loading anew would take as long."""

STEP_S = 0.25
LEAST_WAIT_S = 0.01
FIRST_CONTACT_NS = 15 * 10**9
"""After a start the station gets this long to tell the time before a doubtful clock is used."""


class Air:
    def __init__(self, deck: Deck, core: Core, *, trim_ms: int = 0) -> None:
        self.plan: Plan | None = None
        self.channel = Channel(deck, core.clock)
        self.wake = threading.Event()
        self._deck = deck
        self._clock = core.clock
        self._cache = core.cache
        self._journal = core.journal
        self._trim = timedelta(milliseconds=trim_ms)
        self._arrived: Plan | None = None
        self._patient_until_ns = core.clock.steady_ns() + FIRST_CONTACT_NS

    @property
    def latest_plan(self) -> Plan | None:
        return self._arrived or self.plan

    def offer(self, plan: Plan) -> None:
        """A new plan, from any thread; it comes into force at the next step."""
        self._arrived = plan
        self.wake.set()

    def stop_waiting_for_clock(self) -> None:
        """The station has been asked; with or without an answer the air goes on."""
        self._patient_until_ns = 0
        self.wake.set()

    def step(self) -> float:
        """Does what is due and comes back with the seconds until it wants to be asked again."""
        self.channel.watch()
        self._adopt()
        if self.plan is None or not self._may_play():
            return STEP_S
        decision = self._settle_rows(self.plan)
        if not (isinstance(decision, Play) and self.channel.is_armed(decision.occurrence)):
            self.channel.disarm()
        if isinstance(decision, Interrupt):
            is_alarm = decision.reason is Reason.EMERGENCY
            self.channel.interrupt(decision.reason, suspend=is_alarm)
            return 0.0
        if isinstance(decision, Play):
            return self._prepare(decision)
        return self._wait_s(decision.until)

    def _may_play(self) -> bool:
        if self._clock.standing is Standing.UNKNOWN:
            return False
        return self._clock.is_trusted or self._clock.steady_ns() >= self._patient_until_ns

    def _adopt(self) -> None:
        """The new plan comes into force after the old one's open items got their rows."""
        arrived = self._arrived
        if arrived is None:
            return
        in_force = arrived
        if self.plan and self._clock.is_trusted:
            self._settle_rows(self.plan)
            now = self._clock.now()
            in_force = carry_over(self.plan, arrived, self._journal.played, now)
            self._record_withdrawn(self.plan, in_force)
        self.plan = in_force
        self._deck.volume_percent = arrived.volume_percent
        if self._arrived is arrived:
            self._arrived = None

    def _record_withdrawn(self, old: Plan, new: Plan) -> None:
        """What was due, had not begun and is not listed any more will never be heard."""
        now = self._clock.now()
        still_listed = {o.key for o in list_occurrences(new, now)}
        for occurrence in list(list_occurrences(old, now)):
            if occurrence.key not in self._journal.played and occurrence.key not in still_listed:
                self._deck.record(occurrence, Outcome.MISSED, Reason.WITHDRAWN)

    def _settle_rows(self, plan: Plan) -> Play | Interrupt | Wait:
        """Writes every row that is due and comes back with the first decision that is not one."""
        while True:
            decision = self._decide(plan)
            if isinstance(decision, Missed):
                self._deck.record(decision.occurrence, Outcome.MISSED, decision.reason)
            elif isinstance(decision, GiveUp):
                self.channel.give_up(decision.occurrence, decision.reason)
            else:
                return decision

    def _decide(self, plan: Plan) -> Decision:
        on_air = self.channel.on_air
        return decide(
            plan,
            self._cache.held,
            self._journal.played,
            self._clock.now(),
            on_air=OnAir(on_air.occurrence, on_air.ends_at) if on_air else None,
            suspended=[Suspended(r.occurrence, r.position_ms) for r in self.channel.suspended],
            trusted=self._clock.is_trusted,
        )

    def _prepare(self, decision: Play) -> float:
        """Arms ahead of time, and starts when the time has come."""
        channel, on_air = self.channel, self.channel.on_air
        at = decision.at - self._trim
        if on_air and (on_air.occurrence.item.stream or decision.at - on_air.ends_at > CONTIGUOUS):
            return self._wait_s(on_air.ends_at)
        if not channel.is_armed(decision.occurrence) and not channel.arm(
            decision.occurrence, decision.from_ms
        ):
            return 0.0
        if self._seconds_to(at - COMMIT) > 0:
            return self._wait_s(at - COMMIT)
        if on_air:
            channel.hand_over()
        else:
            channel.start(at)
        return 0.0

    def _wait_s(self, until: datetime) -> float:
        """Until then; but what plays is looked at four times a second, and right at its end."""
        on_air = self.channel.on_air
        if on_air is None:
            return self._seconds_to(until)
        return min(STEP_S, self._seconds_to(until), LEAST_WAIT_S + self._seconds_to(on_air.ends_at))

    def _seconds_to(self, moment: datetime) -> float:
        return max(0.0, (moment - self._clock.now()).total_seconds())
