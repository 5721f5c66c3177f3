"""Any program as a voice: UTF-8 text in on standard input, WAV out on standard output.

Piper, or a small script around FPT.AI or Viettel. It ends with 0 and a WAV; 65 (EX_DATAERR) when
it cannot say the text, 75 (EX_TEMPFAIL) when its service wants to be left alone; any other status
means that it does not work now. It runs without a shell, in a session of its own, within limits.
"""

import contextlib
import hashlib
import os
import re
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from audio.speech.base import Engine, SpeechRequest, Voice, text_for
from audio.speech.clip import WAV, settle
from audio.speech.errors import (
    SpeechError,
    SpeechInterrupted,
    SpeechRefused,
    SpeechThrottled,
    SpeechUnavailable,
)

_KEPT_WORDS = 300
_PLACE = re.compile(r"\{(?:voice|speed)\}")
_BY_STATUS: dict[int, type[SpeechError]] = {
    os.EX_DATAERR: SpeechRefused,
    os.EX_TEMPFAIL: SpeechThrottled,
}


@dataclass(frozen=True, slots=True)
class CommandLimits:
    patience_s: float = 60.0
    """Piper on a mini PC needs a second for a sentence, an online service some ten."""
    largest_answer: int = 32 * 2**20
    """Bytes: over five minutes of 48 kHz stereo, for one sentence."""
    longest_text: int = 1_000


class CommandSpeech:
    """`command` is an argument list; `{voice}` and `{speed}` in it become the voice's name and the
    speed in per cent. Nobody but the administrator may set it.

    The program sees only `environ`; give it what it needs (a key, a model folder).
    `sets_speed` is true when the command mentions `{speed}`.
    """

    engine = Engine.COMMAND

    def __init__(
        self,
        command: Sequence[str],
        voices: Sequence[Voice],
        *,
        is_local: bool = False,
        environ: Mapping[str, str],
        limits: CommandLimits = CommandLimits(),
    ) -> None:
        self.command = tuple(command)
        self._voices = tuple(voices)
        self._environ = dict(environ)
        self._limits = limits
        self.is_local = is_local
        self.sets_speed = any("{speed}" in word for word in self.command)
        self.version = hashlib.sha256("\0".join(self.command).encode()).hexdigest()[:16]

    def voices(self) -> tuple[Voice, ...]:
        return self._voices

    def say(self, request: SpeechRequest, target: Path, *, patience_s: float | None = None) -> None:
        text = text_for(request, self._voices, at_most=self._limits.longest_text)
        limit_s = self._limits.patience_s
        deadline = time.monotonic() + (limit_s if patience_s is None else min(patience_s, limit_s))
        with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as complaint:
            # A file, not a pipe: a program that never reads its input cannot block us.
            question.write(text.encode())
            question.seek(0)
            sound = self._run(request, question, complaint, deadline)
        settle(sound, WAV, request, target)

    def _run(
        self, request: SpeechRequest, question: BinaryIO, complaint: BinaryIO, deadline: float
    ) -> bytes:
        try:
            program = subprocess.Popen(
                self._arguments(request),
                stdin=question,
                stdout=subprocess.PIPE,
                stderr=complaint,
                env=self._environ,
                start_new_session=True,
            )
        except OSError as error:
            raise SpeechUnavailable(
                f"Không chạy được chương trình giọng đọc “{self.command[0]}”. Hãy kiểm tra lệnh "
                "trong phần Cài đặt.",
                cause=str(error),
            ) from error
        with program:
            try:
                sound = self._read(program, deadline)
                status = program.wait(timeout=max(deadline - time.monotonic(), 0))
            except subprocess.TimeoutExpired as error:
                raise _too_slow() from error
            finally:
                _end_with_children(program)
        if status != 0:
            raise _failure(status, complaint)
        return sound

    def _arguments(self, request: SpeechRequest) -> list[str]:
        values = {"{voice}": request.voice.name, "{speed}": str(request.speed_percent)}
        return [_PLACE.sub(lambda place: values[place[0]], word) for word in self.command]

    def _read(self, program: "subprocess.Popen[bytes]", deadline: float) -> bytes:
        assert program.stdout is not None  # noqa: S101  for mypy
        source, sound = program.stdout.fileno(), bytearray()
        poll = select.poll()
        poll.register(source, select.POLLIN)
        while True:
            left_ms = (deadline - time.monotonic()) * 1000
            if left_ms <= 0 or not poll.poll(left_ms):
                raise _too_slow()
            part = os.read(source, 65_536)
            if not part:
                return bytes(sound)
            sound += part
            if len(sound) > self._limits.largest_answer:
                raise SpeechInterrupted("Chương trình giọng đọc trả về quá nhiều dữ liệu.")


def _end_with_children(program: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(program.pid, signal.SIGKILL)


def _too_slow() -> SpeechInterrupted:
    return SpeechInterrupted("Chương trình giọng đọc chạy quá lâu nên đã dừng.")


def _failure(status: int, complaint: BinaryIO) -> SpeechError:
    complaint.seek(0)
    said = complaint.read().decode("utf-8", "replace")[-_KEPT_WORDS:]
    return _BY_STATUS.get(status, SpeechUnavailable)(status=status, said=said)
