import base64
import contextlib
import json
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.speech.errors import SpeechError, SpeechInterrupted
from audio.speech.google_exchange import check_endpoint, find_audio, within


def batch(inner: str | None) -> bytes:
    return json.dumps([["wrb.fr", "jQ1olc", inner, None]], separators=(",", ":")).encode()


@given(st.binary(max_size=300), st.binary(max_size=50), st.binary(max_size=50))
@settings(deadline=None, max_examples=100)
def test_the_sound_is_found_whatever_stands_around_it(mp3, before, after):
    inner = json.dumps([base64.b64encode(mp3).decode()])
    assert find_audio(before + b"\n" + batch(inner) + b"\n" + after) == mp3


@given(st.binary(max_size=200) | st.from_regex(rb'jQ1olc","\[\\"[A-Z=]{0,9}\\?"?\]?'))
@settings(deadline=None, max_examples=300)
def test_any_bytes_are_an_answer_or_a_named_error(body):
    with contextlib.suppress(SpeechError):
        assert isinstance(find_audio(body), bytes)


@pytest.mark.parametrize(
    "endpoint", ["http://127.0.0.1:80", "https://tts.example/", "http://[::1]:5"]
)
def test_an_endpoint_is_a_scheme_a_host_and_a_port(endpoint):
    assert check_endpoint(endpoint) == endpoint.rstrip("/")


def test_work_that_fails_in_time_fails_with_its_own_error():
    with pytest.raises(ZeroDivisionError):
        within(20, lambda: 1 // 0)
    never = threading.Event()
    with pytest.raises(SpeechInterrupted, match="quá chậm"):
        within(0.01, never.wait)
    never.set()
