"""What every voice promises, tried on each of them: Google's on the loopback, eSpeak, a program."""

import sys
import threading
import wave
from pathlib import Path

import pytest

from audio.speech.base import Engine, Speech, SpeechRequest, Voice
from audio.speech.clip import duration_of
from audio.speech.command_speech import CommandSpeech
from audio.speech.errors import SpeechRefused, SpeechUnavailable
from audio.speech.silent import SilentSpeech

SENTENCE = "Ủy ban nhân dân xã Đông Hòa thông báo."
LONGER = "Mời bà con đúng bảy giờ sáng mai có mặt tại nhà văn hóa thôn để họp bàn việc làm đường."

HUM = """
import array, io, math, sys, wave
speed = int(sys.argv[2])
words = len(sys.stdin.buffer.read().decode().split())
length = int(16000 * 0.25 * words * 100 / speed)
hum = array.array("h", (int(8000 * math.sin(n / 9)) for n in range(length)))
file = io.BytesIO()
with wave.open(file, "wb") as out:
    out.setnchannels(1); out.setsampwidth(2); out.setframerate(16000); out.writeframes(hum)
sys.stdout.buffer.write(file.getvalue())
"""


@pytest.fixture
def humming() -> CommandSpeech:
    voices = (Voice(Engine.COMMAND, "hum", "Tiếng ngân"), Voice(Engine.COMMAND, "low", "Trầm"))
    return CommandSpeech(
        [sys.executable, "-c", HUM, "{voice}", "{speed}"], voices, is_local=True, environ={}
    )


@pytest.fixture(params=["google", "espeak", "humming"])
def speech(request) -> Speech:
    return request.getfixturevalue(request.param)


def the_first(speech: Speech, text: str, speed_percent: int = 100) -> SpeechRequest:
    return SpeechRequest(text, speech.voices()[0], speed_percent)


def test_a_sentence_becomes_mono_16_bit_24_khz_wav(speech, tmp_path):
    speech.say(the_first(speech, SENTENCE), tmp_path / "clip.wav")
    with wave.open(str(tmp_path / "clip.wav")) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 24_000)
        assert sound.getnframes() > 24_000


def test_more_words_take_more_time(speech, tmp_path):
    speech.say(the_first(speech, SENTENCE), tmp_path / "short.wav")
    speech.say(the_first(speech, LONGER), tmp_path / "long.wav")
    assert duration_of(tmp_path / "long.wav") > 1.5 * duration_of(tmp_path / "short.wav")


def test_every_voice_on_offer_speaks_and_bears_a_name_for_the_operator(speech, tmp_path):
    assert speech.voices()
    for number, voice in enumerate(speech.voices()):
        assert voice.engine is speech.engine
        assert voice.label.strip() not in {"", voice.name}
        speech.say(SpeechRequest(SENTENCE, voice), tmp_path / f"{number}.wav")
        assert duration_of(tmp_path / f"{number}.wav") > 1_000


def test_nothing_but_the_clip_is_left_behind(speech, tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    speech.say(the_first(speech, SENTENCE), folder / "clip.wav")
    assert list(folder.iterdir()) == [folder / "clip.wav"]


def test_a_clip_that_stood_there_is_replaced_whole(speech, tmp_path):
    target = tmp_path / "clip.wav"
    target.write_bytes(b"an older clip")
    speech.say(the_first(speech, SENTENCE), target)
    assert duration_of(target) > 1_000


@pytest.mark.parametrize("text", ["", "  \n", "…", "—!?"])
def test_a_text_without_a_letter_is_refused_with_a_sentence(speech, tmp_path, text):
    with pytest.raises(SpeechRefused, match="không có chữ nào"):
        speech.say(the_first(speech, text), tmp_path / "clip.wav")
    assert not (tmp_path / "clip.wav").exists()


def test_a_text_beyond_the_limit_is_refused(speech, tmp_path):
    with pytest.raises(SpeechRefused, match="tối đa"):
        speech.say(the_first(speech, "bà con " * 500), tmp_path / "clip.wav")


def test_a_voice_of_another_engine_is_refused(speech, tmp_path):
    stranger = Voice(speech.engine, "en-scottish", "Người lạ")
    with pytest.raises(SpeechRefused, match="Người lạ"):
        speech.say(SpeechRequest(SENTENCE, stranger), tmp_path / "clip.wav")


def test_without_any_patience_it_gives_up_and_leaves_what_was_there(speech, tmp_path):
    target = tmp_path / "clip.wav"
    target.write_bytes(b"an older clip")
    with pytest.raises(SpeechUnavailable):
        speech.say(the_first(speech, SENTENCE), target, patience_s=0)
    assert target.read_bytes() == b"an older clip"


def test_speed_is_the_engines_own_or_honestly_refused(speech, tmp_path):
    if not speech.sets_speed:
        with pytest.raises(SpeechRefused, match="tốc độ"):
            speech.say(the_first(speech, SENTENCE, 80), tmp_path / "clip.wav")
        return
    lengths = []
    for percent in (50, 100, 150):
        speech.say(the_first(speech, LONGER, percent), tmp_path / "clip.wav")
        lengths.append(duration_of(tmp_path / "clip.wav"))
    assert lengths[0] > 1.4 * lengths[1] > 1.4 * 1.2 * lengths[2]


def test_threads_each_get_their_own_sentence(speech, tmp_path):
    texts = [" ".join(["bà con"] * words) for words in (2, 6, 10, 14)]
    threads = [
        threading.Thread(
            target=speech.say, args=(the_first(speech, text), tmp_path / f"{len(text)}.wav")
        )
        for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lengths = [duration_of(tmp_path / f"{len(text)}.wav") for text in texts]
    assert lengths == sorted(lengths)
    assert len(set(lengths)) == 4


def test_marks_of_other_languages_are_text_and_no_commands(speech, tmp_path):
    hostile = "<speak>bà con</speak> [[fO@]] && rm -rf / $(id) \0 bà con"
    speech.say(the_first(speech, hostile), tmp_path / "clip.wav")
    assert duration_of(tmp_path / "clip.wav") > 500


def test_a_station_without_a_voice_is_told_what_to_do(tmp_path: Path):
    silent = SilentSpeech()
    with pytest.raises(SpeechUnavailable, match="tải lên hoặc thu âm"):
        silent.say(SpeechRequest(SENTENCE, silent.voices()[0]), tmp_path / "clip.wav")
    assert not (tmp_path / "clip.wav").exists()
