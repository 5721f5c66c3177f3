import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.speech.base import Engine
from audio.speech.breaker import LONGEST_REST, REST_WHEN_THROTTLED, Breaker
from audio.speech.errors import (
    SpeechInterrupted,
    SpeechRefused,
    SpeechThrottled,
    SpeechUnavailable,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def breaker(tmp_path) -> Breaker:
    return Breaker(tmp_path / "state" / "rests.json")


def rest_s(breaker, error, now):
    breaker.trip(Engine.GOOGLE, error, now)
    rest = breaker.find_rest(Engine.GOOGLE, now)
    return (rest.until - now).total_seconds() if rest else 0


@pytest.mark.parametrize(
    ("error", "expected_s"),
    [
        (SpeechThrottled(), 3_600),
        (SpeechThrottled(retry_after_s=5), 3_600),
        (SpeechThrottled(retry_after_s=7_200), 7_200),
        (SpeechThrottled(retry_after_s=1e12), 86_400),
        (SpeechUnavailable(), 60),
        (SpeechInterrupted(), 60),
        (SpeechRefused(), 0),
    ],
)
def test_each_error_has_its_rest(breaker, clock, error, expected_s):
    assert rest_s(breaker, error, clock()) == expected_s


@given(st.floats(0, allow_nan=False))
@settings(deadline=None, max_examples=50)
def test_whatever_the_service_says_the_rest_is_an_hour_to_a_day(tmp_path_factory, said_s):
    now = datetime(2026, 11, 23, tzinfo=UTC)
    breaker = Breaker(tmp_path_factory.mktemp("rest") / "rests.json")
    length_s = rest_s(breaker, SpeechThrottled(retry_after_s=said_s), now)
    assert REST_WHEN_THROTTLED.total_seconds() <= length_s <= LONGEST_REST.total_seconds()


def test_a_rest_ends_at_its_moment_and_not_before(breaker, clock):
    breaker.trip(Engine.GOOGLE, SpeechThrottled(), clock())
    end = clock() + HOUR
    assert breaker.find_rest(Engine.GOOGLE, end - timedelta(microseconds=1)).until == end
    assert breaker.find_rest(Engine.GOOGLE, end) is None


def test_a_lesser_fault_never_shortens_a_rest(breaker, clock):
    breaker.trip(Engine.GOOGLE, SpeechThrottled(), clock())
    breaker.trip(Engine.GOOGLE, SpeechUnavailable("mất mạng"), clock())
    rest = breaker.find_rest(Engine.GOOGLE, clock())
    assert rest.until == clock() + HOUR
    assert rest.reason == SpeechThrottled.message


def test_engines_rest_each_on_their_own(breaker, clock):
    breaker.trip(Engine.GOOGLE, SpeechThrottled(), clock())
    breaker.trip(Engine.COMMAND, SpeechUnavailable("hỏng"), clock())
    assert breaker.find_rest(Engine.COMMAND, clock()).reason == "hỏng"
    assert breaker.find_rest(Engine.GOOGLE, clock() + HOUR / 2) is not None
    assert breaker.find_rest(Engine.ESPEAK, clock()) is None


def test_another_worker_sees_the_rest(breaker, clock, tmp_path):
    breaker.trip(Engine.GOOGLE, SpeechThrottled(), clock())
    assert Breaker(tmp_path / "state" / "rests.json").find_rest(Engine.GOOGLE, clock())
    assert [file.name for file in (tmp_path / "state").iterdir()] == ["rests.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        json.dumps({"version": 2, "rests": {}}).encode(),
        json.dumps({"version": 1, "rests": {"google": {"until": "soon"}}}).encode(),
        json.dumps({"version": 1, "rests": {"hal": {"until": "", "reason": ""}}}).encode(),
    ],
)
def test_a_file_that_cannot_be_read_is_no_rest_and_is_written_anew(breaker, clock, tmp_path, content):  # fmt: skip
    file = tmp_path / "state" / "rests.json"
    file.parent.mkdir()
    file.write_bytes(content)
    assert breaker.find_rest(Engine.GOOGLE, clock()) is None
    assert rest_s(breaker, SpeechThrottled(), clock()) == 3_600
