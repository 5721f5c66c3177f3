"""Audio on the disk, named by its own hash: a file is whole and right or it is not there.

Downloads grow in a `.part` file, are hashed, fsynced and renamed. Nothing is deleted but to make
room, and never what the next 72 hours need.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from playout.errors import DiskFull, DiskReadOnly, MediaCorrupt, MediaMissing
from playout.files import disk_error, sync_folder
from playout.plan import Audio

PROTECTED = timedelta(hours=72)
"""The horizon of a plan: a box cut off now must be able to play all of it."""

SPARE_BYTES = 32 * 2**20
"""Left free on the card for the journal and the plan, whatever the budget says."""

_CHUNK = 256 * 1024
_NAME = re.compile(r"[0-9a-f]{64}\.mp3")

Fetch = Callable[[Audio, Path], None]
"""Appends what is missing of a file to a path; raises what `client.fetch_media` raises."""


class MediaCache:
    def __init__(self, folder: Path, budget_bytes: int) -> None:
        self._folder = folder
        self._budget_bytes = budget_bytes
        self._held: dict[str, int] = {}
        with suppress(DiskFull, DiskReadOnly):  # a box without room still says so, and relays
            self._make_folder()
        for path in folder.glob("*.mp3"):
            if _NAME.fullmatch(path.name):
                self._held[path.stem] = path.stat().st_size

    @property
    def held(self) -> frozenset[str]:
        return frozenset(self._held)

    @property
    def size_bytes(self) -> int:
        return sum(self._held.values())

    @property
    def free_bytes(self) -> int:
        return shutil.disk_usage(
            self._folder if self._folder.is_dir() else self._folder.parent
        ).free

    def verify(self, sha256: str) -> Path:
        """The file, read through and hashed just now.

        :raises MediaMissing, MediaCorrupt: a corrupt file is deleted, so that it is fetched again.
        """
        path = self._path(sha256)
        try:
            found = _hash_file(path)
        except FileNotFoundError as err:
            self._held.pop(sha256, None)
            raise MediaMissing(sha256=sha256) from err
        except OSError as err:
            self._forget(sha256)
            raise MediaCorrupt(sha256=sha256, detail=str(err)) from err
        if found != sha256:
            self._forget(sha256)
            raise MediaCorrupt(sha256=sha256)
        return path

    def store(
        self, audio: Audio, fetch: Fetch, needed: Mapping[str, datetime], now: datetime
    ) -> None:
        """Fetches, proves and keeps one file, after making room for it.

        :raises DiskFull: what the next 72 hours need leaves no room, or the card is full.
        :raises DiskReadOnly, MediaCorrupt: and all that `fetch` raises; a cut download is kept.
        """
        self._make_folder()
        part = self._path(audio.sha256).with_suffix(".part")
        self._sweep_parts(keep=part)
        self._make_room(audio, needed, now)
        try:
            fetch(audio, part)
            _prove(part, audio)
            with part.open("rb+") as done:
                os.fsync(done.fileno())
            part.replace(self._path(audio.sha256))
            sync_folder(self._folder)
        except MediaCorrupt:
            part.unlink(missing_ok=True)
            raise
        except OSError as err:
            raise disk_error(err) from err
        self._held[audio.sha256] = audio.size_bytes

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as err:
            raise disk_error(err) from err

    def _make_room(self, audio: Audio, needed: Mapping[str, datetime], now: datetime) -> None:
        for sha256 in choose_evictions(
            self._held,
            needed,
            now,
            excess_bytes=max(
                self.size_bytes + audio.size_bytes - self._budget_bytes,
                audio.size_bytes + SPARE_BYTES - self.free_bytes,
            ),
        ):
            self._discard(sha256)

    def _sweep_parts(self, keep: Path) -> None:
        """One unfinished download is worth resuming; older ones only take room."""
        for part in self._folder.glob("*.part"):
            if part != keep and not self._is_recent(part, keep):
                part.unlink(missing_ok=True)

    def _is_recent(self, part: Path, than: Path) -> bool:
        newer = sorted(self._folder.glob("*.part"), key=lambda p: p.stat().st_mtime, reverse=True)
        return part in [p for p in newer if p != than][:3]

    def _forget(self, sha256: str) -> None:
        """A card that cannot delete the broken file must not stop the air."""
        with suppress(DiskFull, DiskReadOnly):
            self._discard(sha256)

    def _discard(self, sha256: str) -> None:
        self._held.pop(sha256, None)
        try:
            self._path(sha256).unlink(missing_ok=True)
        except OSError as err:
            raise disk_error(err) from err

    def _path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.mp3"


def choose_evictions(
    held: Mapping[str, int], needed: Mapping[str, datetime], now: datetime, *, excess_bytes: int
) -> list[str]:
    """PURE: which files go, least needed first: what no plan names, then what is due last.

    :raises DiskFull: room could only come from what is due within 72 hours.
    """
    far_away = datetime.max.replace(tzinfo=now.tzinfo)
    candidates = [s for s in held if s not in needed or needed[s] > now + PROTECTED]
    candidates.sort(key=lambda s: (needed.get(s, far_away), s), reverse=True)
    chosen: list[str] = []
    for sha256 in candidates:
        if excess_bytes <= 0:
            break
        chosen.append(sha256)
        excess_bytes -= held[sha256]
    if excess_bytes > 0:
        raise DiskFull(short_of_bytes=excess_bytes)
    return chosen


def _prove(part: Path, audio: Audio) -> None:
    if part.stat().st_size != audio.size_bytes or _hash_file(part) != audio.sha256:
        raise MediaCorrupt(sha256=audio.sha256)


def _hash_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
