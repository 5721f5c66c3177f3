"""A desk with Google's voice (on the loopback) and eSpeak behind it: when, why and how it falls."""

from dataclasses import dataclass

import pytest

from audio.speech.base import Engine, Voice
from audio.speech.breaker import Breaker
from audio.speech.cache import SentenceCache
from audio.speech.desk import SpeechDesk
from audio.speech.errors import SpeechInterrupted, SpeechThrottled, SpeechUnavailable
from audio.speech.espeak_speech import VOICES
from audio.speech.gtts_speech import GOOGLE_VOICE, GoogleLimits, GoogleSpeech
from audio.speech.pace import Pace

SOUTH = VOICES[2]


@dataclass(frozen=True)
class Part:
    text: str
    pause_after_ms: int = 300


NUMBERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
NINE = [Part(f"Câu thứ {number} của bản tin hôm nay.") for number in NUMBERS]


@pytest.fixture
def open_desk(tmp_path, espeak, clock):
    """A worker's desk; several of them share one folder as workers do."""

    def open_(google, fallback=(SOUTH,), patience_s=3.0) -> SpeechDesk:
        cache = SentenceCache(tmp_path / "speech")
        breaker = Breaker(tmp_path / "speech" / "rests.json")
        return SpeechDesk(
            [google, espeak], cache, breaker,
            fallback=fallback, clock=clock, urgent_patience_s=patience_s,
        )  # fmt: skip

    return open_


def speak(desk, parts=NINE, voice: Voice = GOOGLE_VOICE, speed=100, **more):
    settings = {"progress": lambda *_: None, "cancelled": lambda: False, **more}
    return desk.speak(parts, voice=voice, speed_percent=speed, **settings)


def test_a_voice_that_fails_at_sentence_7_of_9_speaks_none_of_them(
    open_desk, google, google_server
):
    google_server.faults.extend(["none"] * 6 + ["forbids"])
    spoken = speak(open_desk(google))
    assert (spoken.voice, spoken.wished) == (SOUTH, GOOGLE_VOICE)
    assert [clip.text for clip in spoken.clips] == [part.text for part in NINE]
    assert (spoken.hits, spoken.misses) == (0, 9)
    assert "Google" in spoken.fallback_reason


def test_what_the_better_voice_made_is_not_asked_for_again_when_it_is_back(
    open_desk, google, google_server, clock
):
    google_server.faults.extend(["none"] * 6 + ["forbids"])
    desk = open_desk(google)
    speak(desk)
    assert desk.find_rest(Engine.GOOGLE) is not None
    clock.move(minutes=2)
    assert desk.find_rest(Engine.GOOGLE) is None
    google_server.asked.clear()
    spoken = speak(desk)
    assert (spoken.voice, spoken.fallback_reason) == (GOOGLE_VOICE, None)
    assert google_server.asked == [part.text for part in NINE[6:]]
    assert (spoken.hits, spoken.misses) == (6, 3)


def test_after_429_no_worker_asks_google_for_as_long_as_it_said(
    open_desk, google, google_server, clock
):
    google_server.faults.append("throttles")
    speak(open_desk(google))
    another_worker = open_desk(google)
    clock.move(minutes=119)
    assert speak(another_worker).voice == SOUTH
    assert len(google_server.asked) == 1
    clock.move(minutes=1)
    assert speak(another_worker).voice == GOOGLE_VOICE
    assert len(google_server.asked) == 10


def test_a_429_without_a_time_means_an_hour(open_desk, google, google_server, clock):
    google_server.faults.append("asks_for_a_robot")
    desk = open_desk(google)
    reason = speak(desk).fallback_reason
    clock.move(minutes=59)
    assert speak(desk).fallback_reason == reason
    clock.move(minutes=1)
    assert speak(desk).fallback_reason is None


def test_a_resting_voice_still_speaks_what_it_has_spoken_before(open_desk, google, google_server):
    desk = open_desk(google)
    speak(desk)
    google_server.faults.append("throttles")
    assert speak(desk, [Part("Một câu mới của bản tin.")]).voice == SOUTH
    again = speak(desk)
    assert (again.voice, again.hits) == (GOOGLE_VOICE, 9)


def test_one_sentence_that_google_refuses_sends_nobody_to_rest(open_desk, google, google_server):
    google_server.faults.append("has_no_sound")
    desk = open_desk(google)
    assert speak(desk).voice == SOUTH
    assert desk.find_rest(Engine.GOOGLE) is None


def test_without_a_fallback_the_job_fails_with_the_reason(open_desk, google, google_server):
    google_server.faults.append("throttles")
    with pytest.raises(SpeechThrottled, match="một giờ"):
        speak(open_desk(google, fallback=()))


def test_when_the_fallback_fails_too_the_last_reason_is_told(open_desk, google, google_server):
    google_server.faults.append("throttles")
    nobody = Voice(Engine.COMMAND, "piper", "Piper")
    with pytest.raises(SpeechUnavailable, match="Piper"):
        speak(open_desk(google, fallback=(nobody,)))


def test_an_urgent_text_gives_google_its_patience_in_total_and_no_more(
    open_desk, google_server, tmp_path
):
    google_server.faults.extend(["none", "none"] + ["hangs"] * 9)
    for part in NINE:
        google_server.mp3(part.text)
    unhurried = GoogleSpeech(
        Pace(tmp_path / "pace", 0), endpoint=google_server.endpoint, limits=GoogleLimits()
    )
    desk = open_desk(unhurried, patience_s=1.5)
    spoken = speak(desk, urgent=True)
    assert spoken.voice == SOUTH
    assert len(google_server.asked) == 3
    assert desk.find_rest(Engine.GOOGLE) is None


def test_an_urgent_text_with_no_patience_left_does_not_ask_at_all(open_desk, google, google_server):
    desk = open_desk(google, patience_s=0, fallback=())
    with pytest.raises(SpeechInterrupted, match="khẩn"):
        speak(desk, urgent=True)
    assert google_server.asked == []


def test_another_speed_of_google_costs_no_question(open_desk, google, google_server):
    desk = open_desk(google)
    normal, slow = speak(desk), speak(desk, speed=80)
    assert len(google_server.asked) == 9
    assert [clip.path for clip in slow.clips] == [clip.path for clip in normal.clips]
    assert (normal.tempo_percent, slow.tempo_percent) == (100, 80)


def test_the_fallback_keeps_the_wished_speed(open_desk, google, google_server):
    google_server.faults.extend(["forbids"])
    desk = open_desk(google)
    slow = speak(desk, speed=60)
    assert slow.tempo_percent == 100
    normal = speak(desk, voice=SOUTH)
    for slower, usual in zip(slow.clips, normal.clips, strict=True):
        assert slower.duration_ms > 1.3 * usual.duration_ms
