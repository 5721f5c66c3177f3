"""Measures sound: facts of a file, loudness of a stream, where a clip begins and ends."""

import hashlib
import re
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audio.encoder import LOCAL_ONLY, PCM_TO_PIPE
from audio.errors import AudioError
from audio.ffmpeg import AudioWorkCancelled, FfmpegStream
from audio.levels import FLOOR_DB, NO_GAIN_DB, Loudness
from audio.mix import Stretch
from audio.peaks import SAMPLE_BYTES, LevelMeter
from audio.pydub_quietly import AudioSegment, detect_leading_silence
from audio.types import PCM_RATE_HZ, Decibels, Lufs, Millis

_LOUDNESS = "ebur128=framelog=verbose"
"""Debian's ffmpeg 5 knows `verbose`, not `quiet`; the summary comes at `info`."""
_LOUDNESS_AND_PEAK = f"{_LOUDNESS}:peak=true"
_QUICK_LOUDNESS_AND_PEAK = (
    f"asplit[heard][drawn];[drawn]aresample={4 * PCM_RATE_HZ},"
    "astats=measure_perchannel=none:measure_overall=Peak_level,anullsink;"
    f"[heard]{_LOUDNESS}"
)
"""Four times oversampling, as ITU-R BS.1770-4 annex 2 asks; ebur128 itself goes up to 192 kHz,
which costs twice as much here and tells the same to a tenth.
"""
_EDGE_SAMPLES = 10 * PCM_RATE_HZ
_SILENT_BELOW_DBFS = -45.0
_SPEECH_RANGE_DB = 35.0
_KEPT_EDGE_MS = 30
"""Consonants such as s, x, h begin softly; cutting to the sample would swallow them."""
_INTEGRATED = re.compile(r"^\s*I:\s+(-?[\d.]+|-?inf|nan) LUFS", re.MULTILINE)
_PEAK = re.compile(r"\bPeak(?: level dB)?:\s+(-?[\d.]+|-?inf|nan)", re.MULTILINE)


class UnsuitablePcm(AudioError):
    code = "audio.unsuitable_pcm"
    message = (
        "Đoạn âm thanh này không phải WAV một kênh 24 kHz 16 bit hoặc đã hỏng. "
        "Hãy tạo lại giọng đọc của câu này."
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """Facts of a sound file; shares are 0..1, `waveform` holds at most 800 heights of 0..100."""

    duration_ms: Millis
    loudness_lufs: Lufs
    true_peak_dbtp: Decibels
    silence_share: float
    clipped_share: float
    bytes: int
    sha256: str
    waveform: tuple[int, ...]


def measure(
    path: Path, *, demuxer: str | None = None, cancelled: Callable[[], bool] = lambda: False
) -> Measured:
    """Decodes the first audio stream of `path` once and returns what was heard.

    :raises FfmpegFailed: `path` holds no sound that ffmpeg can read.
    :raises AudioWorkCancelled: `cancelled()` became true.
    """
    forced = ("-f", demuxer) if demuxer else ()
    meter = LevelMeter()
    arguments = [
        "-v",
        "info",
        *LOCAL_ONLY,
        *forced,
        "-i",
        f"file:{path}",
        "-af",
        _LOUDNESS_AND_PEAK,
    ]
    with FfmpegStream([*arguments, *PCM_TO_PIPE], read=True) as decoder:
        for block in decoder.blocks():
            if cancelled():
                raise AudioWorkCancelled
            meter.add(block)
        heard = parse_loudness(decoder.finish())
    meter.close()
    return Measured(
        duration_ms=Millis(meter.samples * 1000 // PCM_RATE_HZ),
        loudness_lufs=heard.loudness_lufs,
        true_peak_dbtp=heard.true_peak_dbtp,
        silence_share=meter.profile.silence_share(NO_GAIN_DB),
        clipped_share=meter.clipped_share,
        bytes=path.stat().st_size,
        sha256=sha256_of(path),
        waveform=meter.waveform(),
    )


def loudness_meter(source: Sequence[str], *, true_peak: bool) -> FfmpegStream:
    """An ffmpeg that is fed sound in the format `source` (at the house rate) and says its loudness
    at the end.
    """
    listen = _QUICK_LOUDNESS_AND_PEAK if true_peak else _LOUDNESS
    return FfmpegStream(
        ["-v", "info", *source, "-i", "pipe:0", "-af", listen, "-f", "null", "-"], fed=True
    )


def parse_loudness(said: str) -> Loudness:
    """The last words of ffmpeg's ebur128 and astats; FLOOR_DB for what they could not tell."""
    return Loudness(Lufs(_last(_INTEGRATED, said)), Decibels(_last(_PEAK, said)))


def _last(pattern: re.Pattern[str], said: str) -> float:
    found = pattern.findall(said)
    value = float(found[-1]) if found else float(FLOOR_DB)
    return value if value > FLOOR_DB else float(FLOOR_DB)  # also for nan and -inf


def sounding_stretch(path: Path) -> Stretch:
    """The clip without the silence at its ends, of which 30 ms are kept; zero samples if silent.

    Looks at the first and the last ten seconds only, so that a long clip costs no memory; more
    silence than that stays, and the measure of the item finds it.

    :raises UnsuitablePcm: not a mono 24 kHz 16 bit WAV file.
    """
    with _station_wav(path) as clip:
        samples = clip.getnframes()
        head = clip.readframes(min(samples, _EDGE_SAMPLES))
        clip.setpos(max(0, samples - _EDGE_SAMPLES))
        tail = clip.readframes(_EDGE_SAMPLES)
    first, last = pcm_segment(head), pcm_segment(tail)
    # A quiet recording is not silence: what counts is the distance from its own peak.
    threshold = min(_SILENT_BELOW_DBFS, max(first.max_dBFS, last.max_dBFS) - _SPEECH_RANGE_DB)
    before = _silent_samples(first, threshold)
    after = _silent_samples(last.reverse(), threshold)
    return Stretch(path, before, max(0, samples - before - after))


def whole_stretch(path: Path) -> Stretch:
    """All of the file. :raises UnsuitablePcm: not a mono 24 kHz 16 bit WAV file."""
    with _station_wav(path) as clip:
        return Stretch(path, 0, clip.getnframes())


@contextmanager
def _station_wav(path: Path) -> Iterator[wave.Wave_read]:
    try:
        with wave.open(str(path), "rb") as clip:
            if clip.getparams()[:3] != (1, SAMPLE_BYTES, PCM_RATE_HZ):
                raise UnsuitablePcm(path=str(path))
            yield clip
    except (wave.Error, EOFError, OSError) as error:
        raise UnsuitablePcm(path=str(path)) from error


def _silent_samples(segment: AudioSegment, threshold: float) -> int:
    if segment.max == 0:
        return int(segment.frame_count())
    silent_ms = detect_leading_silence(segment, silence_threshold=threshold)
    if silent_ms >= len(segment):
        return int(segment.frame_count())
    return max(0, int(silent_ms) - _KEPT_EDGE_MS) * PCM_RATE_HZ // 1000


def pcm_segment(pcm: bytes) -> AudioSegment:
    """`pcm` (mono, 24 kHz, 16 bit) as a pydub segment, for short edits."""
    return AudioSegment(data=pcm, sample_width=SAMPLE_BYTES, frame_rate=PCM_RATE_HZ, channels=1)


def sha256_of(path: Path) -> str:
    with path.open("rb") as stored:
        return hashlib.file_digest(stored, "sha256").hexdigest()
