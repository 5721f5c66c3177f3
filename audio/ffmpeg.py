"""Finds the ffmpeg program and runs it with limits. Knows nothing of bulletins or formats."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import IO, Self

from audio.errors import AudioError

CPU_LIMIT_S = 1_800
"""Five hours of sound decode in a minute; what eats half an hour of processor is an attack."""
WALL_LIMIT_S = 3_600.0
_POLL_S = 0.2
_KEPT_STDERR = 20_000
_STOPPED_AT_CPU_LIMIT = (255, -signal.SIGXCPU, -signal.SIGKILL)
"""ffmpeg catches SIGXCPU and ends with 255, as it does for every signal; nobody else sends one."""


class FfmpegMissing(AudioError):
    code = "audio.ffmpeg_missing"
    message = (
        "Máy này chưa có ffmpeg. Hãy cài gói imageio-ffmpeg, hoặc đặt LOA_FFMPEG là đường dẫn "
        "tới chương trình ffmpeg."
    )


class FfmpegFailed(AudioError):
    code = "audio.ffmpeg_failed"
    message = "Chương trình ffmpeg không xử lý được tệp âm thanh này. Hãy thử một tệp khác."


class AudioWorkTooLong(AudioError):
    code = "audio.work_too_long"
    message = (
        "Xử lý tệp âm thanh này mất quá nhiều thời gian nên đã dừng. Hãy chia tệp ra ngắn hơn."
    )


class AudioWorkCancelled(AudioError):
    code = "audio.cancelled"
    message = "Đã dừng làm âm thanh theo yêu cầu. Bấm làm lại khi cần."


def ffmpeg_path(environ: Mapping[str, str] = os.environ) -> str:
    """The ffmpeg to run: LOA_FFMPEG, else `ffmpeg` on PATH, else the one imageio-ffmpeg carries.

    :raises FfmpegMissing: none of the three is there, or LOA_FFMPEG names no program.
    """
    return _find_ffmpeg(environ.get("LOA_FFMPEG", ""), environ.get("PATH", os.defpath))


@cache
def _find_ffmpeg(chosen: str, search_path: str) -> str:
    if chosen:
        found = shutil.which(chosen, path=search_path)
        if found is None:
            raise FfmpegMissing(chosen=chosen)
        return found
    return shutil.which("ffmpeg", path=search_path) or _carried_ffmpeg()


def _carried_ffmpeg() -> str:
    # Imported late: the package looks for its binary when it is first asked.
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        raise FfmpegMissing from error


def start_ffmpeg(
    arguments: Sequence[str],
    *,
    cpu_limit_s: int = CPU_LIMIT_S,
    stdin: int | None = None,
    stdout: int | None = subprocess.DEVNULL,
    stderr: int | IO[bytes] | None = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    """A running ffmpeg that neither asks questions nor outlives its share of the processor."""
    command = [ffmpeg_path(), "-nostdin", "-hide_banner", "-nostats", *arguments]
    process = subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=stderr)
    with contextlib.suppress(ProcessLookupError):
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (cpu_limit_s, cpu_limit_s + 1))
    return process


def run_ffmpeg(
    arguments: Sequence[str],
    *,
    wall_limit_s: float = WALL_LIMIT_S,
    cpu_limit_s: int = CPU_LIMIT_S,
    cancelled: Callable[[], bool] | None = None,
) -> str:
    """Runs ffmpeg to its end and returns the last 20 kB of what it said on stderr.

    :raises FfmpegFailed: it ended with an error; `facts["said"]` holds its words.
    :raises AudioWorkTooLong: it was stopped at a limit.
    :raises AudioWorkCancelled: `cancelled()` became true; it is asked about five times a second.
    """
    with start_ffmpeg(arguments, cpu_limit_s=cpu_limit_s) as process:
        try:
            said = _wait(process, time.monotonic() + wall_limit_s, cancelled)
        except BaseException:
            process.kill()
            raise
    _refuse_failure(process.returncode, said)
    return said


def _wait(
    process: subprocess.Popen[bytes], deadline: float, cancelled: Callable[[], bool] | None
) -> str:
    while True:
        try:
            _, said = process.communicate(timeout=_POLL_S)
        except subprocess.TimeoutExpired:
            if time.monotonic() > deadline:
                raise AudioWorkTooLong from None
            if cancelled is not None and cancelled():
                raise AudioWorkCancelled from None
        else:
            return said[-_KEPT_STDERR:].decode("utf-8", "replace")


def _refuse_failure(returncode: int, said: str) -> None:
    if returncode in _STOPPED_AT_CPU_LIMIT:
        raise AudioWorkTooLong
    if returncode:
        raise FfmpegFailed(said=said)


class FfmpegStream:
    """An ffmpeg that is fed or read while it runs; it dies with the `with` block.

    Sound goes through pipes block by block, so that memory does not grow with the text.
    """

    def __init__(self, arguments: Sequence[str], *, fed: bool = False, read: bool = False) -> None:
        # A file for stderr: a pipe that nobody empties would stop ffmpeg.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        self._process = start_ffmpeg(
            arguments,
            stdin=subprocess.PIPE if fed else subprocess.DEVNULL,
            stdout=subprocess.PIPE if read else subprocess.DEVNULL,
            stderr=self._said,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        with contextlib.suppress(BrokenPipeError):
            self._process.__exit__(None, None, None)
        self._said.close()

    def write(self, block: bytes) -> None:
        """Feeds ffmpeg. :raises FfmpegFailed: it has stopped listening."""
        if self._process.stdin is None:
            raise ValueError("this ffmpeg is not fed")
        try:
            self._process.stdin.write(block)
        except BrokenPipeError as error:
            raise FfmpegFailed(said=self._words()) from error

    def blocks(self, size: int = 65_536) -> Iterator[bytes]:
        """What ffmpeg gives on stdout, in blocks of at most `size` bytes."""
        if self._process.stdout is None:
            raise ValueError("this ffmpeg is not read")
        while block := self._process.stdout.read(size):
            yield block

    def finish(self) -> str:
        """Ends the input, waits, and returns the last 20 kB of stderr; errors as `run_ffmpeg`."""
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        returncode = self._process.wait()
        _refuse_failure(returncode, self._words())
        return self._words()

    def _words(self) -> str:
        size = self._said.seek(0, os.SEEK_END)
        self._said.seek(max(0, size - _KEPT_STDERR))
        return self._said.read().decode("utf-8", "replace")
