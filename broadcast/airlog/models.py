"""What happened on air. `log_entry` is evidence: rows are added, never changed, never deleted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from broadcast.airlog.rules import AiringOutcome, EntryKind, PlayOutcome
from broadcast.db import Base, EnumText, HasId, OfStation

BigId = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts rows by itself only in a column of exactly this type."""


class LogEntry(Base):
    """A play as a box reported it, or a correction of one. Chained per station by hashes.

    Title, topic and audio are snapshots: later renaming does not change what was heard.
    """

    __tablename__ = "log_entry"
    __table_args__ = (
        UniqueConstraint("station_id", "number"),
        UniqueConstraint("play_id"),
        Index("ix_log_entry_day", "station_id", "local_day"),
        Index("ix_log_entry_seq", "box_id", "boot", "seq"),
        Index("ix_log_entry_corrects", "corrects_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    "1, 2, 3 … without a gap, per station."
    entry: Mapped[EntryKind] = mapped_column(EnumText(EntryKind), default=EntryKind.PLAY)
    play_id: Mapped[str | None] = mapped_column(String(36))
    "Made by the box; sending a row twice finds it here."
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("log_entry.id"))
    box_id: Mapped[str | None] = mapped_column(ForeignKey("box.id"))
    boot: Mapped[str] = mapped_column(String(36), default="")
    seq: Mapped[int] = mapped_column(default=0)
    airing_id: Mapped[str | None] = mapped_column(String(36))
    session_id: Mapped[str | None] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64), default="")
    title: Mapped[str] = mapped_column(String(300), default="")
    topic: Mapped[str] = mapped_column(String(120), default="")
    planned_start: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    local_day: Mapped[date]
    "The station's day of `started_at`, or of `planned_start` for what was never heard."
    played_ms: Mapped[int]
    planned_ms: Mapped[int]
    outcome: Mapped[PlayOutcome] = mapped_column(EnumText(PlayOutcome))
    reason: Mapped[str] = mapped_column(Text, default="")
    clock_trusted: Mapped[bool] = mapped_column(default=True)
    clock_offset_ms: Mapped[int | None]
    demonstration: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    author_name: Mapped[str] = mapped_column(String(120), default="")
    received_at: Mapped[datetime]
    previous_hash: Mapped[str] = mapped_column(String(64))
    row_hash: Mapped[str] = mapped_column(String(64))


LOG_TABLE: Any = LogEntry.__table__
"""For inserts of whole batches without an object per row."""


class LogHead(Base):
    """Where a station's chain stands; locked while rows are added."""

    __tablename__ = "log_head"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, default=0)
    row_hash: Mapped[str] = mapped_column(String(64))


class QuarantinedPlay(HasId, OfStation, Base):
    """A row that could not be accepted, kept as it came, with its reason."""

    __tablename__ = "quarantined_play"

    box_id: Mapped[str] = mapped_column(ForeignKey("box.id"), index=True)
    play_id: Mapped[str] = mapped_column(String(80), default="")
    body: Mapped[dict[str, object]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(120), default="")


class AiringRow(OfStation, Base):
    """One airing and what became of it: derived from plan and log, made anew per local day."""

    __tablename__ = "airing"
    __table_args__ = (Index("ix_airing_day", "station_id", "local_day"),)

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    "Airing id and planned start; a repeat of an emergency is an airing of its own."
    airing_id: Mapped[str | None] = mapped_column(String(36), index=True)
    local_day: Mapped[date]
    session_id: Mapped[str | None] = mapped_column(String(36))
    slot_id: Mapped[str | None] = mapped_column(String(36))
    slot_name: Mapped[str] = mapped_column(String(120), default="")
    bulletin_id: Mapped[str | None] = mapped_column(String(36), index=True)
    title: Mapped[str] = mapped_column(String(300), default="")
    topic_id: Mapped[str | None] = mapped_column(String(36))
    topic: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(String(20), default="")
    origin: Mapped[str] = mapped_column(String(20), default="own")
    author: Mapped[str] = mapped_column(String(120), default="")
    voice: Mapped[str] = mapped_column(String(80), default="")
    zone_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    planned_start: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    planned_ms: Mapped[int] = mapped_column(default=0)
    heard_ms: Mapped[int] = mapped_column(default=0)
    "The longest any box played of it."
    speaker_ms: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[AiringOutcome] = mapped_column(EnumText(AiringOutcome))
    boxes_expected: Mapped[int] = mapped_column(default=0)
    boxes_played: Mapped[int] = mapped_column(default=0)
    boxes: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    """Each `{box, name, played_ms, outcome, reason, late_ms, zones, expected}`; a box that said
    nothing is in it too. `zones` are where it stood then: its zone, and those around it."""
    reason: Mapped[str] = mapped_column(Text, default="")
    estimate: Mapped[bool] = mapped_column(default=False)
    emergency: Mapped[bool] = mapped_column(default=False)


class Incident(HasId, OfStation, Base):
    """Foreign content, interference, a faulty cluster, a box lost during a session."""

    __tablename__ = "incident"

    kind: Mapped[str] = mapped_column(String(40))
    zone_id: Mapped[str | None] = mapped_column(ForeignKey("zone.id"))
    box_id: Mapped[str | None] = mapped_column(ForeignKey("box.id"))
    at: Mapped[datetime]
    sentence: Mapped[str] = mapped_column(Text)
    opened_by: Mapped[str] = mapped_column(String(120))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(120), default="")
    close_reason: Mapped[str] = mapped_column(Text, default="")
