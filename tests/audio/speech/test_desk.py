import subprocess
import sys
import threading
from contextlib import ExitStack
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.speech.base import Engine, Voice
from audio.speech.command_speech import CommandSpeech
from audio.speech.desk import _merge_pauses
from audio.speech.errors import (
    SpeechCancelled,
    SpeechRefused,
    SpeechThrottled,
    SpeechUnavailable,
)
from audio.speech.silent import RECORDED, SilentSpeech

OPENING = ["Đây là đài truyền thanh xã Đông Hòa.", "Mời bà con chú ý nghe thông báo."]
LONG = [*OPENING, *(f"Nội dung {'rất ' * n}quan trọng của thông báo." for n in range(1, 9))]


def test_editing_one_sentence_of_a_long_text_asks_the_engine_once(speak, parrot):
    speak(LONG)
    assert parrot.asked == LONG
    edited = [*LONG[:5], "Câu này vừa được sửa lại.", *LONG[6:]]
    spoken = speak(edited)
    assert parrot.asked == [*LONG, "Câu này vừa được sửa lại."]
    assert (spoken.hits, spoken.misses) == (9, 1)
    assert [clip.cached for clip in spoken.clips].index(False) == 5


def test_two_bulletins_with_the_same_opening_words_ask_for_them_once(speak, parrot):
    speak([*OPENING, "Bản tin thứ nhất."])
    speak([*OPENING, "Bản tin thứ hai."])
    assert parrot.asked == [*OPENING, "Bản tin thứ nhất.", "Bản tin thứ hai."]


def test_a_sentence_that_comes_twice_in_a_text_is_asked_for_once(speak, parrot):
    spoken = speak(["Xin nhắc lại.", "Họp lúc bảy giờ.", "Xin nhắc lại."])
    assert len(parrot.asked) == 2
    assert spoken.clips[0].path == spoken.clips[2].path


def test_moving_sentences_asks_for_nothing(speak, parrot):
    speak(LONG)
    spoken = speak(LONG[::-1])
    assert len(parrot.asked) == len(LONG)
    assert [clip.text for clip in spoken.clips] == LONG[::-1]


def test_clips_carry_their_text_length_and_pause(speak, part):
    spoken = speak([part("Câu một đây.", 700), part("Câu hai đây.", 0)])
    assert [(clip.text, clip.duration_ms, clip.pause_after_ms) for clip in spoken.clips] == [
        ("Câu một đây.", 2_000, 700),
        ("Câu hai đây.", 2_000, 0),
    ]
    assert all(clip.path.exists() for clip in spoken.clips)


def test_a_part_without_a_letter_is_silence_after_the_clip_before(speak, part, parrot):
    spoken = speak([part("—", 90), part("Câu một đây.", 300), part("***", 200), part("Hết.", 10)])
    assert parrot.asked == ["Câu một đây.", "Hết."]
    assert [(clip.part, clip.pause_after_ms) for clip in spoken.clips] == [(1, 500), (3, 10)]


@given(st.lists(st.tuples(st.sampled_from(["bà", "…", "con 5", ""]), st.integers(0, 900))))
@settings(deadline=None, max_examples=100)
def test_no_words_are_lost_and_no_silence_after_the_first_word(parts):
    given_parts = [SimpleNamespace(text=text, pause_after_ms=pause) for text, pause in parts]
    said = _merge_pauses(given_parts)
    assert [(words.text, words.part) for words in said] == [
        (text, number) for number, (text, _) in enumerate(parts) if text not in {"…", ""}
    ]
    first = said[0].part if said else len(parts)
    assert sum(words.pause_after_ms for words in said) == sum(pause for _, pause in parts[first:])


@pytest.mark.parametrize("texts", [[], ["…", "—"]])
def test_a_text_with_nothing_to_say_is_refused(speak, texts):
    with pytest.raises(SpeechRefused, match="không có câu nào"):
        speak(texts)


@pytest.mark.parametrize("percent", [49, 151, 0, -100])
def test_a_speed_out_of_bounds_is_refused(speak, open_desk, percent):
    fast = Voice(Engine.COMMAND, "fast", "Nhanh")
    desk = open_desk(CommandSpeech(["true", "{speed}"], [fast], environ={}))
    with pytest.raises(SpeechRefused, match="50% đến 150%"):
        speak(["Một câu."], desk, voice=fast, speed_percent=percent)


