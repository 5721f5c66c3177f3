"""The SQLite file under the journal: its tables, its durability, and rows to records and back."""

import shutil
import sqlite3
import tempfile
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

_BESIDE = ("-wal", "-shm")
_RAM = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it

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
    """The journal, and whether the one found was broken: that is set aside as `.broken-N`. On a
    card that refuses (full, read-only) it is read into memory and left as it lies.
    """
    with suppress(_Broken):
        return _open_sound(path), False
    number = len(list(path.parent.glob(path.name + ".broken-*"))) + 1
    with suppress(OSError, _Broken):
        path.rename(path.with_name(f"{path.name}.broken-{number}"))
        for suffix in _BESIDE:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return _open_sound(path), True
    return connect(":memory:"), True


class _Broken(Exception):
    """What lies there is no journal."""


def _open_sound(path: Path) -> sqlite3.Connection:
    """:raises _Broken:"""
    db = None
    try:
        db = connect(str(path))
        is_sound = db.execute("PRAGMA quick_check").fetchone() == ("ok",)
        if is_sound:
            db.execute("SELECT count(*) FROM plays").fetchone()
            return db
        db.close()
    except sqlite3.DatabaseError as err:
        if db is not None:
            db.close()
        if isinstance(err, sqlite3.OperationalError):  # the card's fault, not the file's
            return _copy_to_memory(path)
    raise _Broken


def _copy_to_memory(path: Path) -> sqlite3.Connection:
    """With its write-ahead log, which the card lets nobody replay: what was promised there must
    not play again. :raises _Broken:
    """
    memory = connect(":memory:")
    try:
        with (
            tempfile.TemporaryDirectory(dir=_RAM if _RAM.is_dir() else None) as aside,
            closing(sqlite3.connect(_copy_files(path, Path(aside)))) as card,
        ):
            card.backup(memory)
        memory.executescript(_SCHEMA)
    except (OSError, sqlite3.DatabaseError) as err:
        memory.close()
        raise _Broken from err
    return memory


def _copy_files(path: Path, aside: Path) -> Path:
    for suffix in ("", "-wal"):
        found = path.with_name(path.name + suffix)
        if found.exists():
            shutil.copyfile(found, aside / found.name)
    return aside / path.name


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
