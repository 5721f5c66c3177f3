import hashlib
import io
import struct
from pathlib import Path

import pytest

from audio.containers import Container
from audio.errors import AudioError
from audio.intake import (
    DamagedUpload,
    EmptyUpload,
    NotSound,
    PlaylistNotSound,
    ScriptInUpload,
    SilentUpload,
    UploadTooBig,
    UploadTooLong,
    UploadTooShort,
    take_upload,
)
from audio.item import ItemOrder
from audio.probe import whole_stretch
from audio.render import render_item

pytestmark = pytest.mark.ffmpeg

MEGABYTE = 1_000_000
KINDS = {
    "a.mp3": (Container.MP3, "libmp3lame"),
    "a.wav": (Container.WAV, "pcm_s24le"),
    "a.m4a": (Container.M4A, "aac"),
    "a.ogg": (Container.OGG, "libopus"),
    "a.flac": (Container.FLAC, "flac"),
    "a.webm": (Container.WEBM, "libopus"),
}


@pytest.fixture
def take(tmp_path):
    def run(content: bytes | Path, limit_bytes: int = 20 * MEGABYTE, limit_ms: int = 60_000):
        stream = io.BytesIO(content if isinstance(content, bytes) else content.read_bytes())
        return take_upload(stream, folder=tmp_path, limit_bytes=limit_bytes, limit_ms=limit_ms)

    return run


@pytest.fixture
def refused(take, tmp_path):
    def run(error: type[AudioError], content: bytes | Path, **limits: int):
        with pytest.raises(error) as raised:
            take(content, **limits)
        assert type(raised.value) is error
        assert list(tmp_path.iterdir()) == [], "a refused upload leaves nothing"
        return raised.value

    return run


@pytest.fixture
def coded(sounds):
    def make(name: str, *extra: str, sample: str = "speech") -> Path:
        codec = KINDS[name][1]
        return sounds.file(name, "-i", sounds.sample(sample), "-ar", "48000", "-c:a", codec, *extra)

    return make


@pytest.mark.parametrize("name", KINDS)
def test_every_accepted_kind_becomes_speech_for_the_mixer(name, take, coded, tmp_path):
    sent = coded(name)
    upload = take(sent)
    assert upload.container is KINDS[name][0]
    assert upload.sha256 == hashlib.sha256(sent.read_bytes()).hexdigest()
    assert upload.bytes == sent.stat().st_size
    assert whole_stretch(upload.path).samples == pytest.approx(8.7 * 24_000, rel=0.1)
    assert upload.measured.loudness_lufs == pytest.approx(-18.0, abs=1.0)
    assert list(tmp_path.iterdir()) == [upload.path]


@pytest.mark.parametrize("name", KINDS)
def test_the_name_is_not_believed(name, take, coded):
    assert take(coded(name)).container is KINDS[name][0]  # take() never sees a name


