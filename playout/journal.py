"""The evidence on the disk: a row is there before the sound and is closed after it.

One SQLite file, every commit fsynced. A row found open at boot was cut by a power failure and is
closed as `interrupted` with its last checkpoint. A row is forgotten only when the station has
acknowledged it; what it rejects stays in a quarantine. What was played is remembered apart from
the rows, so that forgetting a row never plays its item again.
"""

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from playout.errors import JournalUnwritable
from playout.journal_db import COLUMNS, connect, open_or_set_aside, row_from_record, row_to_record
from playout.plays import Outcome, PlayRow
from playout.wire import RowAnswer

REMEMBERED_KEYS = 20_000
"""A plan of 72 hours names some hundreds; counted, not dated, because clocks jump."""

BATCH = 500


@dataclass(frozen=True, slots=True)
class Depth:
    waiting: int
    rejected: int


class Journal:
    """Safe to share between threads. Every method that writes may raise `JournalUnwritable`."""

    def __init__(self, path: Path, boot: str) -> None:
        self.boot = boot
        self._path = path
        self._lock = threading.RLock()
        self._db, self.was_broken = open_or_set_aside(path)
        self._played = self._read_played()
        self._in_memory = not self._db.execute("PRAGMA database_list").fetchone()[2]

    @property
    def played(self) -> set[str]:
        """Keys of everything that has a row or had one; never to be started again."""
        return self._played

    @property
    def is_on_disk(self) -> bool:
        return not self._in_memory

    def open_row(self, row: PlayRow) -> None:
        """Before the first sound. The row is on the disk when this returns."""
        self._insert(row, "open")

    def confirm_start(self, row_id: str, started_at: datetime, started_ns: int) -> None:
        self._write(
            "UPDATE plays SET started_at = ?, started_ns = ? WHERE id = ? AND state = 'open'",
            (started_at.isoformat(), started_ns, row_id),
        )

    def checkpoint(self, row_id: str, played_ms: int) -> None:
        self._write(
            "UPDATE plays SET played_ms = ? WHERE id = ? AND state = 'open'", (played_ms, row_id)
        )

    def close_row(self, row: PlayRow) -> None:
        """The row as it ended; its sequence number is given here, so that a gap means a loss."""
        with self._transaction() as db:
            self._put(db, replace(row, seq=self._next_seq(db, row.boot)), "closed")

    def record(self, row: PlayRow) -> None:
        """A row that was never open: missed, or failed before any sound."""
        self._insert(row, "closed")

    def close_cut_rows(self) -> int:
        """At boot: every open row becomes `interrupted` as of its last checkpoint."""
        with self._transaction() as db:
            cut = db.execute(
                f"SELECT {COLUMNS} FROM plays WHERE state = 'open' ORDER BY rowid"  # noqa: S608 - our own column names
            ).fetchall()
            for record in cut:
                row = row_from_record(record)
                ended_at = (
                    row.started_at + timedelta(milliseconds=row.played_ms)
                    if row.started_at
                    else None
                )
                closed = replace(
                    row, seq=self._next_seq(db, row.boot), ended_at=ended_at,
                    outcome=Outcome.INTERRUPTED, reason="power_cut",
                )  # fmt: skip
                self._put(db, closed, "closed")
        return len(cut)

    def list_unsent(self, limit: int = BATCH, skip: Collection[str] = ()) -> list[PlayRow]:
        """The oldest closed rows of one boot, in their sequence, without the ids in `skip`; empty
        when nothing else waits.
        """
        marks = ", ".join("?" * len(skip))
        waiting = f"state = 'closed' AND id NOT IN ({marks})"
        with self._lock:
            records = self._db.execute(
                f"SELECT {COLUMNS} FROM plays WHERE {waiting} AND boot = "  # noqa: S608 - names and marks of our own
                f"(SELECT boot FROM plays WHERE {waiting} ORDER BY rowid LIMIT 1)"
                " ORDER BY seq LIMIT ?",
                (*skip, *skip, limit),
            ).fetchall()
        return [row_from_record(record) for record in records]

    def settle(self, answers: Iterable[RowAnswer]) -> int:
        """Forgets what was accepted or is known, keeps what was rejected with the reason, leaves
        all else to be sent again. Comes back with the number of rows settled.
        """
        settled = 0
        with self._transaction() as db:
            for answer in answers:
                if answer.status in {"accepted", "duplicate"}:
                    done = db.execute(
                        "DELETE FROM plays WHERE id = ? AND state = 'closed'", (answer.id,)
                    )
                elif answer.status == "rejected":
                    done = db.execute(
                        "UPDATE plays SET state = 'rejected', reason = ?"
                        " WHERE id = ? AND state = 'closed'",
                        (answer.reason[:500], answer.id),
                    )
                else:
                    continue
                settled += done.rowcount
        return settled

    def depth(self) -> Depth:
        with self._lock:
            counts = dict(self._db.execute("SELECT state, count(*) FROM plays GROUP BY state"))
        return Depth(waiting=counts.get("closed", 0), rejected=counts.get("rejected", 0))

    def retreat_to_memory(self) -> None:
        """The card takes no writes: go on with a copy in memory, for the air must not stop."""
        with self._lock:
            if not self._in_memory:
                memory = connect(":memory:")
                self._db.backup(memory)
                self._db.close()
                self._db, self._in_memory = memory, True

    def return_to_disk(self) -> bool:
        """Tries to write the copy in memory back to the card; False while it still refuses."""
        with self._lock:
            if not self._in_memory:
                return True
            with suppress(sqlite3.Error):
                disk = connect(str(self._path))
                try:
                    self._db.backup(disk)
                except sqlite3.Error:
                    disk.close()
                    raise
                self._db.close()
                self._db, self._in_memory = disk, False
            return not self._in_memory

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _insert(self, row: PlayRow, state: str) -> None:
        with self._transaction() as db:
            db.execute("INSERT INTO played (key) VALUES (?)", (row.key,))
            db.execute(
                "DELETE FROM played WHERE n <= (SELECT max(n) FROM played) - ?",
                (REMEMBERED_KEYS,),
            )
            seq = self._next_seq(db, row.boot) if state == "closed" else 0
            self._put(db, replace(row, seq=seq), state)
        self._played.add(row.key)
        if len(self._played) > 2 * REMEMBERED_KEYS:
            self._played = self._read_played()

    def _read_played(self) -> set[str]:
        return {key for (key,) in self._db.execute("SELECT key FROM played")}

    def _put(self, db: sqlite3.Connection, row: PlayRow, state: str) -> None:
        record = (*row_to_record(row), state)
        marks = ", ".join("?" * len(record))
        db.execute(f"INSERT OR REPLACE INTO plays ({COLUMNS}, state) VALUES ({marks})", record)  # noqa: S608 - our own column names

    def _next_seq(self, db: sqlite3.Connection, boot: str) -> int:
        db.execute(
            "INSERT INTO boots (boot, last_seq) VALUES (?, 1) ON CONFLICT (boot)"
            " DO UPDATE SET last_seq = last_seq + 1",
            (boot,),
        )
        found = db.execute("SELECT last_seq FROM boots WHERE boot = ?", (boot,)).fetchone()
        return int(found[0])

    def _write(self, sql: str, values: tuple[object, ...]) -> None:
        with self._transaction() as db:
            db.execute(sql, values)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                with self._db:
                    yield self._db
            except sqlite3.OperationalError as err:
                raise JournalUnwritable(detail=str(err)) from err
