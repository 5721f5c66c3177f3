"""Turns sound files into PCM and PCM into the station's MP3, through ffmpeg."""

from collections.abc import Callable
from pathlib import Path

from audio.ffmpeg import run_ffmpeg
from audio.types import PCM_RATE_HZ

QUIET = ("-v", "error")
LOCAL_ONLY = ("-protocol_whitelist", "file,pipe")
"""A playlist or a reference inside a file must never make ffmpeg open the network."""
PCM_OUT = ("-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1",
           "-ac", "1", "-ar", str(PCM_RATE_HZ), "-c:a", "pcm_s16le")  # fmt: skip


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
        [*QUIET, *LOCAL_ONLY, *forced, "-i", f"file:{source}", *PCM_OUT, *cut,
         "-bitexact", "-f", "wav", "-y", f"file:{target_wav}"],
        cancelled=cancelled,
    )  # fmt: skip
