"""The voice of a station that plays recorded sound only: it says so, and never pretends."""

from pathlib import Path

from audio.speech.base import Engine, SpeechRequest, Voice
from audio.speech.errors import SpeechUnavailable

RECORDED = Voice(Engine.SILENT, "recorded", "Thu âm sẵn (không dùng giọng máy)")


class SilentSpeech:
    engine = Engine.SILENT
    version = "1"
    is_local = True
    sets_speed = True

    def voices(self) -> tuple[Voice, ...]:
        return (RECORDED,)

    def say(
        self,
        request: SpeechRequest,
        target: Path,
        *,
        patience_s: float | None = None,
    ) -> None:
        raise SpeechUnavailable(
            "Đài đang đặt chế độ chỉ dùng âm thanh thu sẵn. Hãy tải lên hoặc thu âm bản tin này, "
            "hoặc bật một giọng đọc trong phần Cài đặt."
        )