def test_progress_counts_sentences_from_none_to_all(speak):
    told = []
    speak(OPENING, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_cancelling_stops_before_the_next_sentence_and_keeps_what_was_made(speak, parrot):
    with pytest.raises(SpeechCancelled):
        speak(LONG, cancelled=lambda: len(parrot.asked) == 3)
    assert parrot.asked == LONG[:3]
    assert speak(LONG).hits == 3


def test_the_hit_rate_is_counted_over_all_bulletins(speak, cache):
    assert cache.stats().hit_rate == 0
    speak(OPENING)
    speak([*OPENING, "Bản tin thứ hai."])
    stats = cache.stats()
    assert (stats.hits, stats.misses, stats.clips) == (2, 3, 3)
    assert stats.hit_rate == pytest.approx(0.4)


def test_sentences_made_before_a_failure_are_counted_too(speak, cache):
    with pytest.raises(SpeechUnavailable):
        speak([*OPENING, "Máy hỏng rồi."])
    assert (cache.stats().hits, cache.stats().misses) == (0, 2)


@pytest.mark.parametrize(
    ("text", "error", "rest_minutes"),
    [("Máy hỏng rồi.", SpeechUnavailable, 1), ("Tổng đài đang bận.", SpeechThrottled, 60)],
)
def test_a_failing_engine_rests_as_its_error_deserves(speak, parrot, clock, text, error, rest_minutes):  # fmt: skip
    with pytest.raises(error):
        speak([text])
    clock.move(minutes=rest_minutes, seconds=-1)
    with pytest.raises(SpeechUnavailable):
        speak(OPENING)
    assert parrot.asked == [text]
    clock.move(seconds=1)
    assert speak(OPENING).misses == 2


def test_a_refused_sentence_sends_nobody_to_rest(speak, desk):
    with pytest.raises(SpeechRefused):
        speak(["Chữ lạ lùng quá."])
    assert desk.find_rest(Engine.COMMAND) is None
    assert speak(OPENING).misses == 2


def test_a_voice_of_this_machine_never_rests(speak, open_desk, parrot):
    voices = parrot.speech.voices()
    desk = open_desk(CommandSpeech(["/nonexistent/piper"], voices, is_local=True, environ={}))
    with pytest.raises(SpeechUnavailable, match="/nonexistent/piper"):
        speak(OPENING, desk)
    assert desk.find_rest(Engine.COMMAND) is None


@pytest.mark.parametrize(
    ("wished", "reason"),
    [(Voice(Engine.GOOGLE, "vi", "Google – giọng nữ"), "Google – giọng nữ"), (RECORDED, "thu âm")],
)
def test_a_voice_that_is_not_there_falls_back_and_says_why(
    speak, open_desk, parrot, wished, reason
):
    desk = open_desk(parrot.speech, SilentSpeech(), fallback=parrot.speech.voices())
    spoken = speak(OPENING, desk, voice=wished)
    assert spoken.is_fallback
    assert (spoken.engine, spoken.wished) == (Engine.COMMAND, wished)
    assert reason in spoken.fallback_reason


def test_progress_starts_anew_with_the_fallback_voice(speak, open_desk, parrot):
    told = []
    desk = open_desk(parrot.speech, SilentSpeech(), fallback=parrot.speech.voices())
    speak(OPENING, desk, voice=RECORDED, progress=lambda *step: told.append(step))
    assert told == [(0, 2), (0, 2), (1, 2), (2, 2)]


def test_the_desk_offers_the_voices_of_all_its_engines(open_desk, parrot):
    desk = open_desk(parrot.speech, SilentSpeech())
    assert desk.voices() == (*parrot.speech.voices(), RECORDED)


WORKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from audio.speech.base import Engine, Voice
from audio.speech.breaker import Breaker
from audio.speech.cache import SentenceCache
from audio.speech.command_speech import CommandSpeech
from audio.speech.desk import SpeechDesk

folder, *command = sys.argv[1:]
voice = Voice(Engine.COMMAND, "parrot", "Giọng thử")
desk = SpeechDesk(
    [CommandSpeech(command, [voice], environ={"PATH": "/usr/bin:/bin"})],
    SentenceCache(Path(folder)), Breaker(Path(folder, "rests.json")),
    fallback=(), clock=lambda: datetime(2026, 11, 23, 1, tzinfo=UTC),
)
print("ready", flush=True)
texts = sys.stdin.read().splitlines()
spoken = desk.speak(
    [SimpleNamespace(text=text, pause_after_ms=0) for text in texts], voice=voice,
    speed_percent=100, progress=lambda *_: None, cancelled=lambda: False,
)
print(spoken.hits, spoken.misses)
"""


def test_workers_that_start_the_same_text_at_once_ask_for_each_sentence_once(
    parrot, cache, tmp_path
):
    command = [sys.executable, "-c", WORKER, str(tmp_path / "speech"), *parrot.speech.command]
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.stdin.write("\n".join(LONG))
        worker.stdin.close()
    counted = [tuple(map(int, worker.stdout.read().split())) for worker in workers]
    for worker in workers:
        assert worker.wait() == 0
        worker.stdout.close()
    assert sorted(parrot.asked) == sorted(LONG)
    assert sum(misses for _, misses in counted) == len(LONG)
    assert (cache.stats().hits, cache.stats().misses) == (2 * len(LONG), len(LONG))


def test_an_urgent_text_does_not_queue_behind_another_job(speak, cache):
    holding, done = threading.Event(), threading.Event()

    def hold_every_lock() -> None:
        with ExitStack() as locks:
            for shard in range(256):
                locks.enter_context(cache.making(f"{shard:02x}"))
            holding.set()
            done.wait(20)

    other_job = threading.Thread(target=hold_every_lock)
    other_job.start()
    holding.wait()
    assert speak(OPENING, urgent=True).misses == 2
    assert other_job.is_alive()
    done.set()
    other_job.join()
