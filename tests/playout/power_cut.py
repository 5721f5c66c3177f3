"""Power cuts at fsync, made from the bytes they leave behind.

SQLite appends each commit to the write-ahead log and fsyncs it. So what a cut can leave is: the
log up to any byte; or the commit that was not yet synced with some of its sectors written and
others not; or a half-done checkpoint in the main file with the whole log beside it. Each is made
here as a copy, opened by a real `Journal`, and compared with what had been promised by then.
"""

import random
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playout.journal import Journal
from playout.plays import Outcome, PlayRow
from playout.rows import make_row_id
from playout.wire import RowAnswer

SECTOR = 512
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Promise:
    """After this many bytes of the log were synced: the rows and names that must be found."""

    log_bytes: int
    rows: frozenset
    """(key, outcome) as after the next start: what is open has become interrupted."""
    played: frozenset


class Life:
    """A journal in the middle of its life, with all it promised on the way."""

    def __init__(self, folder: Path, airings: int = 6):
        self.folder = folder
        self.path = folder / "journal.db"
        self._rows, self._played, self.promises = {}, set(), []
        self._journal = Journal(self.path, "b1")
        self.born_bytes = self._log_bytes()
        self._promise()
        for number in range(airings):
            self._air(f"k{number}", number)

    def _air(self, key, number):
        row, journal = _row(key), self._journal
        if number % 3 == 2:
            self._do(lambda: journal.record(replace(row, outcome=Outcome.MISSED)), key, "missed")
            return
        self._do(lambda: journal.open_row(row), key, "interrupted")
        self._do(lambda: journal.confirm_start(row.id, NOON, 1))
        self._do(lambda: journal.checkpoint(row.id, 5000))
        done = replace(row, outcome=Outcome.COMPLETE, played_ms=48_000, started_at=NOON,
                       ended_at=NOON + timedelta(seconds=48))  # fmt: skip
        self._do(lambda: journal.close_row(done), key, "complete")
        if number % 3 == 1:
            self._do(lambda: journal.settle([RowAnswer(row.id, "accepted", "")]), key, None)

    def _do(self, deed, key=None, outcome=""):
        deed()
        if key:
            self._played.add(key)
            self._rows[key] = outcome
        self._promise()

    def _promise(self):
        rows = frozenset((key, outcome) for key, outcome in self._rows.items() if outcome)
        self.promises.append(Promise(self._log_bytes(), rows, frozenset(self._played)))

    def _log_bytes(self):
        return self.path.with_name("journal.db-wal").stat().st_size

    def close(self):
        self._journal.close()

    def offsets(self, chance: random.Random, more: int):
        """Where to cut: around every commit and every frame, and at `more` random bytes."""
        frames = range(self.born_bytes, self.promises[-1].log_bytes + 1, 4096 + 24)
        near = [p.log_bytes + d for p in self.promises for d in (-1, 0, 1)]
        near += [at + d for at in frames for d in (-1, 0, 1, 24)]
        near += [chance.randrange(self.promises[-1].log_bytes) for _ in range(more)]
        return sorted({at for at in near if 0 <= at <= self.promises[-1].log_bytes})

    def cut_at(self, offset: int) -> list[str]:
        """The log ends after `offset` bytes."""
        due = [n for n, promise in enumerate(self.promises) if promise.log_bytes <= offset]
        return self._judge(self._log()[:offset], [max(due, default=0)], f"cut at {offset}")

    def tear(self, number: int, chance: random.Random) -> list[str]:
        """Commit `number` was being synced: some of its sectors are on the card, in any order."""
        before, after = self.promises[number - 1].log_bytes, self.promises[number].log_bytes
        log = bytearray(self._log()[:after])
        for at in range(before, after, SECTOR):
            fate = chance.choice(["written", "zero", "old"])
            size = min(SECTOR, after - at)
            if fate != "written":
                log[at : at + size] = bytes(size) if fate == "zero" else chance.randbytes(size)
        return self._judge(bytes(log), [number - 1, number], f"torn in commit {number}")

    def half_checkpoint(self, chance: random.Random) -> list[str]:
        """The log is whole; the main file has got some of the newer sectors."""
        with _copied(self) as copy:
            (copy / "journal.db-wal").write_bytes(self._log())
            Journal(copy / "journal.db", "b2").close()
            newer = (copy / "journal.db").read_bytes()
        main = bytearray(self.path.read_bytes().ljust(len(newer), b"\0"))
        for at in range(0, len(newer), SECTOR):
            if chance.random() < 0.5:
                main[at : at + SECTOR] = newer[at : at + SECTOR]
        last = len(self.promises) - 1
        return self._judge(self._log(), [last], "half a checkpoint", bytes(main))

    def _log(self):
        return self.path.with_name("journal.db-wal").read_bytes()

    def _judge(self, log: bytes, allowed, cut: str, main: bytes | None = None) -> list[str]:
        with _copied(self) as copy:
            (copy / "journal.db-wal").write_bytes(log)
            if main is not None:
                (copy / "journal.db").write_bytes(main)
            journal = Journal(copy / "journal.db", "b2")
            try:
                if journal.was_broken:
                    return [f"{cut}: the journal could not be used any more"]
                journal.close_cut_rows()
                rows = [(row.key, row.outcome.value) for row in journal.list_unsent()]
                held = (frozenset(rows), frozenset(journal.played))
            finally:
                journal.close()
        promised = [(self.promises[n].rows, self.promises[n].played) for n in allowed]
        if len(set(rows)) != len(rows) or held not in promised:
            return [f"{cut}: found {sorted(rows)}"]
        return []


@contextmanager
def _copied(life):
    """The main file in a folder of its own, as it lay when the power went."""
    copy = life.folder / "copy"
    copy.mkdir()
    shutil.copy(life.path, copy)
    try:
        yield copy
    finally:
        shutil.rmtree(copy)


def _row(key):
    return PlayRow(
        id=make_row_id(round(NOON.timestamp() * 1000)), boot="b1", seq=0, key=key, airing=key, session="s",
        kind="bulletin", sha256="a" * 64, title="Tin", topic="Y tế", planned_start=NOON, planned_ms=48_000,
        started_at=None, ended_at=None, played_ms=0, outcome=Outcome.INTERRUPTED, reason=None,
        clock_trusted=True, clock_offset_ms=3, steady_boot="m1",
    )  # fmt: skip
