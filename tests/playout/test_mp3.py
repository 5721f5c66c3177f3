"""Counting what is really there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playout.mp3 import measure_duration_ms

FRAME = b"\xff\xf3\x84\xc4" + bytes(188)


@given(st.integers(0, 500))
def test_the_stations_frames_are_24_ms_each(frames):
    assert measure_duration_ms(FRAME * frames) == frames * 24


@given(st.integers(1, 50), st.integers(1, 191))
def test_a_frame_that_misses_a_byte_does_not_count(frames, missing):
    assert measure_duration_ms((FRAME * frames)[:-missing]) == (frames - 1) * 24


def test_an_id3_tag_is_stepped_over_even_when_it_looks_like_frames():
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 3, 0]) + FRAME * 2
    assert measure_duration_ms(tag + FRAME * 10) == 240


@given(st.binary(max_size=100))
def test_stray_bytes_between_frames_do_not_hide_what_follows(noise):
    noise = noise.replace(b"\xff", b"\x00")
    assert measure_duration_ms(FRAME * 3 + noise + FRAME * 4) == 7 * 24


@given(st.binary(max_size=400))
def test_no_bytes_break_it(content):
    assert measure_duration_ms(content) >= 0


@pytest.mark.ffmpeg
@pytest.mark.parametrize(
    ("rate", "bitrate", "channels"),
    [(24000, "64k", 1), (44100, "128k", 2), (48000, "96k", 1), (22050, "48k", 1)],
)
def test_it_agrees_with_ffmpeg_on_real_files(tmp_path, rate, bitrate, channels):
    import subprocess

    import imageio_ffmpeg

    path = tmp_path / "real.mp3"
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", "sine=d=5", "-ar", str(rate),
         "-ac", str(channels), "-b:a", bitrate, "-write_xing", "0", str(path)],
        check=True,
    )  # fmt: skip
    assert abs(measure_duration_ms(path.read_bytes()) - 5000) <= 80


def test_a_first_frame_that_only_informs_is_not_sound():
    frame = bytes([0xFF, 0xF3, 0x84, 0xC4]) + bytes(188)
    informs = frame[:13] + b"Info" + frame[17:]
    assert measure_duration_ms(informs + 3 * frame) == 72
    assert measure_duration_ms(3 * frame) == 72
