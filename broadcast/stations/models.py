"""The station, its loudspeaker zones, and what its own regulation and dated names say."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from broadcast.db import Base, EnumText, HasId, OfStation
from broadcast.stations.rules import ZoneKind


class MinutesKind(StrEnum):
    NET = "net"
    GROSS = "gross"


class Station(HasId, Base):
    __tablename__ = "station"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    commune_name: Mapped[str] = mapped_column(String(200))
    "With its kind: `xã Ngọc Kỳ`, `phường …`, `đặc khu …`."
    time_zone: Mapped[str] = mapped_column(String(64), default="Asia/Ho_Chi_Minh")
    demonstration: Mapped[bool] = mapped_column(default=False)
    one_person: Mapped[bool] = mapped_column(default=False)
    "The waiver: author and approver may be the same person. Each use is logged."
    loudness_lufs: Mapped[float] = mapped_column(default=-16.0)
    speech_engine: Mapped[str] = mapped_column(String(20), default="google")
    speech_voice: Mapped[str] = mapped_column(String(60), default="vi")
    speech_speed_percent: Mapped[int] = mapped_column(default=100)
    reading_style: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    "Differences from the preset of the region; keys of `audio.reading.ReadingStyle`."
    signature_tune: Mapped[str] = mapped_column(String(40), default="")
    music_bed: Mapped[bool] = mapped_column(default=False)
    "Quiet music under the words of every item; it ducks while somebody speaks."
    opening_words: Mapped[str] = mapped_column(Text, default="")
    closing_words: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 -- SQLAlchemy's own form


class UnitName(HasId, OfStation, Base):
    """The issuing body's names from `valid_from` on; a 2023 report reprints with 2023 names."""

    __tablename__ = "unit_name"

    valid_from: Mapped[date]
    superior: Mapped[str] = mapped_column(String(200), default="")
    issuing_body: Mapped[str] = mapped_column(String(200))
    "As printed in the left head, e.g. `ỦY BAN NHÂN DÂN XÃ NGỌC KỲ`."
    place_name: Mapped[str] = mapped_column(String(100))
    addressee: Mapped[str] = mapped_column(String(300), default="")
    recipients: Mapped[list[str]] = mapped_column(JSON, default=list)
    signing_authority: Mapped[str] = mapped_column(String(100), default="TM. ỦY BAN NHÂN DÂN")
    signing_position: Mapped[str] = mapped_column(String(100), default="CHỦ TỊCH")
    signer_name: Mapped[str] = mapped_column(String(100), default="")


class Zone(HasId, OfStation, Base):
    """An area, a hamlet in it, or a cluster in that. A box stands in one cluster or hamlet."""

    __tablename__ = "zone"

    parent_id: Mapped[str | None] = mapped_column(ForeignKey("zone.id"))
    kind: Mapped[ZoneKind] = mapped_column(EnumText(ZoneKind))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    sensitive: Mapped[str] = mapped_column(String(20), default="")
    "`school`, `hospital` or nothing: quiet hours of its own."
    closed_at: Mapped[datetime | None]


class CountingRuleVersion(HasId, OfStation, Base):
    """How airings become figures. Versions are added, never changed: old reports name theirs."""

    __tablename__ = "counting_rule"
    __table_args__ = (UniqueConstraint("station_id", "version"),)

    version: Mapped[int]
    threshold_percent: Mapped[int] = mapped_column(default=80)
    notices_count: Mapped[bool] = mapped_column(default=True)
    minutes: Mapped[MinutesKind] = mapped_column(EnumText(MinutesKind), default=MinutesKind.NET)
    author_name: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class RegulationRow(HasId, OfStation, Base):
    """Hours of broadcast by the commune's own decision; outside them a schedule needs a reason."""

    __tablename__ = "regulation"

    valid_from: Mapped[date]
    decision_number: Mapped[str] = mapped_column(String(60))
    decision_date: Mapped[date | None]
    hours: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    "Each `{weekdays: [0..6], from: 'HH:MM', to: 'HH:MM', zones: [id] | null}`, local, half-open."
    created_at: Mapped[datetime]


class PlanTarget(HasId, OfStation, Base):
    """The year's plan by topic; a topic of None is the whole station."""

    __tablename__ = "plan_target"
    __table_args__ = (UniqueConstraint("station_id", "year", "topic_id"),)

    year: Mapped[int]
    topic_id: Mapped[str | None] = mapped_column(ForeignKey("topic.id"))
    items: Mapped[int] = mapped_column(default=0)
    airings: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)
