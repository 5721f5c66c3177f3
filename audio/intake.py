"""Takes a file from a stranger: streams it to disk, looks at its content, keeps only the sound."""

import hashlib
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from audio.containers import HEAD_BYTES, Container, Disguise, is_cut_off, recognise
from audio.encoder import decode_to_pcm, describe
from audio.errors import AudioError
from audio.ffmpeg import FfmpegFailed
from audio.probe import Measured, measure

_BLOCK_BYTES = 65_536
_SILENT_SHARE = 0.95
_BEYOND_LIMIT_MS = 1_000
_SHORTEST_MS = 400
"""EBU R 128 needs one block of 400 ms to tell a loudness."""
_TAG_SEARCH_BYTES = 262_144
_SCRIPT = re.compile(rb"<\s*(script|iframe|svg)\b|javascript:", re.IGNORECASE)
_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d)\.(\d\d)")
_FOREIGN = ("matches no streams", "not on whitelist")
"""ffmpeg's words for a film without sound and for a codec that we do not let in."""
_LOST_SHARE = 0.03
_LOST_SLACK_MS = 500
"""Declared and decoded durations differ by encoder delay and rounding, not by more."""


class EmptyUpload(AudioError):
    code = "audio.upload_empty"
    message = "Tệp rỗng (0 byte). Hãy chọn lại tệp hoặc thu lại."


class UploadTooBig(AudioError):
    code = "audio.upload_too_big"
    message = "Tệp lớn hơn mức cho phép. Hãy nén lại thành MP3 hoặc cắt ngắn."


class UploadTooLong(AudioError):
    code = "audio.upload_too_long"
    message = "Âm thanh dài hơn mức cho phép. Hãy cắt thành nhiều phần."


class NotSound(AudioError):
    code = "audio.upload_not_sound"
    message = (
        "Tệp này không phải tệp âm thanh dùng được. Đài nhận MP3, WAV, M4A, OGG, FLAC và WebM; "
        "đổi tên tệp không làm nó thành âm thanh."
    )


class PlaylistNotSound(NotSound):
    code = "audio.upload_playlist"
    message = "Đây là danh sách phát, không phải âm thanh. Hãy tải lên chính tệp âm thanh."


class ScriptInUpload(AudioError):
    code = "audio.upload_script"
    message = (
        "Tệp này chứa mã lệnh trong phần thông tin đi kèm nên bị từ chối. "
        "Hãy xuất lại âm thanh thành một tệp mới rồi tải lên."
    )


class DamagedUpload(AudioError):
    code = "audio.upload_damaged"
    message = "Tệp âm thanh bị hỏng hoặc bị cắt cụt khi tải. Hãy tải lại hoặc xuất lại tệp."


class SilentUpload(AudioError):
    code = "audio.upload_silent"
    message = "Tệp này gần như không có tiếng. Hãy kiểm tra micro rồi thu lại."


class UploadTooShort(AudioError):
    code = "audio.upload_too_short"
    message = "Âm thanh ngắn chưa đến nửa giây. Hãy thu lại."


@dataclass(frozen=True, slots=True)
class Upload:
    """What is kept of an upload: its sound as mono 24 kHz 16 bit WAV, without pictures, chapters
    and tags. `sha256` is the hash of the bytes that were sent; `measured` speaks of the WAV.
    """

    path: Path
    container: Container
    sha256: str
    bytes: int
    measured: Measured


