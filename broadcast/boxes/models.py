"""Players in the field: their tokens, the plan each was last given, and how they are."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from broadcast.db import Base, HasId, OfStation


class Box(HasId, OfStation, Base):
    __tablename__ = "box"

    name: Mapped[str] = mapped_column(String(120))
    zone_id: Mapped[str | None] = mapped_column(ForeignKey("zone.id"))
    "Where it stands; it carries every session of this zone and of the zones above it."
    volume_percent: Mapped[int] = mapped_column(default=80)
    volume_hours: Mapped[list[dict[str, object]]] = mapped_column(
        JSON, default=list, server_default="[]"
    )
    "Each `{from, to, percent}` in local wall time; see `volumes`. Otherwise `volume_percent`."
    trim_ms: Mapped[int] = mapped_column(default=0)
    latitude: Mapped[float | None]
    "Degrees north, with `longitude` degrees east: where it is drawn on the plan. Both or neither."
    longitude: Mapped[float | None]
    tone_at: Mapped[datetime | None]
    "When the test tone that was asked for last shall be heard."
    demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class BoxToken(HasId, OfStation, Base):
    """Shown once, kept as a hash. Two may hold at once, so that a box can be given a new one."""

    __tablename__ = "box_token"

    box_id: Mapped[str] = mapped_column(ForeignKey("box.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class BoxPath(HasId, OfStation, Base):
    """`/p/<key>/…` for players that can send no header; revoked apart from the tokens."""

    __tablename__ = "box_path"

    box_id: Mapped[str] = mapped_column(ForeignKey("box.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class PlanDocument(OfStation, Base):
    """The one complete document a box pulls. A 304 reads `etag` and nothing else."""

    __tablename__ = "plan_document"

    box_id: Mapped[str] = mapped_column(ForeignKey("box.id"), primary_key=True)
    etag: Mapped[str] = mapped_column(String(64))
    stale: Mapped[bool] = mapped_column(default=True)
    "Something it shows has changed; the worker or the sweep makes it anew."
    generated_at: Mapped[datetime]
    valid_until: Mapped[datetime]
    body: Mapped[str] = mapped_column(Text)
    """JSON as served, but for `server_time` and `poll_s`, which are put in at serving. The last
    column, so that SQLite reads the others without walking over its pages."""


class BoxHealth(OfStation, Base):
    """The last heartbeat. History lives in `box_event`."""

    __tablename__ = "box_health"

    box_id: Mapped[str] = mapped_column(ForeignKey("box.id"), primary_key=True)
    seen_at: Mapped[datetime]
    plan_seen_at: Mapped[datetime | None]
    version: Mapped[str] = mapped_column(String(40), default="")
    clock_offset_ms: Mapped[int | None]
    clock_trusted: Mapped[bool] = mapped_column(default=False)
    free_bytes: Mapped[int | None] = mapped_column(BigInteger)
    journal_depth: Mapped[int] = mapped_column(default=0)
    playing: Mapped[dict[str, object] | None] = mapped_column(JSON)
    "`{airing, session, title, position_ms, duration_ms}` or nothing."
    facts: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)


class BoxEvent(HasId, OfStation, Base):
    """A change of a box's state: lost, back, token rotated, player fault."""

    __tablename__ = "box_event"
    __table_args__ = (Index("ix_box_event_when", "box_id", "at"),)

    box_id: Mapped[str] = mapped_column(ForeignKey("box.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    sentence: Mapped[str] = mapped_column(Text, default="")
