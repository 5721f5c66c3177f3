"""Files nobody needs any more: half-made by killed workers, joined sessions of old days."""

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

HALF_MADE = (".render-*", ".upload-*", ".join-*", ".wav-*", "tmp*")
HALF_MADE_FOR = timedelta(hours=6)
"""Longer than the longest task may run."""
JOINED_FOR = timedelta(days=3)


def clear_leftovers(data_dir: Path, now: datetime) -> int:
    """Remove what is older than its time; says how many. Finished audio is never touched."""
    removed = 0
    for folder in ("media", "uploads", "work", "speech"):
        for pattern in HALF_MADE:
            removed += _clear((data_dir / folder).glob(pattern), now - HALF_MADE_FOR)
    return removed + _clear((data_dir / "programmes").glob("*.mp3"), now - JOINED_FOR)


def _clear(found: Iterable[Path], before: datetime) -> int:
    count = 0
    for path in found:
        try:
            if path.stat().st_mtime >= before.timestamp():
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        except FileNotFoundError:
            # Another worker was quicker.
            continue
        count += 1
    return count
