"""Keeps one eSpeak helper process alive and talks to it, each answer within a time limit."""

import contextlib
import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audio.speech.errors import SpeechInterrupted, SpeechRefused, SpeechUnavailable

HELPER = Path(__file__).with_name("espeak_helper.py")
LARGEST_HEAD = 4_096
LARGEST_SOUND = 64 * 2**20
_GOODBYE_S = 1.0


@dataclass(frozen=True, slots=True)
class RawSound:
    """Mono signed 16 bit samples in the machine's byte order."""

    samples: bytes
    rate_hz: int


class EspeakProcess:
    """Starts the helper at the first question; a dead one is started anew by the next question.

    One question at a time: threads wait for each other. A process that was forked after the start
    gets a helper of its own, because two owners of one pipe would read each other's answers.
    """

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-P", str(HELPER))) -> None:
        self._command = command
        self._turn = threading.Lock()
        self._helper: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The helper's process id while one is running."""
        helper = self._helper
        return helper.pid if helper is not None and helper.poll() is None else None

    def ask(self, question: dict[str, object], patience_s: float) -> RawSound:
        """:raises SpeechInterrupted: the helper died or did not answer in time; it is gone now.
        :raises SpeechRefused: eSpeak does not accept the question.
        :raises SpeechUnavailable: no helper can be started.
        """
        deadline = time.monotonic() + patience_s
        if not self._turn.acquire(timeout=max(patience_s, 0)):
            raise SpeechInterrupted("Giọng ngoại tuyến đang bận. Hãy thử lại sau ít phút.")
        in_step = False
        try:
            head, samples = self._exchange(self._running(), json.dumps(question).encode(), deadline)
            in_step = True
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise SpeechInterrupted(
                "Giọng ngoại tuyến dừng đột ngột. Hãy thử lại.", cause=str(error)
            ) from error
        finally:
            # Whatever broke in, a task's time limit too: half an exchange would make the next
            # question read this one's answer.
            if not in_step:
                self._end(goodbye_s=0)
            self._turn.release()
        if "error" in head:
            raise SpeechRefused(said=head["error"])
        return RawSound(samples, head["rate_hz"])

    def close(self) -> None:
        """Ends the helper; the next question would start another."""
        with self._turn:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        # In a forked worker the helper is nobody's child: poll() calls it ended there, and the
        # worker starts one of its own.
        if self._helper is not None and self._helper.poll() is not None:
            self._end()
        if self._helper is None:
            self._helper = self._start()
        return self._helper

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError as error:
            raise SpeechUnavailable(
                "Không khởi động được giọng ngoại tuyến. Hãy cài gói espeakng-loader.",
                cause=str(error),
            ) from error

    @staticmethod
    def _exchange(
        helper: subprocess.Popen[bytes], question: bytes, deadline: float
    ) -> tuple[dict[str, Any], bytes]:
        """The head of the answer and as many bytes of sound as it tells."""
        assert helper.stdin is not None and helper.stdout is not None  # noqa: S101, PT018  for mypy
        helper.stdin.write(struct.pack(">I", len(question)) + question)
        answers = helper.stdout.fileno()
        (size,) = struct.unpack(">I", _read_exactly(answers, 4, deadline))
        if size > LARGEST_HEAD:
            raise ValueError(f"head of {size} bytes")
        head = json.loads(_read_exactly(answers, size, deadline))
        sound_bytes = 0 if "error" in head else int(head["bytes"])
        if not 0 <= sound_bytes <= LARGEST_SOUND:
            raise ValueError(f"sound of {sound_bytes} bytes")
        return head, _read_exactly(answers, sound_bytes, deadline)

    def _end(self, goodbye_s: float = _GOODBYE_S) -> None:
        helper, self._helper = self._helper, None
        if helper is None:
            return
        _close_pipes(helper)
        try:
            helper.wait(timeout=goodbye_s)
        except subprocess.TimeoutExpired:
            helper.kill()
            helper.wait()


def _close_pipes(helper: subprocess.Popen[bytes]) -> None:
    for pipe in (helper.stdin, helper.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _read_exactly(source: int, count: int, deadline: float) -> bytes:
    poll = select.poll()
    poll.register(source, select.POLLIN)
    parts = bytearray()
    while len(parts) < count:
        left_ms = (deadline - time.monotonic()) * 1000
        if left_ms <= 0 or not poll.poll(left_ms):
            raise TimeoutError("eSpeak did not answer in time")
        part = os.read(source, count - len(parts))
        if not part:
            raise EOFError("eSpeak helper ended")
        parts += part
    return bytes(parts)
