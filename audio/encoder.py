"""Turns sound files into PCM and PCM into the station's MP3, through ffmpeg."""

from collections.abc import Callable
from pathlib import Path

from audio.ffmpeg import FfmpegStream, run_ffmpeg
from audio.levels import GainStage, ratio
from audio.types import PCM_RATE_HZ, STATION_MP3

LOCAL_ONLY = ("-protocol_whitelist", "file,pipe")
"""A playlist or a reference inside a file must never make ffmpeg open the network."""
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


def decode_to_pcm(
    source: Path,
    target_wav: Path,
    *,
    limit_ms: int | None = None,
    demuxer: str | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Writes the first audio stream of `source` as a mono signed 16 bit 24 kHz WAV.

    `limit_ms` cuts what is longer. `demuxer` forces ffmpeg's reading of the container, so that a
    file cannot pass itself off as a playlist.

    :raises FfmpegFailed: `source` holds no sound that ffmpeg can read.
    """
    forced = ("-f", demuxer) if demuxer else ()
    cut = ("-t", f"{limit_ms / 1000:.3f}") if limit_ms is not None else ()
    run_ffmpeg(
        ["-v", "error", *LOCAL_ONLY, *forced, "-i", f"file:{source}", *_STATION_PCM, *cut,
         "-f", "wav", "-y", f"file:{target_wav}"],
        cancelled=cancelled,
    )  # fmt: skip


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
