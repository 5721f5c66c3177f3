import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.containers import HEAD_BYTES, Container, Disguise, is_cut_off, recognise

KINDS = {
    Container.MP3: ("libmp3lame", "mp3"),
    Container.WAV: ("pcm_s16le", "wav"),
    Container.M4A: ("aac", "ipod"),
    Container.OGG: ("libvorbis", "ogg"),
    Container.FLAC: ("flac", "flac"),
    Container.WEBM: ("libopus", "webm"),
}


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def real(request, sounds):
    codec, muxer = KINDS[request.param]
    name = f"kind-{muxer}"
    return request.param, sounds.file(name, "-i", sounds.sample("tone"), "-c:a", codec, "-f", muxer)


@pytest.mark.ffmpeg
def test_real_files_are_recognised_by_their_first_bytes(real):
    kind, path = real
    assert recognise(path.read_bytes()[:HEAD_BYTES]) is kind


@pytest.mark.ffmpeg
def test_a_whole_file_is_not_cut_off(real):
    kind, path = real
    assert not is_cut_off(path, kind)


@pytest.mark.ffmpeg
@pytest.mark.parametrize("kind", [Container.WAV, Container.OGG])
def test_a_file_that_ends_before_its_structure_is_cut_off(kind, sounds, tmp_path):
    codec, muxer = KINDS[kind]
    whole = sounds.file(f"whole-{muxer}", "-i", sounds.sample("tone"), "-c:a", codec, "-f", muxer)
    torn = tmp_path / "torn"
    torn.write_bytes(whole.read_bytes()[:-100])
    assert is_cut_off(torn, kind)


@pytest.mark.parametrize("size", [b"\xff\xff\xff\xff", b"\x00\x00\x00\x00"])
def test_a_wav_from_a_stream_that_does_not_know_its_size_is_whole(tmp_path, size):
    path = tmp_path / "live.wav"
    path.write_bytes(b"RIFF" + size + b"WAVEfmt " + bytes(100))
    assert not is_cut_off(path, Container.WAV)


def test_a_single_frame_header_is_enough_for_mp3():
    assert recognise(b"\xff\xfb\x90\x44" + bytes(100)) is Container.MP3


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"#EXTM3U\n#EXTINF:4\nhttp://x/", Disguise.PLAYLIST),
        (b"\xef\xbb\xbf#EXTM3U", Disguise.PLAYLIST),
        (b"ffconcat version 1.0\nfile /etc/passwd", Disguise.PLAYLIST),
        (b"[playlist]\nFile1=x", Disguise.PLAYLIST),
        (b"<!DOCTYPE html><html>", Disguise.MARKUP),
        (b"  <script>alert(1)</script>", Disguise.MARKUP),
        (b"<?xml version='1.0'?><svg/>", Disguise.MARKUP),
        (b"", None),
        (b"MZ\x90\x00", None),
        (b"PK\x03\x04", None),
        (b"%PDF-1.7", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff\xe0JFIF", None),
        (b"\xff\xfb\xf0\x44", None),
        (b"\xff\xfb\x9c\x44", None),
        (b"RIFF\x24\x00\x00\x00AVI ", None),
        ("Kính gửi: Ủy ban nhân dân xã".encode(), None),
    ],
)
def test_what_is_no_sound_is_called_by_its_name(head, found):
    assert recognise(head) is found


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(head):
    assert recognise(head) in {None, *Container, *Disguise}


@given(st.binary(max_size=400))
def test_any_bytes_can_be_asked_whether_they_are_cut_off(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(b"RIFF" + bytes(4) + content)
    for kind in Container:
        assert is_cut_off(path, kind) in {True, False}
