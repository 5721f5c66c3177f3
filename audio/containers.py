"""Tells by its first bytes what an uploaded file is. Names and declared types are not believed."""

import struct
from enum import StrEnum
from pathlib import Path

HEAD_BYTES = 4_096
_OGG_HEADER_BYTES = 27
_LAST_PAGES_BYTES = 131_072
"""An Ogg page has at most 65 307 bytes, so the last one begins in here."""
_UNKNOWN_RIFF_SIZE = 0xFFFF_FF00
_MARKUP = (b"<!doctype", b"<html", b"<script", b"<?xml", b"<svg", b"<?php")
_PLAYLISTS = (b"#extm3u", b"ffconcat", b"[playlist]", b"<smil", b"<asx")
_MPEG_LAYER_3 = 0b01
_BAD_BIT_RATE = 0b1111
_BAD_SAMPLE_RATE = 0b11


class Container(StrEnum):
    """Accepted containers; the value is the ffmpeg demuxer that is forced on the file."""

    MP3 = "mp3"
    WAV = "wav"
    M4A = "mov"
    OGG = "ogg"
    FLAC = "flac"
    WEBM = "matroska"


class Disguise(StrEnum):
    """Text files that people or attackers send as sound."""

    MARKUP = "markup"
    PLAYLIST = "playlist"


def recognise(head: bytes) -> Container | Disguise | None:
    """What the file is that begins with `head` (at least HEAD_BYTES, or all of it)."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(_PLAYLISTS):
        return Disguise.PLAYLIST
    if text.startswith(_MARKUP):
        return Disguise.MARKUP
    for container, signature, at in _SIGNATURES:
        if head[at : at + len(signature)] == signature:
            return container
    return Container.MP3 if _begins_with_mp3_frame(head) else None


_SIGNATURES = (
    (Container.WAV, b"WAVE", 8),
    (Container.M4A, b"ftyp", 4),
    (Container.OGG, b"OggS", 0),
    (Container.FLAC, b"fLaC", 0),
    (Container.WEBM, b"\x1a\x45\xdf\xa3", 0),
    (Container.MP3, b"ID3", 0),
)


def _begins_with_mp3_frame(head: bytes) -> bool:
    """Frame header after ISO/IEC 11172-3: eleven ones, layer III, valid bit and sample rate."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    return (
        head[1] >> 1 & 0b11 == _MPEG_LAYER_3
        and head[2] >> 4 != _BAD_BIT_RATE
        and head[2] >> 2 & 0b11 != _BAD_SAMPLE_RATE
    )


def is_cut_off(path: Path, container: Container) -> bool:
    """Whether a WAV or OGG file ends before its own structure does.

    ffmpeg reads these two to the tear without a word; the other kinds it complains of itself.
    """
    size = path.stat().st_size
    with path.open("rb") as stored:
        if container is Container.WAV:
            return _riff_end(stored.read(8)) > size
        if container is Container.OGG:
            stored.seek(max(0, size - _LAST_PAGES_BYTES))
            return not _ends_with_whole_page(stored.read())
    return False


def _riff_end(head: bytes) -> int:
    """The file size that a RIFF header promises; 0 when the writer could not know it (a stream)."""
    (content,) = struct.unpack_from("<I", head, 4)
    return 0 if content >= _UNKNOWN_RIFF_SIZE else content + len(head)


def _ends_with_whole_page(tail: bytes) -> bool:
    """Whether the last Ogg page (RFC 3533 section 6) in `tail` ends exactly where `tail` ends."""
    at = tail.rfind(b"OggS")
    if at < 0 or len(tail) < at + _OGG_HEADER_BYTES:
        return False
    segments = tail[at + _OGG_HEADER_BYTES - 1]
    table = tail[at + _OGG_HEADER_BYTES : at + _OGG_HEADER_BYTES + segments]
    return at + _OGG_HEADER_BYTES + segments + sum(table) == len(tail)
