"""However Google stalls, an urgent text is spoken by the bundled voice without waiting for it."""

import pytest

from audio.reading import SpeechPart
from audio.speech.base import Engine
from audio.speech.breaker import Breaker
from audio.speech.cache import SentenceCache
from audio.speech.desk import URGENT_PATIENCE_S, SpeechDesk
from audio.speech.espeak_speech import VOICES
from audio.speech.gtts_speech import GOOGLE_VOICE, GoogleLimits, GoogleSpeech
from audio.speech.pace import Pace
from broadcast.clock import wall_clock

PATIENCE_S = 0.6
WARNING = [SpeechPart(f"Nước lên nhanh ở thôn {name}.", 200, 0) for name in ("một", "hai", "ba")]


@pytest.fixture
def desk(google_server, espeak, tmp_path):
    """As the worker has it, with Google's usual limits and a shorter patience."""
    pace = Pace(tmp_path / "pace", 0)
    google = GoogleSpeech(pace, endpoint=google_server.endpoint, limits=GoogleLimits())
    return SpeechDesk(
        [google, espeak],
        SentenceCache(tmp_path / "cache"),
        Breaker(tmp_path / "resting.json"),
        fallback=VOICES[:1],
        clock=wall_clock,
        urgent_patience_s=PATIENCE_S,
    )


def test_an_urgent_text_waits_three_seconds_for_google_and_no_longer():
    assert URGENT_PATIENCE_S == 3.0


@pytest.mark.parametrize("fault", ["hangs", "drips", "server_error", "cuts_the_head"])
def test_a_stalling_google_costs_an_urgent_text_its_patience_at_most(desk, google_server, fault):
    google_server.faults.extend([fault] * 30)
    spoken = desk.speak(
        WARNING,
        voice=GOOGLE_VOICE,
        speed_percent=100,
        progress=lambda _done, _total: None,
        cancelled=lambda: False,
        urgent=True,
    )
    assert spoken.voice.engine is Engine.ESPEAK
    assert len(spoken.clips) == len(WARNING)
    assert len(google_server.asked) <= 4
