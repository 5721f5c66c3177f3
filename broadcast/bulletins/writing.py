"""What the writing page offers: the version in work, topics, and the voices of this machine."""

from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import gettext as _

from broadcast import web
from broadcast.bulletins.models import Bulletin, BulletinVersion
from broadcast.bulletins.queries import current_version, get_bulletin, list_topics
from broadcast.bulletins.rules import BulletinState
from broadcast.bulletins.service import RECORDING
from broadcast.bulletins.studio import Studio, open_studio
from broadcast.desk import Desk

OPEN = {BulletinState.DRAFTED, BulletinState.RETURNED}
"""Only these are saved while typing: one letter must not take an approved bulletin off the air."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A bulletin on the writing page."""

    bulletin: Bulletin
    version: BulletinVersion

    @property
    def is_open(self) -> bool:
        return self.bulletin.state in OPEN

    @property
    def row_version(self) -> str:
        return str(self.bulletin.row_version)

    @property
    def fields(self) -> dict[str, object]:
        """As the form has them."""
        return {
            "title": self.version.title,
            "kind": self.bulletin.kind.value,
            "topic_id": self.bulletin.topic_id,
            "text": self.version.text,
            "voice": f"{self.version.engine}/{self.version.voice}",
            "speed_percent": self.version.speed_percent,
            "row_version": self.row_version,
        }


def open_writing(desk: Desk, bulletin_id: str) -> Writing:
    """:raises NotFound: unknown, or another station's."""
    bulletin = get_bulletin(desk, bulletin_id)
    return Writing(bulletin, current_version(desk, bulletin))


def studio() -> Studio:
    return open_studio(web.parts().settings)


LABELS = (
    "Google – giọng nữ (cần mạng)",
    "eSpeak – giọng Bắc (ngoại tuyến)",
    "eSpeak – giọng Trung (ngoại tuyến)",
    "eSpeak – giọng Nam (ngoại tuyến)",
    "Thu âm sẵn (không dùng giọng máy)",
    "Giọng của chương trình riêng",
)
"""How the voices name themselves; the catalogue finds them here."""


def voice_label(own_name: str) -> str:
    """In the language of the page; a voice nobody foresaw keeps its own name."""
    return gettext(own_name)


def voice_words(engine: str, name: str) -> str:
    if engine == RECORDING:
        return _("Giọng người thu âm")
    return voice_label(studio().find_voice(engine, name).label)


def voice_choices(at: Writing | None) -> list[tuple[str, str]]:
    """Every voice of this machine; the recording too, once there is one."""
    voices = [
        (f"{voice.engine.value}/{voice.name}", voice_label(voice.label))
        for voice in studio().speech.voices()
    ]
    if at is None:
        return voices
    if at.version.upload_path:
        voices.insert(0, (f"{RECORDING}/{RECORDING}", _("Bản thu âm đã tải lên")))
    kept = f"{at.version.engine}/{at.version.voice}"
    if kept not in dict(voices):
        voices.append((kept, voice_words(at.version.engine, at.version.voice)))
    return voices


def topic_choices(desk: Desk, at: Writing | None) -> list[tuple[str, str]]:
    """Topics in use, and the one the bulletin has although it was put away."""
    topics = [(topic.id, topic.name) for topic in list_topics(desk)]
    if at is not None and at.bulletin.topic_id not in dict(topics):
        topics.append((at.bulletin.topic_id, at.bulletin.topic.name))
    return topics
