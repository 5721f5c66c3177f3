"""What Google's service does on bad days, done to us by a real server on the loopback."""

import threading
from itertools import pairwise

import pytest

from audio.speech.base import SpeechRequest
from audio.speech.clip import duration_of
from audio.speech.errors import (
    SpeechInterrupted,
    SpeechRefused,
    SpeechThrottled,
    SpeechUnavailable,
)
from audio.speech.google_exchange import GOOGLE_TLDS
from audio.speech.gtts_speech import GOOGLE_VOICE, GoogleLimits, GoogleSpeech
from audio.speech.pace import Pace

SENTENCE = "Ủy ban nhân dân xã Đông Hòa thông báo."
ASKED = SpeechRequest(SENTENCE, GOOGLE_VOICE)

PASSING = [
    "server_error",
    "hangs",
    "drips",
    "cuts_the_connection",
    "cuts_the_head",
    "truncates_the_sound",
    "sends_silence",
    "sends_a_page",
    "sends_wrong_base64",
    "sends_empty_sound",
    "sends_no_mp3",
    "sends_too_much",
]


@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_fault_is_answered_by_asking_again(google, google_server, tmp_path, fault):
    google_server.mp3(SENTENCE)
    google_server.faults.append(fault)
    google.say(ASKED, tmp_path / "clip.wav")
    assert google_server.asked == [SENTENCE] * 2
    assert duration_of(tmp_path / "clip.wav") > 1_000


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_stays_ends_after_the_last_attempt(google, google_server, tmp_path, fault):
    google_server.mp3(SENTENCE)
    google_server.faults.extend([fault] * 9)
    target = tmp_path / "clip.wav"
    target.write_bytes(b"an older clip")
    with pytest.raises(SpeechInterrupted):
        google.say(ASKED, target)
    assert google_server.asked == [SENTENCE] * 2
    assert target.read_bytes() == b"an older clip"
    assert {file.name for file in tmp_path.iterdir()} == {"clip.wav", "state"}


@pytest.mark.parametrize("way", ["sends_in_chunks", "sends_zipped"])
def test_an_answer_may_come_in_chunks_or_zipped_as_googles_does(google, google_server, tmp_path, way):  # fmt: skip
    google_server.faults.append(way)
    google.say(ASKED, tmp_path / "clip.wav")
    assert len(google_server.asked) == 1


def test_each_attempt_waits_at_least_twice_as_long_as_the_one_before(google_server, tmp_path):
    google_server.faults.extend(["server_error"] * 3)
    google = GoogleSpeech(
        Pace(tmp_path / "pace", 0),
        endpoint=google_server.endpoint,
        limits=GoogleLimits(attempts=4, back_off_s=0.02),
    )
    google.say(ASKED, tmp_path / "clip.wav")
    waits_s = [later - earlier for earlier, later in pairwise(google_server.asked_at)]
    assert all(wait >= at_least for wait, at_least in zip(waits_s, (0.02, 0.04, 0.08), strict=True))


def test_a_wait_beyond_its_patience_is_not_begun(google_server, tmp_path):
    google_server.faults.extend(["server_error"] * 3)
    google = GoogleSpeech(
        Pace(tmp_path / "pace", 0),
        endpoint=google_server.endpoint,
        limits=GoogleLimits(back_off_s=1_000),
    )
    with pytest.raises(SpeechInterrupted):
        google.say(ASKED, tmp_path / "clip.wav")
    assert len(google_server.asked) == 1


def test_an_answer_of_any_size_is_not_read_to_its_end(google, google_server, tmp_path):
    google_server.faults.extend(["sends_too_much"] * 2)
    with pytest.raises(SpeechInterrupted, match="quá lớn"):
        google.say(ASKED, tmp_path / "clip.wav")


def test_nobody_goes_on_listening_to_a_dripping_server(google, google_server, tmp_path):
    ours = threading.enumerate()
    google_server.faults.extend(["drips"] * 2)
    with pytest.raises(SpeechInterrupted):
        google.say(ASKED, tmp_path / "clip.wav")
    for thread in threading.enumerate():
        if thread not in ours and thread.name.startswith("ThreadPoolExecutor"):
            thread.join(20)
            assert not thread.is_alive()


