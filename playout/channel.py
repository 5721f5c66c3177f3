"""The one output of the box: what is armed, what is on air, what was suspended for an alarm.

Follows the player and keeps each row true; which item comes when is decided elsewhere.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from playout.clock import StationClock
from playout.deck import STUCK_NS, Deck, Running
from playout.errors import MediaCorrupt, MediaMissing, PlayerFailed
from playout.occurrences import Occurrence
from playout.player import Cue, Progress, State
from playout.plays import Outcome, PlayRow
from playout.relay import change_source

HAND_OVER_S = 0.01


@dataclass(slots=True)
class Armed:
    occurrence: Occurrence
    cue: Cue
    row: PlayRow | None = None


class Channel:
    def __init__(self, deck: Deck, clock: StationClock) -> None:
        self.on_air: Running | None = None
        self.armed: Armed | None = None
        self.suspended: list[Running] = []
        self._deck = deck
        self._clock = clock

    def is_armed(self, occurrence: Occurrence) -> bool:
        return self.armed is not None and self.armed.occurrence.key == occurrence.key

    def arm(self, occurrence: Occurrence, from_ms: int) -> bool:
        """Loads it, behind what is on air if something is; False when that cannot be."""
        try:
            self.armed = Armed(occurrence, self._load(occurrence, from_ms))
        except (MediaCorrupt, MediaMissing):
            # It has left the cache. Fetched again in time it plays late, else it is missed.
            return False
        except PlayerFailed as err:
            self._give_up_loading(occurrence, err)
            return False
        return True

    def disarm(self) -> None:
        if self.armed is None:
            return
        self.armed = None
        if self.on_air:
            self._deck.player.follow(None)
        else:
            self._deck.player.stop()

    def start(self, at: datetime) -> None:
        """Opens the row, then waits for the moment, to a hundredth of a millisecond."""
        armed, self.armed = self.armed, None
        if armed is None:
            return
        resumed = self._take_suspended(armed.occurrence.key)
        row = resumed.row if resumed else self._deck.open_row(armed.occurrence)
        try:
            started_ns = self._deck.player.release(self._clock.steady_at(at))
        except PlayerFailed as err:
            self._deck.restart_player(err)
            if resumed:
                self._deck.cut(resumed, "emergency")
            else:
                self._deck.close_silent(row, _word(err))
            return
        self.on_air = resumed or self._deck.begin(armed.occurrence, row, armed.cue.key, started_ns)
        self.on_air.cue_key, self.on_air.moved_ns = armed.cue.key, started_ns

    def hand_over(self) -> None:
        """Stays with the player through the seam between two items, so that the second row is on
        the disk before its sound and has its true start.
        """
        armed, running = self.armed, self.on_air
        if armed is None or running is None:
            return
        armed.row = self._deck.open_row(armed.occurrence)
        patience_ns = self._clock.steady_at(running.ends_at) + STUCK_NS
        while self.armed is armed:
            self.watch()
            if self._clock.steady_ns() > patience_ns:
                self._lose(PlayerFailed(reason="player_stuck"))
            elif self.armed is armed:
                self._clock.reader.sleep(HAND_OVER_S)

    def watch(self) -> None:
        """Hears the player out: ends, starts, positions, silence where there should be sound."""
        if self.on_air is None:
            return
        try:
            for told in self._deck.player.progress():
                self._hear(told)
        except PlayerFailed as err:
            self._lose(err)
        if self.on_air:
            self._supervise(self.on_air)

    def interrupt(self, reason: str, *, suspend: bool) -> None:
        running, self.on_air = self.on_air, None
        self.armed = None
        if running is None:
            return
        self._stop(running)
        if suspend:
            running.note = "resumed"
            if running.occurrence.item.stream:
                running.bank()
            self._deck.checkpoint(running, self._clock.steady_ns())
            self.suspended.append(running)
        else:
            self._deck.cut(running, reason)

    def give_up(self, occurrence: Occurrence, reason: str) -> None:
        running = self._take_suspended(occurrence.key)
        if running:
            self._deck.cut(running, reason)

    def close(self) -> None:
        self.interrupt("box_stopped", suspend=False)
        while self.suspended:
            self._deck.cut(self.suspended.pop(), "box_stopped")
        self._deck.player.close()

    def _load(self, occurrence: Occurrence, from_ms: int) -> Cue:
        """A relay whose stream the player cannot even load starts with its fallback."""
        try:
            return self._hand_to_player(self._deck.make_cue(occurrence, from_ms))
        except PlayerFailed:
            if not occurrence.item.stream:
                raise
            return self._hand_to_player(self._deck.make_cue(occurrence, fallback=True))

    def _hand_to_player(self, cue: Cue) -> Cue:
        if self.on_air:
            self._deck.player.follow(cue)
        else:
            self._deck.player.arm(cue)
        return cue

    def _give_up_loading(self, occurrence: Occurrence, err: PlayerFailed) -> None:
        if not self.on_air:
            self._deck.restart_player(err)
        running = self._take_suspended(occurrence.key)
        if running:
            self._deck.cut(running, _word(err))
        else:
            self._deck.record(occurrence, Outcome.FAILED, _word(err))

    def _hear(self, told: Progress) -> None:
        running, armed = self.on_air, self.armed
        if running and told.key == running.cue_key:
            running.moved_to(told.position_ms, self._clock.steady_ns())
            if told.state is not State.PLAYING:
                self._end(running, told.reason)
        elif armed and told.key == armed.cue.key:
            self.armed = None
            row = armed.row or self._deck.open_row(armed.occurrence)
            if told.state is State.FAILED:
                self._deck.close_silent(row, told.reason or "player")
                return
            self.on_air = self._deck.begin(armed.occurrence, row, told.key, told.started_ns)
            if told.state is State.ENDED:
                self._hear(told)

    def _supervise(self, running: Running) -> None:
        now_ns, item = self._clock.steady_ns(), running.occurrence.item
        is_stuck = now_ns - running.moved_ns >= STUCK_NS
        if item.audio:
            left_ms = max(0, item.audio.duration_ms - max(0, running.last_ms))
            running.ends_at = self._clock.at(now_ns) + timedelta(milliseconds=left_ms)
            if is_stuck:
                self._lose(PlayerFailed(reason="player_stuck"))
        elif self._clock.at(now_ns) >= running.ends_at:
            self._stop(running)
            self._end(running, None)
        elif is_stuck:
            change_source(self._deck, running, self._clock)
        if self.on_air is running:
            self._deck.checkpoint(running, now_ns)

    def _end(self, running: Running, reason: str | None) -> None:
        is_early = self._clock.now() < running.ends_at - timedelta(seconds=1)
        if running.occurrence.item.stream and is_early:
            change_source(self._deck, running, self._clock)
            return
        self.on_air = None
        self._deck.close(running, reason)

    def _lose(self, err: PlayerFailed) -> None:
        """The player is gone or stuck: rows are closed with what was heard, a new one starts."""
        running, armed = self.on_air, self.armed
        self.on_air = self.armed = None
        self._deck.restart_player(err)
        if running:
            self._deck.close(running, _word(err))
        if armed and armed.row:
            self._deck.close_silent(armed.row, _word(err))

    def _stop(self, running: Running) -> None:
        try:
            running.moved_to(self._deck.player.stop(), self._clock.steady_ns())
        except PlayerFailed as err:
            self._deck.restart_player(err)

    def _take_suspended(self, key: str) -> Running | None:
        found = next((r for r in self.suspended if r.occurrence.key == key), None)
        if found:
            self.suspended.remove(found)
        return found


def _word(err: PlayerFailed) -> str:
    return str(err.facts.get("reason", "player_failed"))
