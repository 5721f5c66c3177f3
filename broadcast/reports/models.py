"""Daily item facts that figures rest on, other channels' facts, issued reports."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from broadcast.bulletins.rules import BulletinKind, Origin
from broadcast.db import Base, EnumText, HasId, OfStation


class Source(StrEnum):
    LOG = "log"
    MANUAL = "manual"
    ESTIMATE = "estimate"


class ChannelFact(HasId, OfStation, Base):
    """A figure of another channel: website posts, guidance at the desk, meetings, banners."""

    __tablename__ = "channel_fact"
    __table_args__ = (Index("ix_channel_fact_when", "station_id", "from_day"),)

    from_day: Mapped[date]
    until_day: Mapped[date]
    "Exclusive."
    channel: Mapped[str] = mapped_column(String(40))
    topic_id: Mapped[str | None] = mapped_column(ForeignKey("topic.id"))
    form: Mapped[str] = mapped_column(String(200), default="")
    measure: Mapped[str] = mapped_column(String(80))
    "The noun that follows the number: `tin bài`, `lượt hướng dẫn`, `cuộc`."
    value: Mapped[int]
    source: Mapped[Source] = mapped_column(EnumText(Source), default=Source.MANUAL)
    evidence: Mapped[str] = mapped_column(String(500), default="")
    author_name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]


class ReportRow(HasId, OfStation, Base):
    """A report in work, or issued: then its document, figures, rule and log head are frozen."""

    __tablename__ = "report"

    title: Mapped[str] = mapped_column(String(300))
    from_day: Mapped[date]
    until_day: Mapped[date]
    template: Mapped[str] = mapped_column(String(60))
    "`standard` for the layout of the decree, else the id of an `office_template`."
    number: Mapped[str] = mapped_column(String(20), default="")
    issued_on: Mapped[date | None]
    texts: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    document: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    log_number: Mapped[int | None] = mapped_column(BigInteger)
    log_hash: Mapped[str] = mapped_column(String(64), default="")
    rule_version: Mapped[int | None]
    author_name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 -- SQLAlchemy's own form


class Ground(HasId, OfStation, Base):
    """The register of plans and decisions that a report cites as its grounds (căn cứ)."""

    __tablename__ = "ground"
    __table_args__ = (UniqueConstraint("station_id", "number", "issued_on"),)

    number: Mapped[str] = mapped_column(String(60))
    issued_on: Mapped[date]
    sentence: Mapped[str] = mapped_column(Text)
    "As cited: `Kế hoạch số 72/KH-UBND ngày 30 tháng 12 năm 2022 của … về …`."
    year: Mapped[int]


class DailyItemFact(Base):
    """`daily.DailyFact` as a row: what one local day says about one item. Made anew per day."""

    __tablename__ = "daily_item_fact"
    __table_args__ = (
        Index("ix_daily_item_fact_first", "station_id", "bulletin_id", "first_counted_at"),
        # SQLite keeps the rows in the order of the key: a period is one run of pages.
        {"sqlite_with_rowid": False},
    )

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    local_day: Mapped[date] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(32), primary_key=True)
    "Of everything the row is about; two workers can never write it twice."
    month: Mapped[str] = mapped_column(String(7))
    quarter: Mapped[str] = mapped_column(String(7))
    bulletin_id: Mapped[str] = mapped_column(String(80))
    topic_id: Mapped[str | None] = mapped_column(String(36))
    topic: Mapped[str] = mapped_column(String(120))
    "As it was named when it aired."
    kind: Mapped[BulletinKind] = mapped_column(EnumText(BulletinKind))
    origin: Mapped[Origin] = mapped_column(EnumText(Origin))
    slot_id: Mapped[str] = mapped_column(String(36))
    zones: Mapped[list[str]] = mapped_column(JSON)
    author: Mapped[str] = mapped_column(String(120))
    voice: Mapped[str] = mapped_column(String(80))
    threshold_percent: Mapped[int]
    counted: Mapped[int]
    net_ms: Mapped[int] = mapped_column(BigInteger)
    speaker_ms: Mapped[int] = mapped_column(BigInteger)
    reached: Mapped[int]
    expected: Mapped[int]
    zone_reach: Mapped[list[list[int]] | None] = mapped_column(JSON)
    "`[reached, expected]` of each of `zones`; nothing until its day is made anew after 0006."
    partial: Mapped[int]
    missed: Mapped[int]
    late: Mapped[int]
    unplanned: Mapped[int]
    estimates: Mapped[int]
    first_counted_at: Mapped[datetime | None]
    is_first: Mapped[bool]


class DailySessionFact(Base):
    """The time a session really took on one local day; one across midnight has a row on each."""

    __tablename__ = "daily_session_fact"
    __table_args__ = ({"sqlite_with_rowid": False},)

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    local_day: Mapped[date] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    month: Mapped[str] = mapped_column(String(7))
    quarter: Mapped[str] = mapped_column(String(7))
    slot_id: Mapped[str] = mapped_column(String(36))
    zones: Mapped[list[str]] = mapped_column(JSON)
    gross_ms: Mapped[int] = mapped_column(BigInteger)
    estimated: Mapped[bool]


class OfficeTemplate(HasId, OfStation, Base):
    """The office's own Word template. Rows stay: an issued report is printed with its own."""

    __tablename__ = "office_template"

    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    author_name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
