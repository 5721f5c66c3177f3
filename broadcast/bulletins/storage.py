"""Where sound lies in the data folder. Files are named after their SHA-256 and never change."""

import os
import shutil
from pathlib import Path


def media_path(media_dir: Path, sha256: str) -> Path:
    """Two levels, so that a folder of ten years still lists quickly."""
    return media_dir / sha256[:2] / f"{sha256}.mp3"


def keep_media(media_dir: Path, made: Path, sha256: str) -> Path:
    """Move a finished file to its place; if the same bytes are there already, that is it."""
    target = media_path(media_dir, sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        made.unlink()
        return target
    aside = target.with_suffix(f".{os.getpid()}.part")
    shutil.move(made, aside)
    with aside.open("rb") as sealed:
        os.fsync(sealed.fileno())
    aside.replace(target)
    return target
