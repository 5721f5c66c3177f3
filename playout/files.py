"""Small files that survive a power cut: written aside, fsynced, renamed, and checked when read."""

import errno
import hashlib
import os
from pathlib import Path

from playout.errors import BoxError, DiskFull, DiskReadOnly


def write_checked(path: Path, content: bytes) -> None:
    """Replaces `path` at once or not at all; the first line is the hash of the rest.

    :raises DiskFull, DiskReadOnly: the old content is still there.
    """
    digest = hashlib.sha256(content).hexdigest().encode()
    aside = path.with_name(path.name + ".new")
    try:
        with aside.open("wb") as out:
            out.write(digest + b"\n" + content)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(path)
        sync_folder(path.parent)
    except OSError as err:
        raise disk_error(err) from err


def read_checked(path: Path) -> bytes | None:
    """The content, or None when there is none or its hash is wrong (a dying card)."""
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest().encode() == digest else None


def sync_folder(folder: Path) -> None:
    """Makes a rename inside `folder` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def disk_error(err: OSError) -> BoxError:
    """The named condition behind an OSError of writing."""
    if err.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DiskFull(detail=str(err))
    return DiskReadOnly(detail=str(err))
