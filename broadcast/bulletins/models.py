"""Bulletins, their versions, what was made of them for the air, and who decided what."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broadcast.bulletins.rules import BulletinKind, BulletinState, Origin, Verdict
from broadcast.db import Base, EnumText, HasId, OfStation


class Topic(HasId, OfStation, Base):
    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("station_id", "code"),)

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    hue: Mapped[int] = mapped_column(default=0)
    "Which of the quiet topic colours; the same in calendar, charts and report."
    merged_into_id: Mapped[str | None] = mapped_column(ForeignKey("topic.id"))
    archived_at: Mapped[datetime | None]


class AudioFile(HasId, OfStation, Base):
    """An immutable file in the media folder, named after its SHA-256. Facts are measured."""

    __tablename__ = "audio_file"
    __table_args__ = (UniqueConstraint("station_id", "sha256"), Index("ix_audio_sha", "sha256"))

    sha256: Mapped[str] = mapped_column(String(64))
    bytes: Mapped[int]
    duration_ms: Mapped[int]
    loudness_lufs: Mapped[float]
    true_peak_dbtp: Mapped[float]
    silence_share: Mapped[float] = mapped_column(default=0.0)
    purpose: Mapped[str] = mapped_column(String(20), default="item")
    "`item`, `tune`, `upload`."
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    "The bytes were cleared after the retention time; the facts stay."


class Bulletin(HasId, OfStation, Base):
    """A text that will be spoken, or a recording. Title, topic and kind are those of the version
    in work; the log keeps its own snapshot.
    """

    __tablename__ = "bulletin"
    __table_args__ = (Index("ix_bulletin_shelf", "station_id", "state", "updated_at"),)

    title: Mapped[str] = mapped_column(String(300))
    kind: Mapped[BulletinKind] = mapped_column(EnumText(BulletinKind))
    topic_id: Mapped[str] = mapped_column(ForeignKey("topic.id"))
    origin: Mapped[Origin] = mapped_column(EnumText(Origin), default=Origin.OWN)
    state: Mapped[BulletinState] = mapped_column(
        EnumText(BulletinState), default=BulletinState.DRAFTED
    )
    version_no: Mapped[int] = mapped_column(default=1)
    search_key: Mapped[str] = mapped_column(Text, default="")
    "Title and text without accents, lower case: `chuyen doi so` finds `chuyển đổi số`."
    author_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    emergency: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)

    topic: Mapped[Topic] = relationship()
    versions: Mapped[list["BulletinVersion"]] = relationship(
        order_by="BulletinVersion.no", back_populates="bulletin"
    )

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012 -- SQLAlchemy's own form


class BulletinVersion(HasId, OfStation, Base):
    """The text as written and as spoken. Frozen once somebody has decided on it."""

    __tablename__ = "bulletin_version"
    __table_args__ = (UniqueConstraint("bulletin_id", "no"),)

    bulletin_id: Mapped[str] = mapped_column(ForeignKey("bulletin.id"))
    no: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text, default="")
    spoken: Mapped[str] = mapped_column(Text, default="")
    "What the reading made of `text`; derived, kept because the approval binds it."
    engine: Mapped[str] = mapped_column(String(20), default="google")
    "The wished engine: `google`, `espeak`, `command`, or `recording` for an uploaded file."
    voice: Mapped[str] = mapped_column(String(60), default="vi")
    speed_percent: Mapped[int] = mapped_column(default=100)
    upload_path: Mapped[str] = mapped_column(String(200), default="")
    "Below the data folder; what the operator recorded or uploaded, before production."
    rendition_id: Mapped[str | None] = mapped_column(
        ForeignKey("rendition.id", use_alter=True, name="fk_bulletin_version_rendition")
    )
    overridden: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    "Warnings of the text checker that the author set aside: `{kind, written, reason, by, at}`."
    author_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    "Who wrote this version last; may not approve it, whoever began the bulletin."
    author_name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]

    bulletin: Mapped[Bulletin] = relationship(back_populates="versions")
    rendition: Mapped["Rendition | None"] = relationship(foreign_keys=[rendition_id])


class Rendition(HasId, OfStation, Base):
    """One finished production of one version. A new text, voice or template makes a new one."""

    __tablename__ = "rendition"

    version_id: Mapped[str] = mapped_column(ForeignKey("bulletin_version.id"), index=True)
    audio_id: Mapped[str] = mapped_column(ForeignKey("audio_file.id"))
    made_from: Mapped[str] = mapped_column(String(64))
    "Hash of everything that went in; equal means that the audio need not be made again."
    spoken: Mapped[str] = mapped_column(Text)
    engine: Mapped[str] = mapped_column(String(20))
    voice: Mapped[str] = mapped_column(String(60))
    wished_engine: Mapped[str] = mapped_column(String(20))
    fallback_reason: Mapped[str] = mapped_column(Text, default="")
    cache_hits: Mapped[int] = mapped_column(default=0)
    cache_misses: Mapped[int] = mapped_column(default=0)
    sentences: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    "Each `{text, starts_ms, ends_ms}`."
    peaks: Mapped[list[int]] = mapped_column(JSON, default=list)
    "Waveform, 0 to 100."
    created_at: Mapped[datetime]

    audio: Mapped[AudioFile] = relationship()


class Decision(HasId, OfStation, Base):
    """An approval, a return or a withdrawal: by whom, under which authority, on exactly what."""

    __tablename__ = "decision"

    bulletin_id: Mapped[str] = mapped_column(ForeignKey("bulletin.id"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("bulletin_version.id"))
    rendition_id: Mapped[str | None] = mapped_column(ForeignKey("rendition.id"))
    verdict: Mapped[Verdict] = mapped_column(EnumText(Verdict))
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    authority: Mapped[str] = mapped_column(String(60), default="")
    "`Chủ tịch`, `thay mặt`, `ủy quyền`."
    waiver: Mapped[bool] = mapped_column(default=False)
    "Author and approver were one person under the station's one-person waiver."
    after_air: Mapped[bool] = mapped_column(default=False)
    user_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    user_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]


class DictionaryWord(HasId, OfStation, Base):
    """How this station wants a word read. `shared` words are offered to every station."""

    __tablename__ = "dictionary_word"
    __table_args__ = (UniqueConstraint("station_id", "written"),)

    written: Mapped[str] = mapped_column(String(120))
    spoken: Mapped[str] = mapped_column(String(300))
    shared: Mapped[bool] = mapped_column(default=False)
    author_name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
