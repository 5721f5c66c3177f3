import contextlib
import os
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.speech.base import Engine, SpeechRequest, Voice
from audio.speech.cache import KEPT_AT_LEAST, SentenceCache, key_of

VOICE = Voice(Engine.ESPEAK, "vi", "Bắc")
KEY, OTHER = "ab" + "0" * 62, "cd" + "0" * 62

requests = st.builds(
    SpeechRequest,
    text=st.text(max_size=30),
    voice=st.builds(Voice, st.sampled_from(Engine), st.text(max_size=5), st.just("")),
    speed_percent=st.integers(50, 150),
)


def put(cache, key, content, now):
    with cache.workplace() as folder:
        (folder / "clip.wav").write_bytes(content)
        return cache.put(key, folder / "clip.wav", now)


def heard(request, version):
    """What decides how a request sounds."""
    text = unicodedata.normalize("NFC", request.text).strip()
    return text, request.voice.engine, request.voice.name, request.speed_percent, version


@given(requests, requests, st.text(max_size=3), st.text(max_size=3))
@settings(deadline=None, max_examples=200)
def test_keys_are_equal_exactly_when_the_sound_must_be(one, two, version, other_version):
    same = heard(one, version) == heard(two, other_version)
    assert (key_of(one, version) == key_of(two, other_version)) is same


@given(st.text(max_size=40), st.sampled_from(["", " ", "\n"]))
@settings(deadline=None, max_examples=100)
def test_the_spelling_of_a_vowel_and_blanks_around_do_not_matter(text, blank):
    decomposed = blank + unicodedata.normalize("NFD", text) + blank
    assert key_of(SpeechRequest(decomposed, VOICE), "1") == key_of(SpeechRequest(text, VOICE), "1")


def test_a_label_may_be_renamed_without_asking_again():
    renamed = Voice(Engine.ESPEAK, "vi", "Giọng miền Bắc")
    assert key_of(SpeechRequest("a", VOICE), "1") == key_of(SpeechRequest("a", renamed), "1")


def test_what_was_put_comes_back_also_after_a_restart(cache, clock, tmp_path):
    put(cache, KEY, b"sound", clock())
    assert SentenceCache(tmp_path / "speech").get(KEY, clock()).read_bytes() == b"sound"
    assert cache.get(OTHER, clock()) is None


@pytest.mark.parametrize("damaged", [b"", b"soun", b"sound and more", b"s0und", bytes(5)])
def test_a_damaged_clip_is_never_served_and_goes_away(cache, clock, damaged):
    clip = put(cache, KEY, b"sound", clock())
    clip.write_bytes(damaged)
    assert cache.get(KEY, clock()) is None
    assert not clip.exists()


def test_a_damaged_clip_is_made_again(speak, parrot):
    (clip,) = speak(["Một câu ngắn."]).clips
    clip.path.write_bytes(clip.path.read_bytes()[:-7])
    (again,) = speak(["Một câu ngắn."]).clips
    assert len(parrot.asked) == 2
    assert again.duration_ms == clip.duration_ms


def test_a_good_clip_is_found_beside_a_damaged_one(cache, clock):
    put(cache, KEY, b"one", clock()).write_bytes(b"bad")
    put(cache, KEY, b"two", clock())
    assert cache.get(KEY, clock()).read_bytes() == b"two"


def test_a_workplace_leaves_nothing_behind_even_when_the_work_fails(cache, tmp_path):
    with contextlib.suppress(KeyError), cache.workplace() as folder:
        (folder / "half").write_bytes(b"half")
        raise KeyError
    assert list((tmp_path / "speech" / "work").iterdir()) == []


def test_what_was_used_longest_ago_goes_first(clock, tmp_path):
    cache = SentenceCache(tmp_path / "small", budget=250)
    keys = [f"{number:02x}" + "0" * 62 for number in range(4)]
    for key in keys:
        put(cache, key, key.encode() * 2, clock())  # 128 bytes each
        clock.move(hours=2)
    cache.get(keys[0], clock())
    clock.move(hours=2)
    assert cache.evict(clock()) == 3
    assert [key for key in keys if cache.get(key, clock())] == keys[:1]


def test_within_the_budget_nothing_goes(clock, tmp_path):
    cache = SentenceCache(tmp_path / "small", budget=10)
    put(cache, KEY, b"1234567890", clock())
    assert cache.evict(clock() + timedelta(days=900)) == 0


def test_what_a_job_may_still_hold_stays_even_over_the_budget(clock, tmp_path):
    cache = SentenceCache(tmp_path / "small", budget=0)
    clip = put(cache, KEY, b"sound", clock())
    clock.move(hours=5)
    cache.get(KEY, clock())
    assert cache.evict(clock() + KEPT_AT_LEAST - timedelta(seconds=1)) == 0
    assert clip.exists()
    assert cache.evict(clock() + KEPT_AT_LEAST) == 1
    assert not clip.exists()


def test_the_desk_keeps_the_budget_by_itself(speak, open_desk, parrot, clock, tmp_path):
    small = SentenceCache(tmp_path / "small", budget=100_000)  # a clip of the parrot has 96 kB
    desk = open_desk(parrot.speech, cache=small)
    speak(["Câu thứ nhất.", "Câu thứ hai."], desk)
    assert small.stats().clips == 2
    clock.move(hours=3)
    speak(["Câu thứ ba."], desk)
    assert small.stats().clips == 1
    assert small.stats().total_bytes <= 100_000


def test_work_that_a_killed_process_left_is_swept_after_an_hour(cache, clock, tmp_path):
    left = tmp_path / "speech" / "work" / "left"
    left.mkdir()
    (left / "clip.wav").write_bytes(b"half")
    os.utime(left, (clock().timestamp(), clock().timestamp()))
    cache.evict(clock() + KEPT_AT_LEAST - timedelta(seconds=1))
    assert left.exists()
    cache.evict(clock() + KEPT_AT_LEAST)
    assert not left.exists()


def test_counts_survive_a_restart_and_a_damaged_file_starts_anew(cache, tmp_path):
    cache.count(3, 1)
    cache.count(1, 0)
    assert SentenceCache(tmp_path / "speech").stats().hit_rate == pytest.approx(0.8)
    (tmp_path / "speech" / "counts.json").write_bytes(b'{"hits": ')
    assert cache.stats().hits == 0
    cache.count(2, 2)
    assert cache.stats().hit_rate == pytest.approx(0.5)
