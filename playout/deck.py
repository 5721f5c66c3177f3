"""The item on the player: loading it, its row, its position, its end. Decides nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from playout.core import Core
from playout.errors import JournalUnwritable, MediaCorrupt, MediaMissing, PlayerFailed
from playout.occurrences import Occurrence
from playout.plan import Audio
from playout.player import Cue, Player
from playout.plays import Outcome, PlayRow, judge_end
from playout.rows import make_row

CHECKPOINT_NS = 5 * 10**9
"""A power cut loses at most this much of an item's played time; each one is an fsync."""

STUCK_NS = 5 * 10**9
"""Without a moving position for so long, the player or the stream has failed."""

REWIND_MS = 3_000
"""A resumed item goes back this far, so that the cut sentence can be understood."""


@dataclass(slots=True)
class Running:
    """What is, or was and shall be again, on air."""

    occurrence: Occurrence
    row: PlayRow
    cue_key: str
    ends_at: datetime
    moved_ns: int
    """The steady clock when the position last moved."""
    position_ms: int = 0
    last_ms: int = -1
    heard_ms: int = 0
    """Relay: what was heard of the stream before this source."""
    checkpoint_ns: int = 0
    on_fallback: bool = False
    note: str | None = None

    @property
    def played_ms(self) -> int:
        """The minutes of a relay's fallback are no minutes of the relay."""
        return self.heard_ms + (0 if self.on_fallback else self.position_ms)

    def bank(self) -> None:
        """What was heard of the stream is counted; the next source begins at nought."""
        self.heard_ms, self.position_ms, self.last_ms = self.played_ms, 0, -1

    def moved_to(self, position_ms: int, steady_ns: int) -> None:
        """The furthest position counts, so that a rewound sentence is not heard twice on paper."""
        if position_ms != self.last_ms:
            self.last_ms, self.moved_ns = position_ms, steady_ns
        self.position_ms = max(self.position_ms, position_ms)


class Deck:
    """Player, cache and journal as one: what sounds has a row, what has a row is on the disk."""

    def __init__(self, player: Player, core: Core) -> None:
        self.player = player
        self._cache = core.cache
        self._journal = core.journal
        self._clock = core.clock
        self._faults = core.faults
        self._wanted = core.audio_wanted
        self.volume_percent = 100

    def make_cue(self, occurrence: Occurrence, from_ms: int = 0, *, fallback: bool = False) -> Cue:
        """:raises MediaMissing, MediaCorrupt: found by reading the whole file just now."""
        item = occurrence.item
        audio = item.stream.fallback if item.stream and fallback else item.audio
        if audio:
            source = self._prove(audio)
        elif item.stream and not fallback:
            source = item.stream.url
        else:
            raise PlayerFailed(reason="no_fallback")
        return Cue(
            key=occurrence.key + ("/fallback" if fallback else ""),
            source=source,
            is_stream=audio is None,
            from_ms=max(0, from_ms - REWIND_MS),
            volume_percent=self.volume_percent,
            gain_db=item.gain_db,
        )

    def _prove(self, audio: Audio) -> str:
        try:
            return str(self._cache.verify(audio.sha256))
        except (MediaCorrupt, MediaMissing) as err:
            self._faults.put(err)
            self._wanted.set()
            raise

    def open_row(self, occurrence: Occurrence) -> PlayRow:
        """Before the sound; returns when the row is on the disk."""
        row = make_row(occurrence, self._clock, self._journal.boot)
        self._write(lambda: self._journal.open_row(row))
        return row

    def begin(self, occurrence: Occurrence, row: PlayRow, cue_key: str, started_ns: int) -> Running:
        """After the first sample: the row gets its true start."""
        started_at = self._clock.at(started_ns)
        self._faults.clear(PlayerFailed.code)
        self._write(lambda: self._journal.confirm_start(row.id, started_at, started_ns))
        item = occurrence.item
        if item.audio:
            ends_at = started_at + timedelta(milliseconds=item.audio.duration_ms)
        else:
            ends_at = occurrence.due_at + timedelta(milliseconds=item.duration_ms)
        row = replace(row, started_at=started_at, started_ns=started_ns)
        running = Running(occurrence, row, cue_key, ends_at, started_ns, checkpoint_ns=started_ns)
        if item.stream and cue_key != occurrence.key:
            running.on_fallback, running.note = True, "stream_failed"
        return running

    def checkpoint(self, running: Running, steady_ns: int) -> None:
        if steady_ns - running.checkpoint_ns >= CHECKPOINT_NS:
            running.checkpoint_ns = steady_ns
            played_ms = running.played_ms
            self._write(lambda: self._journal.checkpoint(running.row.id, played_ms))

    def close(self, running: Running, reason: str | None) -> None:
        """It ended by itself or by the player's failure: the position tells the outcome."""
        outcome, why = judge_end(
            running.occurrence.item, running.played_ms, reason=reason or running.note
        )
        self._close(running, outcome, why)

    def cut(self, running: Running, reason: str) -> None:
        """It was stopped by us."""
        self._close(running, Outcome.INTERRUPTED, reason)

    def close_silent(self, row: PlayRow, reason: str) -> None:
        """A row was opened and no sound came."""
        closed = replace(row, outcome=Outcome.FAILED, reason=reason, ended_at=self._clock.now())
        self._write(lambda: self._journal.close_row(closed))

    def record(self, occurrence: Occurrence, outcome: Outcome, reason: str) -> None:
        row = make_row(occurrence, self._clock, self._journal.boot, outcome, reason)
        self._write(lambda: self._journal.record(row))

    def restart_player(self, error: PlayerFailed) -> None:
        self._faults.put(error)
        self.player.restart()

    def _close(self, running: Running, outcome: Outcome, reason: str | None) -> None:
        closed = replace(
            running.row,
            ended_at=self._clock.now(),
            played_ms=running.played_ms,
            outcome=outcome,
            reason=reason,
        )
        self._write(lambda: self._journal.close_row(closed))

    def _write(self, deed: Callable[[], None]) -> None:
        """The air never waits for a card: if it refuses, the journal goes on in memory."""
        try:
            deed()
        except JournalUnwritable as err:
            self._faults.put(err)
            self._journal.retreat_to_memory()
            deed()
