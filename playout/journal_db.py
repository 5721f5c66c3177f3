"""The SQLite file under the journal: its tables, its durability, and rows to records and back."""

import sqlite3
from contextlib import closing, suppress
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from playout.plays import Outcome, PlayRow

_SCHEMA = """
CREATE TABLE IF NOT EXISTS plays (
  id TEXT PRIMARY KEY, boot TEXT NOT NULL, seq INTEGER NOT NULL, key TEXT NOT NULL,
  airing TEXT, session TEXT NOT NULL, kind TEXT NOT NULL, sha256 TEXT, title TEXT, topic TEXT,
  planned_start TEXT NOT NULL, planned_ms INTEGER NOT NULL, started_at TEXT, ended_at TEXT,
  played_ms INTEGER NOT NULL, outcome TEXT NOT NULL, reason TEXT,
  clock_trusted INTEGER NOT NULL, clock_offset_ms INTEGER NOT NULL,
  started_ns INTEGER, steady_boot TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'rejected')));
CREATE INDEX IF NOT EXISTS plays_waiting ON plays (state, boot, seq);
CREATE TABLE IF NOT EXISTS played (n INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS boots (boot TEXT PRIMARY KEY, last_seq INTEGER NOT NULL);
"""

_INSTANTS = {"planned_start", "started_at", "ended_at"}
_NAMES = [field.name for field in fields(PlayRow)]
COLUMNS = ", ".join(_NAMES)


def connect(path: str) -> sqlite3.Connection:
    """WAL with synchronous FULL: one fsync for each commit, and none forgotten."""
    db = sqlite3.connect(path, timeout=5, check_same_thread=False)
    with suppress(sqlite3.OperationalError):  # a card gone read-only can still be read
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.executescript(_SCHEMA)
    return db


def open_or_set_aside(path: Path) -> tuple[sqlite3.Connection, bool]:
    """The journal, and whether the one found could not be used: a broken one is set aside as
    `.broken-N`, one that cannot even be moved is read into memory.
    """
    db = None
    try:
        db = connect(str(path))
        if db.execute("PRAGMA quick_check").fetchone() == ("ok",):
            db.execute("SELECT count(*) FROM plays").fetchone()
            return db, False
    except sqlite3.DatabaseError:
        pass
    if db is not None:
        db.close()
    number = len(list(path.parent.glob(path.name + ".broken-*"))) + 1
    with suppress(OSError):
        path.rename(path.with_name(f"{path.name}.broken-{number}"))
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return connect(str(path)), True
    return _copy_to_memory(path), True


def _copy_to_memory(path: Path) -> sqlite3.Connection:
    """A journal on a card that can only be read: what it remembers must not play again."""
    memory = connect(":memory:")
    address = f"file:{path}?immutable=1"
    with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as card:
        card.backup(memory)
    return memory


def row_to_record(row: PlayRow) -> tuple[Any, ...]:
    values = ((name, getattr(row, name)) for name in _NAMES)
    return tuple(v.isoformat() if v and name in _INSTANTS else v for name, v in values)


def row_from_record(record: tuple[Any, ...]) -> PlayRow:
    values = dict(zip(_NAMES, record, strict=True))
    for name in _INSTANTS:
        if values[name]:
            values[name] = datetime.fromisoformat(values[name])
    values["outcome"] = Outcome(values["outcome"])
    values["clock_trusted"] = bool(values["clock_trusted"])
    return PlayRow(**values)
