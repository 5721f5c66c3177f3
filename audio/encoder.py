"""Turns sound files into PCM and PCM into the station's MP3, through ffmpeg."""

import tempfile
import wave
from collections.abc import Callable
from pathlib import Path

from audio.ffmpeg import FfmpegStream, run_ffmpeg
from audio.levels import GainStage, ratio
from audio.peaks import SAMPLE_BYTES
from audio.pydub_quietly import AudioSegment, Sine
from audio.types import PCM_RATE_HZ, STATION_MP3, Decibels, Millis

_DECODE_WALL_S = 600.0
_DECODE_CPU_S = 300
_CODECS = ("mp3,mp3float,aac,aac_fixed,alac,vorbis,opus,libopus,flac,"
           "pcm_u8,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le")  # fmt: skip
LOCAL_ONLY = ("-protocol_whitelist", "file,pipe", "-codec_whitelist", _CODECS)
"""A playlist or a reference inside a file must never make ffmpeg open the network, and a rare
codec must never be the way in: only sound of the accepted kinds is decoded.
"""
RAW_PCM = ("-f", "s16le", "-ar", str(PCM_RATE_HZ), "-ac", "1")
"""Our PCM without a header, as ffmpeg's input."""
_STATION_PCM = ("-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1",
                "-map_chapters", "-1", "-ac", "1", "-ar", str(PCM_RATE_HZ),
                "-c:a", "pcm_s16le", "-bitexact")  # fmt: skip
PCM_TO_PIPE = (*_STATION_PCM, "-f", "s16le", "pipe:1")
_STATION_FRAMES = ("-c:a", "libmp3lame", "-b:a", f"{STATION_MP3.bit_rate_kbps}k",
                   "-compression_level", "7", "-reservoir", "0", "-write_xing", "0",
                   "-id3v2_version", "0", "-bitexact", "-f", "mp3", "pipe:1")  # fmt: skip
"""Without the bit reservoir no frame needs bytes of another one, so files join by their bytes.
Level 7 costs half the time of LAME's default and speech does not show it."""


SOUND_DELAY_MS = Millis(51)
"""How late the MP3 sounds: 5 ms the limiter looks ahead, 576 samples LAME, 529 every decoder."""


def decode_to_pcm(
    source: Path,
    target_wav: Path,
    *,
    limit_ms: int | None = None,
    demuxer: str | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> str:
    """Writes the first audio stream of `source` as a mono signed 16 bit 24 kHz WAV, and returns
    what ffmpeg complained of; usually nothing.

    `limit_ms` cuts what is longer. `demuxer` forces ffmpeg's reading of the container, so that a
    file cannot pass itself off as a playlist.

    :raises FfmpegFailed: `source` holds no sound that ffmpeg can read.
    :raises AudioWorkTooLong: it took more than ten minutes, or five of the processor.
    """
    cut = ("-t", f"{limit_ms / 1000:.3f}") if limit_ms is not None else ()
    return run_ffmpeg(
        ["-v", "error", *_untrusted(source, demuxer), *_STATION_PCM, *cut,
         "-f", "wav", "-y", f"file:{target_wav}"],
        wall_limit_s=_DECODE_WALL_S,
        cpu_limit_s=_DECODE_CPU_S,
        cancelled=cancelled,
    )  # fmt: skip


def describe(source: Path, *, demuxer: str) -> str:
    """What ffmpeg says of `source` after reading its headers only.

    :raises FfmpegFailed: no container of this kind, or no audio stream in it.
    """
    return run_ffmpeg(
        ["-v", "info", *_untrusted(source, demuxer), "-map", "0:a:0", "-t", "0", "-f", "null", "-"],
        wall_limit_s=_DECODE_WALL_S,
        cpu_limit_s=_DECODE_CPU_S,
    )


def _untrusted(source: Path, demuxer: str | None) -> tuple[str, ...]:
    forced = ("-f", demuxer) if demuxer else ()
    return (*LOCAL_ONLY, *forced, "-i", f"file:{source}")


def mp3_encoder(pcm: Path, stage: GainStage) -> FfmpegStream:
    """An ffmpeg that reads raw PCM, applies gain and limiter and gives station frames."""
    levels = f"volume={stage.gain_db:.3f}dB"
    limit = f"alimiter=limit={ratio(stage.limit_dbfs):.5f}:level=false"
    return FfmpegStream(
        ["-v", "error", *RAW_PCM, "-i", f"file:{pcm}", "-af", f"{levels},{limit}",
         *_STATION_FRAMES],
        read=True,
    )  # fmt: skip


def tempo_changer(percent: int, target_pcm: Path) -> FfmpegStream:
    """An ffmpeg that is fed raw PCM and writes it to `target_pcm` at `percent` of its speed,
    pitch unchanged. 50 to 200 is what a listener can follow.
    """
    return FfmpegStream(
        ["-v", "error", *RAW_PCM, "-i", "pipe:0", "-af", f"atempo={percent / 100:.2f}",
         *_STATION_PCM, "-f", "wav", "-y", f"file:{target_pcm}"],
        fed=True,
    )  # fmt: skip


def tone(frequency_hz: float, duration_ms: int, gain_db: Decibels) -> AudioSegment:
    """A sine wave of `gain_db` below full scale, as a pydub segment for short edits."""
    sine = Sine(frequency_hz, sample_rate=PCM_RATE_HZ, bit_depth=8 * SAMPLE_BYTES)
    return sine.to_audio_segment(duration=duration_ms, volume=gain_db)


def silence(duration_ms: int) -> AudioSegment:
    return AudioSegment.silent(duration=duration_ms, frame_rate=PCM_RATE_HZ)


def write_wav(segment: AudioSegment, target: Path) -> None:
    """Stores a mono 24 kHz 16 bit segment; `target` appears whole or not at all."""
    # pydub's own export leaves the file open, which Python reports as a ResourceWarning.
    with (
        tempfile.NamedTemporaryFile(dir=target.parent, prefix=".wav-", delete=False) as draft,
        wave.open(draft, "wb") as stored,
    ):
        stored.setparams((1, SAMPLE_BYTES, PCM_RATE_HZ, 0, "NONE", "not compressed"))
        stored.writeframes(segment.raw_data)
    Path(draft.name).chmod(0o644)
    Path(draft.name).replace(target)