def test_429_is_not_asked_again_and_tells_for_how_long(google, google_server, tmp_path):
    google_server.faults.append("throttles")
    with pytest.raises(SpeechThrottled) as caught:
        google.say(ASKED, tmp_path / "clip.wav")
    assert caught.value.retry_after_s == 7_200
    assert google_server.asked == [SENTENCE]


def test_the_page_for_robots_is_a_429_in_disguise(google, google_server, tmp_path):
    google_server.faults.append("asks_for_a_robot")
    with pytest.raises(SpeechThrottled) as caught:
        google.say(ASKED, tmp_path / "clip.wav")
    assert caught.value.retry_after_s is None


def test_a_redirect_to_another_host_is_not_followed(google, google_server, tmp_path, connected_to):
    google_server.faults.append("points_elsewhere")
    with pytest.raises(SpeechUnavailable):
        google.say(ASKED, tmp_path / "clip.wav")
    assert set(connected_to) == {"127.0.0.1"}
    assert len(google_server.asked) == 1


def test_a_refusal_of_the_service_is_not_asked_again(google, google_server, tmp_path):
    google_server.faults.append("forbids")
    with pytest.raises(SpeechUnavailable) as caught:
        google.say(ASKED, tmp_path / "clip.wav")
    assert not isinstance(caught.value, SpeechInterrupted)
    assert len(google_server.asked) == 1


def test_a_text_that_google_has_no_sound_for_is_refused(google, google_server, tmp_path):
    google_server.faults.append("has_no_sound")
    with pytest.raises(SpeechRefused, match="Google không đọc được"):
        google.say(ASKED, tmp_path / "clip.wav")
    assert len(google_server.asked) == 1


def test_a_sentence_over_a_hundred_letters_is_refused_before_it_is_asked(
    google, google_server, tmp_path
):
    with pytest.raises(SpeechRefused, match="tối đa 100"):
        google.say(SpeechRequest("à" * 101, GOOGLE_VOICE), tmp_path / "clip.wav")
    assert google_server.asked == []


@pytest.mark.parametrize("text", ["Bằng chữ: " + "ư" * 90, '"Ngoặc" \\ gạch, 100% & <thẻ>'])
def test_one_sentence_is_one_question_word_for_word(google, google_server, tmp_path, text):
    google_server.faults.extend(["has_no_sound"])
    with pytest.raises(SpeechRefused):
        google.say(SpeechRequest(text, GOOGLE_VOICE), tmp_path / "clip.wav")
    assert google_server.asked == [text]


@pytest.mark.parametrize("fault", ["hangs", "drips"])
def test_patience_ends_the_wait_for_a_server_that_never_ends(google_server, tmp_path, fault):
    google_server.faults.extend([fault] * 9)
    unhurried = GoogleSpeech(
        Pace(tmp_path / "pace", 0), endpoint=google_server.endpoint, limits=GoogleLimits()
    )
    with pytest.raises(SpeechInterrupted):
        unhurried.say(ASKED, tmp_path / "clip.wav", patience_s=0.2)
    assert len(google_server.asked) == 1


def test_a_server_that_is_not_there_is_told_in_a_sentence(google_server, tmp_path):
    google_server.server_close()
    google = GoogleSpeech(
        Pace(tmp_path / "pace", 0),
        endpoint=google_server.endpoint,
        limits=GoogleLimits(attempts=2, back_off_s=0.001),
    )
    with pytest.raises(SpeechInterrupted, match="kiểm tra mạng"):
        google.say(ASKED, tmp_path / "clip.wav")


def test_a_setting_cannot_lead_the_questions_to_another_host(tmp_path):
    for tld in ("com@127.0.0.1:8443", "com/evil", "", "xyz"):
        with pytest.raises(ValueError, match="tld"):
            GoogleSpeech(Pace(tmp_path / "pace"), tld=tld)
    for endpoint in (
        "ftp://127.0.0.1",
        "http://",
        "http://a@127.0.0.1",
        "http://h/x",
        "http://h?q",
    ):
        with pytest.raises(ValueError, match="host"):
            GoogleSpeech(Pace(tmp_path / "pace"), endpoint=endpoint)


def test_every_listed_google_host_is_accepted(tmp_path):
    for tld in GOOGLE_TLDS:
        assert GoogleSpeech(Pace(tmp_path / "pace"), tld=tld).voices() == (GOOGLE_VOICE,)