def take_upload(stream: BinaryIO, *, folder: Path, limit_bytes: int, limit_ms: int) -> Upload:
    """Stores the sound of `stream` in `folder` as <hash of the upload>.wav; nothing else stays.

    Memory does not grow with the upload. Reading stops one block after `limit_bytes`.

    :raises EmptyUpload, UploadTooBig, UploadTooLong, UploadTooShort: by size and duration.
    :raises NotSound, PlaylistNotSound, ScriptInUpload, DamagedUpload, SilentUpload: by content.
    :raises AudioWorkTooLong: decoding was stopped at its limit of time.
    """
    with tempfile.TemporaryDirectory(dir=folder, prefix=".upload-") as scratch:
        sent = Path(scratch) / "sent"
        sha256 = _store(stream, sent, limit_bytes)
        container = _accepted_container(sent)
        _refuse_script(sent)
        declared_ms = _declared_ms(sent, container)
        if declared_ms is not None and declared_ms > limit_ms:
            raise UploadTooLong(duration_ms=declared_ms, limit_ms=limit_ms)
        wav = Path(scratch) / "sound.wav"
        _decode(sent, container, wav, limit_ms)
        measured = measure(wav, demuxer="wav")
        _refuse_unusable(measured, declared_ms=declared_ms, limit_ms=limit_ms)
        kept = folder / f"{sha256}.wav"
        size_bytes = sent.stat().st_size
        wav.replace(kept)
    return Upload(kept, container, sha256, size_bytes, measured)


def _store(stream: BinaryIO, target: Path, limit_bytes: int) -> str:
    digest = hashlib.sha256()
    size = 0
    with target.open("wb") as stored:
        while block := stream.read(_BLOCK_BYTES):
            size += len(block)
            if size > limit_bytes:
                raise UploadTooBig(limit_bytes=limit_bytes)
            digest.update(block)
            stored.write(block)
    if not size:
        raise EmptyUpload
    return digest.hexdigest()


def _accepted_container(sent: Path) -> Container:
    with sent.open("rb") as stored:
        found = recognise(stored.read(HEAD_BYTES))
    if found is Disguise.PLAYLIST:
        raise PlaylistNotSound
    if not isinstance(found, Container):
        raise NotSound
    if is_cut_off(sent, found):
        raise DamagedUpload
    return found


def _refuse_script(sent: Path) -> None:
    """Tags stand at the front or at the end of every container that we take."""
    with sent.open("rb") as stored:
        front = stored.read(_TAG_SEARCH_BYTES)
        stored.seek(max(0, sent.stat().st_size - _TAG_SEARCH_BYTES))
        if _SCRIPT.search(front) or _SCRIPT.search(stored.read()):
            raise ScriptInUpload


def _declared_ms(sent: Path, container: Container) -> int | None:
    """Duration that the headers promise; None where they promise nothing, as in live WebM."""
    try:
        said = describe(sent, demuxer=container)
    except FfmpegFailed as error:
        raise _unreadable(error) from error
    found = _DURATION.search(said)
    if found is None:
        return None
    hours, minutes, seconds, hundredths = map(int, found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10


def _decode(sent: Path, container: Container, wav: Path, limit_ms: int) -> None:
    try:
        said = decode_to_pcm(sent, wav, demuxer=container, limit_ms=limit_ms + _BEYOND_LIMIT_MS)
    except FfmpegFailed as error:
        raise _unreadable(error) from error
    if "ended prematurely" in said:
        raise DamagedUpload(said=said)


def _unreadable(error: FfmpegFailed) -> NotSound | DamagedUpload:
    said = str(error.facts["said"])
    return (
        NotSound(said=said) if any(sign in said for sign in _FOREIGN) else DamagedUpload(said=said)
    )


def _refuse_unusable(measured: Measured, *, declared_ms: int | None, limit_ms: int) -> None:
    duration_ms = measured.duration_ms
    if duration_ms > limit_ms:
        raise UploadTooLong(duration_ms=duration_ms, limit_ms=limit_ms)
    if declared_ms is not None:
        lost_ms = declared_ms - duration_ms
        if lost_ms > _LOST_SHARE * declared_ms + _LOST_SLACK_MS:
            raise DamagedUpload(declared_ms=declared_ms, duration_ms=duration_ms)
    if duration_ms < _SHORTEST_MS:
        raise UploadTooShort(duration_ms=duration_ms)
    if measured.silence_share > _SILENT_SHARE:
        raise SilentUpload(silence_share=measured.silence_share)
