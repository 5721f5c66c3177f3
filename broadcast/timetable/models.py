"""Slots, their exceptions, wishes of approved bulletins, sessions and their running orders."""

from datetime import date, datetime, time

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broadcast.db import Base, EnumText, HasId, OfStation
from scheduler.timetable.closures import ClosureKind
from scheduler.timetable.running_order import LineKind
from scheduler.timetable.wishes import Priority


class SlotRow(HasId, OfStation, Base):
    """A rule in local time; `scheduler.timetable.slots.Slot` is its value."""

    __tablename__ = "slot"

    name: Mapped[str] = mapped_column(String(120))
    local_time: Mapped[time]
    planned_ms: Mapped[int]
    longest_ms: Mapped[int]
    zone_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    "Empty means every zone of the station."
    recurrence: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    "Exclusive."
    skip_holidays: Mapped[bool] = mapped_column(default=False)
    lock_minutes: Mapped[int] = mapped_column(default=30)
    grace_ms: Mapped[int] = mapped_column(default=300_000)
    "A box that is late plays an item whole within the grace, else reports it missed."
    signature_tune: Mapped[str] = mapped_column(String(40), default="")
    opening_words: Mapped[str] = mapped_column(Text, default="")
    "Spoken at the start of a session; `{ten_dai}`, `{xa}`, `{ngay}` and `{buoi}` are filled in."
    closing_words: Mapped[str] = mapped_column(Text, default="", server_default="")
    "Spoken at the end of a session, with the same marks."
    gap_ms: Mapped[int] = mapped_column(default=1_000)
    relays: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    "Each `{name, stream, offset_ms, duration_ms, fallback}`: VOV, the province; see `fallbacks`."
    volume_percent: Mapped[int] = mapped_column(default=100)
    quiet_reason: Mapped[str] = mapped_column(Text, default="")
    "Why it may lie outside the regulation's hours; listed in the report."
    previous: Mapped[dict[str, object] | None] = mapped_column(JSON)
    "The slot as it was before the last change, for undoing it."
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 -- SQLAlchemy's own form


class OccurrenceChangeRow(HasId, OfStation, Base):
    """One occurrence of one slot moved, cancelled, replaced or lengthened."""

    __tablename__ = "occurrence_change"
    __table_args__ = (UniqueConstraint("slot_id", "local_day"),)

    slot_id: Mapped[str] = mapped_column(ForeignKey("slot.id"))
    local_day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    facts: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(Text, default="")
    author_name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]


class ClosureRow(HasId, OfStation, Base):
    """Mourning, examinations: days on which the station is silent. `until_day` is exclusive."""

    __tablename__ = "closure"

    from_day: Mapped[date]
    until_day: Mapped[date]
    kind: Mapped[ClosureKind] = mapped_column(EnumText(ClosureKind), default=ClosureKind.OTHER)
    from_time: Mapped[time | None]
    until_time: Mapped[time | None]
    "With hours only `[from_time, until_time)` of each day is silent, local time."
    zone_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class HolidayRow(HasId, OfStation, Base):
    """What the station knows better than the calendar: a day that is a holiday, or is none."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("station_id", "day"),)

    day: Mapped[date]
    name: Mapped[str] = mapped_column(String(120), default="")
    "Empty takes a public holiday out."
    created_at: Mapped[datetime]


class FillNote(Base):
    """What the last fills had to say to the operator; one row a station, written by the fill."""

    __tablename__ = "fill_note"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    filled_at: Mapped[datetime]
    conflicts: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    "As they stand: each `{kind, sentence, remedy, sessions: [[slot, day]]}`."
    notes: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    "What lost its place, newest first: each `{at, kind, sentence, wish_id}`."


class FeedKey(Base):
    """The unguessable part of the calendar feed's address; a new one ends the old."""

    __tablename__ = "feed_key"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    created_at: Mapped[datetime]