@pytest.mark.parametrize("name", ["a.m4a", "a.flac", "a.webm"])
def test_an_upload_cut_off_half_way_is_refused(name, refused, coded):
    content = coded(name).read_bytes()
    refused(DamagedUpload, content[: len(content) * 6 // 10])


@pytest.mark.parametrize("name", ["a.mp3", "a.wav", "a.ogg"])
def test_an_upload_cut_off_in_a_kind_that_hides_it_is_refused_too(name, refused, coded):
    content = coded(name).read_bytes()
    refused(DamagedUpload, content[: len(content) * 6 // 10 + 1])


def test_a_live_recording_without_a_duration_is_taken(take, sounds):
    sent = sounds.file("live.webm", "-i", sounds.sample("speech"), "-c:a", "libopus", "-live", "1")
    assert take(sent).measured.duration_ms == pytest.approx(8_700, rel=0.1)


@pytest.mark.parametrize("name", ["a.mp3", "a.m4a", "a.flac"])
def test_cover_art_chapters_and_tags_are_left_behind(name, take, sounds, tmp_path_factory):
    notes = tmp_path_factory.mktemp("notes") / "notes.txt"
    notes.write_text(
        ";FFMETADATA1\ntitle=BIMAT\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=900\ntitle=BIMAT\n"
    )
    cover = sounds.file("cover.jpg", "-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1")
    sent = sounds.file(
        f"tagged-{name}", "-i", sounds.sample("speech"), "-i", cover, "-i", notes, "-map", "0:a",
        "-map", "1:v", "-map_metadata", "2", "-c:a", KINDS[name][1], "-c:v", "copy",
        "-disposition:v", "attached_pic",
    )  # fmt: skip
    assert b"BIMAT" in sent.read_bytes()
    kept = take(sent).path.read_bytes()
    assert b"BIMAT" not in kept
    assert len(kept) < 44 + 2 * 24_000 * 10


def test_an_upload_can_be_rendered(take, coded, clip, tmp_path):
    upload = take(coded("a.m4a", sample="phone"))
    spoken = clip("speech")
    order = ItemOrder((type(spoken)(upload.path, "", 0, 0),))
    item = render_item(order, folder=tmp_path, progress=lambda *_: None, cancelled=lambda: False)
    assert item.loudness_lufs == pytest.approx(-16.0, abs=0.5)


def test_no_bytes_are_no_upload(refused):
    refused(EmptyUpload, b"")


def test_reading_stops_soon_after_the_limit(tmp_path):
    endless = EndlessStream()
    with pytest.raises(UploadTooBig):
        take_upload(endless, folder=tmp_path, limit_bytes=MEGABYTE, limit_ms=60_000)
    assert endless.given <= MEGABYTE + 65_536
    assert list(tmp_path.iterdir()) == []


class EndlessStream(io.RawIOBase):
    given = 0

    def read(self, size: int = -1) -> bytes:
        self.given += size
        return b"\xff\xfb\x90\x44" * (size // 4)


def test_an_upload_of_exactly_the_limit_is_taken(take, coded):
    sent = coded("a.mp3")
    assert take(sent, limit_bytes=sent.stat().st_size)


@pytest.mark.parametrize("name", ["a.mp3", "a.flac", "a.m4a"])
def test_what_declares_itself_too_long_is_refused_before_decoding(name, refused, coded):
    error = refused(UploadTooLong, coded(name), limit_ms=5_000)
    assert error.facts["limit_ms"] == 5_000


def test_what_hides_its_length_is_decoded_up_to_the_limit_only(refused, sounds):
    sent = sounds.file("long.webm", "-i", sounds.sample("speech"), "-c:a", "libopus", "-live", "1")
    error = refused(UploadTooLong, sent, limit_ms=5_000)
    assert error.facts["duration_ms"] <= 6_000


def test_twenty_hours_are_refused_at_once(refused, sounds):
    sent = sounds.file(
        "twenty-hours.flac", "-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "72000",
        "-c:a", "flac", "-compression_level", "0", "-frame_size", "65535",
    )  # fmt: skip
    refused(UploadTooLong, sent, limit_ms=5 * 3_600_000)


def test_a_bomb_of_silence_is_refused(refused, sounds):
    sent = sounds.file(
        "bomb.flac", "-f", "lavfi", "-i", "anullsrc=r=24000:cl=mono", "-t", "1800", "-c:a", "flac"
    )
    assert sent.stat().st_size < MEGABYTE
    refused(SilentUpload, sent, limit_ms=3_600_000)


def test_sound_shorter_than_one_loudness_block_is_refused(refused, sounds):
    refused(UploadTooShort, sounds.file("blip.wav", "-i", sounds.sample("tone"), "-t", "0.2"))


@pytest.mark.parametrize(
    "content",
    [
        "Kính gửi: Ủy ban nhân dân xã".encode(),
        b"MZ\x90\x00" + bytes(5_000),
        b"PK\x03\x04" + bytes(5_000),
        b"<html><script>alert(1)</script></html>",
        b"\x89PNG\r\n\x1a\n" + bytes(5_000),
        bytes(5_000),
    ],
    ids=["text", "exe", "zip", "html", "png", "zeros"],
)
def test_what_is_no_sound_is_refused(content, refused):
    refused(NotSound, content)


@pytest.mark.parametrize(
    "content",
    [
        b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:1/a.ts\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile '/etc/passwd'\n",
        b"[playlist]\nFile1=http://127.0.0.1:1/\n",
    ],
    ids=["m3u", "hls", "concat", "pls"],
)
def test_a_playlist_is_refused_whatever_it_points_to(content, refused):
    refused(PlaylistNotSound, content)


def test_a_playlist_behind_a_sound_header_is_read_as_sound_and_fails(refused):
    refused(DamagedUpload, b"fLaC" + b"#EXTM3U\n/etc/passwd\n" * 50)


@pytest.mark.parametrize(
    "head",
    [b"ID3\x04\x00\x00\x00\x00\x00\x00", b"fLaC", b"OggS", b"\x1a\x45\xdf\xa3",
     b"RIFF\x24\x00\x00\x00WAVEfmt ", struct.pack(">I", 24) + b"ftypM4A "],
    ids=["mp3", "flac", "ogg", "webm", "wav", "m4a"],
)  # fmt: skip
def test_a_header_with_nothing_true_behind_it_is_refused(head, take):
    with pytest.raises((DamagedUpload, UploadTooShort, NotSound)):
        take(head + b"\x5a" * 9_000)


def test_a_film_without_sound_is_not_sound(refused, sounds):
    refused(NotSound, sounds.file("mute.mp4", "-f", "lavfi", "-i", "testsrc=d=1", "-c:v", "mpeg4"))


def test_the_sound_of_a_film_is_taken(take, sounds):
    sent = sounds.file(
        "film.webm", "-f", "lavfi", "-i", "testsrc=s=64x64:d=3", "-i", sounds.sample("tone"),
        "-c:v", "libvpx", "-c:a", "libopus", "-shortest",
    )  # fmt: skip
    assert take(sent).measured.duration_ms == pytest.approx(3_000, abs=150)


@pytest.mark.parametrize("name", ["a.mp3", "a.flac", "a.ogg"])
@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "x<ScRiPt src=//y>", "javascript:x()"]
)
def test_a_script_in_a_tag_is_refused(name, title, refused, coded):
    refused(ScriptInUpload, coded(name, "-metadata", f"title={title}"))


def test_a_codec_that_the_station_does_not_take_is_refused(refused, sounds):
    sent = sounds.file("odd.wav", "-i", sounds.sample("tone"), "-c:a", "adpcm_ms")
    refused(NotSound, sent)


def test_every_refusal_speaks_vietnamese_and_has_its_own_code():
    refusals = [DamagedUpload, EmptyUpload, NotSound, PlaylistNotSound, ScriptInUpload, SilentUpload,
                UploadTooBig, UploadTooLong, UploadTooShort]  # fmt: skip
    assert len({refusal.code for refusal in refusals}) == len(refusals)
    for refusal in refusals:
        assert any(sign in refusal.message for sign in ("Hãy", "Đài nhận"))
