"""Google's online Vietnamese voice: best effort, paced, tried again, never waited for too long."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

import requests

from audio.speech.base import NORMAL_SPEED_PERCENT, Engine, SpeechRequest, Voice, text_for
from audio.speech.clip import MP3, settle
from audio.speech.errors import SpeechInterrupted, SpeechRefused
from audio.speech.google_exchange import (
    GOOGLE_TLDS,
    LARGEST_TEXT,
    Question,
    check_endpoint,
)
from audio.speech.pace import Pace

GOOGLE_VOICE = Voice(Engine.GOOGLE, "vi", "Google – giọng nữ (cần mạng)")


@dataclass(frozen=True, slots=True)
class GoogleLimits:
    """How long and how often one sentence is tried."""

    connect_s: float = 3.05
    """Just over the 3 s after which TCP sends its first packet again."""
    answer_s: float = 10.0
    attempts: int = 4
    back_off_s: float = 0.5
    """Before the second attempt; doubled each time, plus up to as much again by chance so that
    two workers do not come back together."""
    patience_s: float = 40.0


class GoogleSpeech:
    """Speaks sentences of at most 100 letters at 100 % speed.

    `endpoint` (`http(s)://host[:port]`) replaces Google's own host, for a stand-in or a mirror.

    :raises ValueError: `tld` is not in GOOGLE_TLDS, or `endpoint` is not such an address.
    """

    engine = Engine.GOOGLE
    # Google does not tell a version. Raise ours when the handling below changes what is heard;
    # gTTS's own number would throw the cache away without a reason.
    version = "1"
    is_local = False
    sets_speed = False

    def __init__(
        self,
        pace: Pace,
        *,
        tld: str = "com",
        endpoint: str | None = None,
        limits: GoogleLimits = GoogleLimits(),
    ) -> None:
        if tld not in GOOGLE_TLDS:
            raise ValueError(f"tld {tld!r} is not one of {sorted(GOOGLE_TLDS)}")
        self._base_url = check_endpoint(endpoint or f"https://translate.google.{tld}")
        # A proxy of the environment is for the way to Google, not to an address we were given.
        self._uses_environment_proxy = endpoint is None
        self._pace = pace
        self._limits = limits

    def voices(self) -> tuple[Voice, ...]:
        return (GOOGLE_VOICE,)

    def say(self, request: SpeechRequest, target: Path, *, patience_s: float | None = None) -> None:
        text = text_for(request, self.voices(), at_most=LARGEST_TEXT)
        if request.speed_percent != NORMAL_SPEED_PERCENT:
            raise SpeechRefused("Giọng Google chỉ đọc ở tốc độ thường.")
        limit_s = self._limits.patience_s
        deadline = time.monotonic() + (limit_s if patience_s is None else min(patience_s, limit_s))
        for attempt in range(self._limits.attempts):
            self._pace.wait_turn(deadline)
            try:
                settle(self._ask(text, deadline), MP3, request, target)
            except SpeechInterrupted:
                pause_s = self._back_off_s(attempt)
                is_last = attempt + 1 == self._limits.attempts
                if is_last or time.monotonic() + pause_s >= deadline:
                    raise
                time.sleep(pause_s)
            else:
                return

    def _ask(self, text: str, deadline: float) -> bytes:
        left_s = max(deadline - time.monotonic(), 0.001)
        connect_s, answer_s = self._limits.connect_s, self._limits.answer_s
        with requests.Session() as session:
            session.trust_env = self._uses_environment_proxy
            return Question(text, self._base_url).ask(
                session, min(connect_s, left_s), min(answer_s, left_s)
            )

    def _back_off_s(self, attempt: int) -> float:
        pause_s = self._limits.back_off_s * 2.0**attempt
        return pause_s + random.uniform(0, pause_s)  # noqa: S311  spreads load, guards nothing
