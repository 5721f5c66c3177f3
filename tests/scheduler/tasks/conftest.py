"""A worker that has its tasks called here and now, with Google out of reach."""

from dataclasses import replace

import pytest
from celery import Celery

from audio.speech.base import Engine
from audio.speech.breaker import Breaker
from audio.speech.errors import SpeechThrottled
from broadcast.clock import wall_clock
from scheduler.task_base import Workshop
from scheduler.worker import TASKS


@pytest.fixture
def worker(settings, clock, jobs):
    offline = replace(settings, google_tts_endpoint="http://127.0.0.1:9")
    Breaker(offline.speech_dir / "resting.json").trip(
        Engine.GOOGLE, SpeechThrottled(), wall_clock()
    )
    app = Celery("loa-test", broker="memory://", include=TASKS, set_as_current=False)
    app.loa = Workshop(offline, clock, jobs)
    app.loader.import_default_modules()
    yield app
    app.loa.close()
    app.close()
