"""The port of every voice: one sentence in, one WAV file out. Knows no engine."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from audio.speech.errors import SpeechRefused

NORMAL_SPEED_PERCENT = 100
SPEED_BOUNDS_PERCENT = (50, 150)


class Engine(StrEnum):
    GOOGLE = "google"
    """Google's online voice: best effort, nobody grants a right or a service level."""
    ESPEAK = "espeak"
    """eSpeak NG on this machine: robotic, always there, three regions."""
    COMMAND = "command"
    """A program of the station's choice (Piper, FPT.AI, Viettel): text in, WAV out."""
    SILENT = "silent"
    """No voice at all: the station plays recorded sound only."""


@dataclass(frozen=True, slots=True)
class Voice:
    """`name` is what the engine calls it (`vi-vn-x-south`), `label` what an operator reads."""

    engine: Engine
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """One sentence as it is spoken. `speed_percent`: 100 is normal, 50 to 150.

    :raises SpeechRefused: the speed is out of bounds.
    """

    text: str
    voice: Voice
    speed_percent: int = NORMAL_SPEED_PERCENT

    def __post_init__(self) -> None:
        slowest, fastest = SPEED_BOUNDS_PERCENT
        if not slowest <= self.speed_percent <= fastest:
            raise SpeechRefused(
                f"Tốc độ đọc phải từ {slowest}% đến {fastest}%.", speed_percent=self.speed_percent
            )


class Speech(Protocol):
    """A voice engine. Safe to call from several threads; says one sentence at a time.

    `version` changes whenever the same request would sound different: it is part of the cache's
    key. `is_local` engines answer from this machine within moments. `sets_speed` engines speak
    slower or faster by themselves; the others only at 100 %, and the mix changes the tempo.
    """

    @property
    def engine(self) -> Engine: ...

    @property
    def version(self) -> str: ...

    @property
    def is_local(self) -> bool: ...

    @property
    def sets_speed(self) -> bool: ...

    def voices(self) -> tuple[Voice, ...]:
        """Every voice this engine can speak with now; empty when it has none."""
        ...

    def say(self, request: SpeechRequest, target: Path, *, patience_s: float | None = None) -> None:
        """Writes mono 16 bit 24 kHz WAV to `target`, whole or not at all.

        `patience_s` bounds the time until the answer or an error, retries and waiting for the
        engine's turn included; None leaves it to the engine's own limits.

        :raises SpeechUnavailable: not reachable, not installed, or nothing usable came back.
        :raises SpeechRefused: this text, voice or speed is not accepted.
        :raises SpeechThrottled: the service wants to be left alone for a while.
        """
        ...


def text_for(request: SpeechRequest, voices: tuple[Voice, ...], *, at_most: int) -> str:
    """The request's text, stripped and NFC, if one of `voices` may say it in `at_most` letters.

    :raises SpeechRefused: unknown voice, nothing to pronounce, or too long.
    """
    if request.voice not in voices:
        raise SpeechRefused(
            f"Không có giọng đọc “{request.voice.label}”. Hãy chọn một giọng trong danh sách.",
            voice=request.voice.name,
        )
    text = unicodedata.normalize("NFC", request.text).strip()
    if not is_speakable(text):
        raise SpeechRefused("Câu không có chữ nào để đọc. Hãy xoá câu này hoặc viết lại.")
    if len(text) > at_most:
        raise SpeechRefused(
            f"Câu dài {len(text)} ký tự, giọng này đọc tối đa {at_most} ký tự một lần. "
            "Hãy tách câu ra.",
            length=len(text),
        )
    return text


def is_speakable(text: str) -> bool:
    """Whether a voice has anything to pronounce: at least one letter or digit."""
    return any(letter.isalnum() for letter in text)
