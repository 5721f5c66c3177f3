"""Spoken sentences on disk, made once and shared by all bulletins, threads and workers.

A clip's file name holds the hash of what was asked and the hash of its own bytes, so that one
rename puts it in place and every reading proves it whole, also after a power cut.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from audio.speech.base import SpeechRequest
from audio.speech.cache_counts import CacheCounts, CountFile

KEPT_AT_LEAST = timedelta(hours=1)
"""A job holds paths while it renders: nothing used within the last hour is thrown away."""
DEFAULT_BUDGET = 2 * 2**30
"""Bytes: about twelve hours of speech at 48 kB a second."""
_CLIPS, _WORK, _LOCKS = "clips", "work", "locks"


@dataclass(frozen=True, slots=True)
class CacheStats:
    """`hits` and `misses` since the cache was laid; `clips` and `total_bytes` now."""

    hits: int
    misses: int
    clips: int
    total_bytes: int

    @property
    def hit_rate(self) -> float:
        """0.0 to 1.0; 0.0 while nothing was asked for."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else 0.0


def key_of(request: SpeechRequest, engine_version: str) -> str:
    """The same for requests that must sound the same: 64 hexadecimal digits.

    The sentence counts in NFC and without blanks at its ends; letters and punctuation count as
    they are, because voices read them differently.
    """
    sentence = unicodedata.normalize("NFC", request.text).strip()
    asked = [sentence, request.voice.engine, request.voice.name, request.speed_percent]
    return hashlib.sha256(json.dumps([*asked, engine_version]).encode()).hexdigest()


class SentenceCache:
    """`folder` is the cache's own. `budget` in bytes is kept by `evict`, not at each `put`."""

    def __init__(self, folder: Path, budget: int = DEFAULT_BUDGET) -> None:
        self._folder = folder
        self._budget = budget
        for part in (_CLIPS, _WORK, _LOCKS):
            (folder / part).mkdir(parents=True, exist_ok=True)
        self._counts = CountFile(folder / "counts.json")

    def get(self, key: str, now: datetime) -> Path | None:
        """The clip kept under `key`, proved whole, or None. It stays for KEPT_AT_LEAST after
        `now`. A damaged one is removed.
        """
        for clip in sorted(self._shard(key).glob(f"{key}.*.wav")):
            with contextlib.suppress(FileNotFoundError):  # evicted by another worker
                if _digest(clip) == clip.name.split(".")[1]:
                    os.utime(clip, (now.timestamp(), now.timestamp()))
                    return clip
                clip.unlink()
        return None

    def put(self, key: str, made: Path, now: datetime) -> Path:
        """Takes over the file `made` (of this cache's `workplace`); returns where it is kept."""
        shard = self._shard(key)
        shard.mkdir(exist_ok=True)
        clip = shard / f"{key}.{_digest(made)}.wav"
        os.utime(made, (now.timestamp(), now.timestamp()))
        made.replace(clip)
        return clip

    @contextlib.contextmanager
    def workplace(self) -> Iterator[Path]:
        """An empty folder on the cache's own disk to make a clip in; gone afterwards."""
        folder = Path(mkdtemp(dir=self._folder / _WORK))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextlib.contextmanager
    def making(self, key: str, *, waits: bool = True) -> Iterator[None]:
        """Holds off whoever else wants to make the same sentence, in any thread or process.

        Two of 256 sentences may share a lock. With `waits` false nobody is waited for, and the
        sentence may be made twice. The lock falls when its holder dies.
        """
        with (self._folder / _LOCKS / key[:2]).open("ab") as lock:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield

    def count(self, hits: int, misses: int) -> None:
        """Adds to the figures that `stats` shows; meant once a bulletin, not once a sentence."""
        self._counts.add(CacheCounts(hits, misses))

    def stats(self) -> CacheStats:
        counts = self._counts.read()
        sizes = [clip.size for clip in self._kept()]
        return CacheStats(counts.hits, counts.misses, len(sizes), sum(sizes))

    def evict(self, now: datetime) -> int:
        """Throws away what was used longest ago until the budget is kept; returns how many clips.

        Also removes work that a killed process left behind.
        """
        newest_to_go = (now - KEPT_AT_LEAST).timestamp()
        kept = sorted(self._kept(), key=lambda clip: clip.used_at)
        too_much = sum(clip.size for clip in kept) - self._budget
        gone = 0
        for clip in kept:
            if too_much <= 0 or clip.used_at > newest_to_go:
                break
            clip.path.unlink(missing_ok=True)
            too_much -= clip.size
            gone += 1
        for left in (self._folder / _WORK).iterdir():
            with contextlib.suppress(FileNotFoundError):
                if left.stat().st_mtime <= newest_to_go:
                    shutil.rmtree(left, ignore_errors=True)
        return gone

    def _shard(self, key: str) -> Path:
        return self._folder / _CLIPS / key[:2]

    def _kept(self) -> Iterator["_Kept"]:
        for clip in (self._folder / _CLIPS).glob("*/*.wav"):
            with contextlib.suppress(FileNotFoundError):
                facts = clip.stat()
                yield _Kept(clip, facts.st_size, facts.st_mtime)


@dataclass(frozen=True, slots=True)
class _Kept:
    path: Path
    size: int
    used_at: float


def _digest(clip: Path) -> str:
    return hashlib.sha256(clip.read_bytes()).hexdigest()[:32]
