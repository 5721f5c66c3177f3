"""The station's MP3 seen as what it is: frames of 192 bytes that last 24 ms each.

Layout after ISO/IEC 13818-3 (MPEG-2 Layer III). Every frame of a station file begins with the
same four bytes and refers to no other frame, so files join and cut at frame edges by their bytes.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from audio.errors import AudioError
from audio.types import STATION_MP3, Millis

FRAME_BYTES = STATION_MP3.frame_bytes
FRAME_MS = STATION_MP3.frame_ms
HEADER = b"\xff\xf3\x84\xc4"
"""MPEG-2 Layer III without CRC; 64 kbit/s, 24 kHz, no padding; mono, original."""
SILENT_FRAME = HEADER + bytes(FRAME_BYTES - len(HEADER))
"""Side information of zeros: no scale factor, no coefficient, hence digital silence."""
BLOCK_FRAMES = 2_048
_SIDE_INFO_BYTES = 9
_TAG_AT = len(HEADER) + _SIDE_INFO_BYTES
_HAS_FRAMES_AND_BYTES = 3
_ID3_HEADER_BYTES = 10
_ID3V1_BYTES = 128
_NO_RESERVOIR = 0
"""The byte after the header, main_data_begin: how far a frame reaches back. Never, in ours."""


class NotStationMp3(AudioError):
    code = "audio.not_station_mp3"
    message = (
        "Tệp này không đúng định dạng MP3 của đài (24 kHz, một kênh, 64 kbit/s) hoặc đã hỏng. "
        "Hãy tạo lại âm thanh của bản tin."
    )


def frames_in(duration_ms: int) -> int:
    """Frames that last `duration_ms`, rounded to the nearest frame."""
    return (duration_ms + FRAME_MS // 2) // FRAME_MS


def duration_of(frames: int) -> Millis:
    """Exact duration of `frames`."""
    return Millis(frames * FRAME_MS)


def info_frame(frames: int) -> bytes:
    """The first frame of a finished file; it is silent, says how many frames follow, and is not
    counted among them. With it players know the duration at once and need not estimate it.
    """
    counts = struct.pack(">III", _HAS_FRAMES_AND_BYTES, frames, (frames + 1) * FRAME_BYTES)
    tag = b"Info" + counts
    return SILENT_FRAME[:_TAG_AT] + tag + SILENT_FRAME[_TAG_AT + len(tag) :]


def is_info_frame(frame: bytes) -> bool:
    """Whether `frame` is an Info or Xing frame rather than sound."""
    return frame[_TAG_AT : _TAG_AT + 4] in (b"Info", b"Xing")


@dataclass(frozen=True, slots=True)
class FrameRun:
    """The sounding frames of a station file: bytes `[start, start + frames * 192)` of `path`."""

    path: Path
    start: int
    frames: int

    @property
    def size_bytes(self) -> int:
        return self.frames * FRAME_BYTES

    def blocks(self) -> Iterator[bytes]:
        """Blocks of whole frames, each checked. :raises NotStationMp3: a damaged frame."""
        with self.path.open("rb") as stored:
            stored.seek(self.start)
            left = self.size_bytes
            while left:
                block = stored.read(min(left, BLOCK_FRAMES * FRAME_BYTES))
                if not holds_station_frames(block):
                    raise NotStationMp3(path=str(self.path))
                left -= len(block)
                yield block


def find_frames(path: Path) -> FrameRun:
    """Where the sounding frames of a station file lie, without ID3 tags and Info frame.

    Looks at the ends of the file only; `FrameRun.blocks` looks at every frame.

    :raises NotStationMp3: no frame of the station's format, or a torn one.
    """
    with path.open("rb") as stored:
        start, end = _without_tags(stored)
        stored.seek(start)
        first = stored.read(FRAME_BYTES)
    if is_info_frame(first):
        start += FRAME_BYTES
    frames, torn = divmod(end - start, FRAME_BYTES)
    if torn or frames < 1 or not holds_station_frames(first):
        raise NotStationMp3(path=str(path))
    return FrameRun(path, start, frames)


def count_frames(path: Path) -> int:
    """Sounding frames of a station file, every one of them checked.

    :raises NotStationMp3: a frame of another format, a torn frame, or no frame at all.
    """
    return sum(len(block) for block in find_frames(path).blocks()) // FRAME_BYTES


def holds_station_frames(block: bytes) -> bool:
    """Whether `block` is whole frames of the station's format and none leans on another one."""
    frames, torn = divmod(len(block), FRAME_BYTES)
    if torn or not frames:
        return False
    # Compared column by column: one C loop per header byte instead of one step per frame.
    expected = (*HEADER, _NO_RESERVOIR)
    return all(
        block[column::FRAME_BYTES] == bytes((value,)) * frames
        for column, value in enumerate(expected)
    )


def _without_tags(stored: BinaryIO) -> tuple[int, int]:
    """Bytes `[start, end)` between an ID3v2 tag at the front and an ID3v1 tag at the end."""
    start = _id3v2_bytes(stored.read(_ID3_HEADER_BYTES))
    end = stored.seek(0, os.SEEK_END)
    stored.seek(max(start, end - _ID3V1_BYTES))
    return start, end - _ID3V1_BYTES if stored.read(3) == b"TAG" else end


def _id3v2_bytes(head: bytes) -> int:
    if len(head) < _ID3_HEADER_BYTES or head[:3] != b"ID3":
        return 0
    size = 0
    for septet in head[6:10]:
        size = size << 7 | septet & 0x7F
    return size + _ID3_HEADER_BYTES
