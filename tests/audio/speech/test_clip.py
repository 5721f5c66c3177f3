import subprocess

import pytest

from audio.ffmpeg import ffmpeg_path
from audio.speech.base import Engine, SpeechRequest, Voice
from audio.speech.clip import MP3, WAV, duration_of, settle
from audio.speech.errors import SpeechInterrupted

VOICE = Voice(Engine.COMMAND, "any", "Giọng")
TEN_WORDS = SpeechRequest("một hai ba bốn năm sáu bảy tám chín mười", VOICE)


@pytest.fixture
def target(tmp_path):
    folder = tmp_path / "clips"
    folder.mkdir()
    return folder / "clip.wav"


@pytest.mark.parametrize(("rate_hz", "channels"), [(24_000, 1), (16_000, 1), (48_000, 2)])
def test_any_wav_becomes_our_own_kind(write_wav, target, rate_hz, channels):
    answer = write_wav("answer.wav", 3_000, rate_hz=rate_hz, channels=channels).read_bytes()
    settle(answer, WAV, TEN_WORDS, target)
    assert duration_of(target) == pytest.approx(3_000, abs=5)


def test_mp3_becomes_our_own_kind(write_wav, target):
    source = str(write_wav("answer.wav", 3_000))
    command = [ffmpeg_path(), "-v", "error", "-i", source, "-f", "mp3", "pipe:1"]
    settle(subprocess.run(command, check=True, capture_output=True).stdout, MP3, TEN_WORDS, target)
    assert duration_of(target) == pytest.approx(3_000, abs=120)


@pytest.mark.parametrize(
    ("speed_percent", "duration_ms", "fits"),
    [
        (100, 1_100, False),
        (100, 1_300, True),
        (100, 12_900, True),
        (100, 13_200, False),
        (150, 850, True),
        (50, 2_300, False),
        (50, 25_000, True),
        (100, 600_000, False),
    ],
)
def test_the_length_must_fit_the_words_and_the_speed(
    write_wav, target, speed_percent, duration_ms, fits
):
    answer = write_wav("answer.wav", duration_ms).read_bytes()
    request = SpeechRequest(TEN_WORDS.text, VOICE, speed_percent)
    if fits:
        settle(answer, WAV, request, target)
        assert duration_of(target) == pytest.approx(duration_ms, abs=5)
    else:
        with pytest.raises(SpeechInterrupted, match="dài ngắn"):
            settle(answer, WAV, request, target)


def test_digits_may_take_longer_than_words(write_wav, target):
    answer = write_wav("answer.wav", 12_000).read_bytes()
    settle(answer, WAV, SpeechRequest("0912345678901 gọi", VOICE), target)
    with pytest.raises(SpeechInterrupted):
        settle(answer, WAV, SpeechRequest("a gọi", VOICE), target)


def test_silence_is_no_speech(write_wav, target):
    with pytest.raises(SpeechInterrupted, match="không có tiếng"):
        settle(write_wav("answer.wav", 3_000, peak=200).read_bytes(), WAV, TEN_WORDS, target)


@pytest.mark.parametrize("container", [WAV, MP3])
@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"RIFF",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"\xff\xfb" * 30,
        b"ID3" + bytes(99),
        b"<html>",
        b"#EXTM3U\nhttp://example.invalid/x\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
    ],
)
def test_what_is_no_sound_is_refused_and_leaves_nothing(target, container, answer):
    with pytest.raises(SpeechInterrupted):
        settle(answer, container, TEN_WORDS, target)
    assert list(target.parent.iterdir()) == []


def test_another_container_is_refused_even_with_good_sound_inside(write_wav, target, tmp_path):
    film = tmp_path / "film.avi"
    source = str(write_wav("answer.wav", 3_000))
    subprocess.run([ffmpeg_path(), "-v", "error", "-i", source, film], check=True)
    assert film.read_bytes().startswith(b"RIFF")
    with pytest.raises(SpeechInterrupted, match="bị hỏng"):
        settle(film.read_bytes(), WAV, TEN_WORDS, target)


def test_a_wav_of_another_kind_has_no_length_here(write_wav, tmp_path):
    (tmp_path / "no.wav").write_bytes(b"no")
    for clip in (write_wav("stereo.wav", 100, channels=2), tmp_path / "no.wav"):
        with pytest.raises(SpeechInterrupted):
            duration_of(clip)