class WishRow(HasId, OfStation, Base):
    """What an approved bulletin asks of the timetable: how often, when, where, until when."""

    __tablename__ = "wish"
    __table_args__ = (Index("ix_wish_open", "station_id", "closed_at", "until_day"),)

    bulletin_id: Mapped[str] = mapped_column(ForeignKey("bulletin.id"), index=True)
    airings: Mapped[int] = mapped_column(default=1)
    from_day: Mapped[date]
    until_day: Mapped[date]
    "Exclusive: the first local day on which the bulletin may no longer be heard."
    weekdays: Mapped[list[int]] = mapped_column(JSON, default=list)
    slot_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    zone_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    spacing_minutes: Mapped[int] = mapped_column(default=0)
    priority: Mapped[Priority] = mapped_column(EnumText(Priority), default=Priority.NORMAL)
    repeats_in_session: Mapped[bool] = mapped_column(default=False)
    pin_slot_id: Mapped[str | None] = mapped_column(String(36))
    pin_day: Mapped[date | None]
    pin_position: Mapped[int | None]
    author_name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    unmet: Mapped[str] = mapped_column(Text, default="")
    "Sentence of the last fill: what could not be placed and why."
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 -- SQLAlchemy's own form


class SessionRow(HasId, OfStation, Base):
    """A session on one local day: an expanded slot, a one-off, or an emergency."""

    __tablename__ = "session"
    __table_args__ = (
        UniqueConstraint("slot_id", "local_day"),
        Index("ix_session_when", "station_id", "starts_at"),
    )

    slot_id: Mapped[str | None] = mapped_column(ForeignKey("slot.id"))
    name: Mapped[str] = mapped_column(String(120))
    local_day: Mapped[date]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    latest_end: Mapped[datetime]
    zone_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    priority: Mapped[Priority] = mapped_column(EnumText(Priority), default=Priority.NORMAL)
    grace_ms: Mapped[int] = mapped_column(default=300_000)
    repeat_every_ms: Mapped[int | None]
    repeat_until: Mapped[datetime | None]
    emergency_id: Mapped[str | None] = mapped_column(ForeignKey("emergency.id"))
    opening_audio_id: Mapped[str | None] = mapped_column(ForeignKey("audio_file.id"))
    "The opening words of this very day, once a worker has spoken them."
    closing_audio_id: Mapped[str | None] = mapped_column(ForeignKey("audio_file.id"))
    "Its closing words, likewise."
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(Text, default="")
    row_version: Mapped[int] = mapped_column(default=1)

    lines: Mapped[list["OrderLine"]] = relationship(
        order_by="OrderLine.offset_ms, OrderLine.id", back_populates="session"
    )

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 -- SQLAlchemy's own form


class OrderLine(HasId, OfStation, Base):
    """One line of a running order. For a bulletin its id is the id of the airing.

    A line that leaves the plan is dropped, not deleted: a box that was offline may still play it,
    and its report must find what it was.
    """

    __tablename__ = "order_line"
    __table_args__ = (Index("ix_order_line_when", "station_id", "planned_start"),)

    session_id: Mapped[str] = mapped_column(ForeignKey("session.id"), index=True)
    kind: Mapped[LineKind] = mapped_column(EnumText(LineKind))
    offset_ms: Mapped[int]
    duration_ms: Mapped[int]
    planned_start: Mapped[datetime]
    audio_id: Mapped[str | None] = mapped_column(ForeignKey("audio_file.id"))
    stream_url: Mapped[str] = mapped_column(String(500), default="")
    bulletin_id: Mapped[str | None] = mapped_column(ForeignKey("bulletin.id"), index=True)
    version_id: Mapped[str | None] = mapped_column(ForeignKey("bulletin_version.id"))
    rendition_id: Mapped[str | None] = mapped_column(ForeignKey("rendition.id"))
    wish_id: Mapped[str | None] = mapped_column(ForeignKey("wish.id"), index=True)
    title: Mapped[str] = mapped_column(String(300), default="")
    topic_id: Mapped[str | None] = mapped_column(ForeignKey("topic.id"))
    topic_name: Mapped[str] = mapped_column(String(120), default="")
    zone_ids: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    "Of the session's zones those that hear it; empty means all of them."
    manual: Mapped[bool] = mapped_column(default=False)
    "Put here by hand: survives every refill."
    why: Mapped[str] = mapped_column(Text, default="")
    dropped_at: Mapped[datetime | None]

    session: Mapped[SessionRow] = relationship(back_populates="lines")


class Emergency(HasId, OfStation, Base):
    """Khẩn cấp: may air first and be approved after, by a role that holds that right."""

    __tablename__ = "emergency"

    bulletin_id: Mapped[str] = mapped_column(ForeignKey("bulletin.id"))
    zone_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(Text)
    repeat_minutes: Mapped[int | None]
    until: Mapped[datetime]
    user_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    user_name: Mapped[str] = mapped_column(String(120))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(120), default="")
