"""What `loa doctor` finds, and that looking changes nothing."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from broadcast.supervision import checks
from broadcast.supervision.pulse import mark_pulse, pulse_file
from broadcast.supervision.redis_server import free_port


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(404 if self.path == "/404" else 200)
        self.end_headers()

    def log_message(self, *_words):
        """Nothing on the terminal."""


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_looking_at_a_station_that_is_not_there_makes_no_file(settings, clock, tmp_path):
    place = tmp_path / "trong"
    place.mkdir()
    bare = replace(settings, data_dir=place, database_url=f"sqlite:///{place / 'loa.db'}")
    for check in (checks.folder, checks.database, checks.redis, checks.worker, checks.sentences):
        check(bare, clock())
    assert list(place.iterdir()) == []


def test_a_missing_folder_and_a_missing_database_are_named(settings, clock, tmp_path):
    bare = replace(
        settings, data_dir=tmp_path / "chua", database_url=f"sqlite:///{tmp_path}/chua/a.db"
    )
    for check in (checks.folder, checks.database):
        found = check(bare, clock())
        assert not found.ok
        assert found.needed


def test_a_migrated_database_is_well(settings, clock):
    assert checks.database(settings, clock()).ok


def test_a_worker_that_never_ran_one_that_works_and_one_that_went_silent(settings, clock):
    at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    assert not checks.worker(settings, at).ok
    mark_pulse(settings.data_dir, "worker")
    os.utime(pulse_file(settings.data_dir), (at.timestamp(), at.timestamp()))
    assert checks.worker(settings, at + timedelta(seconds=checks.PULSE_FRESH_S)).ok
    late = checks.worker(settings, at + timedelta(seconds=checks.PULSE_FRESH_S + 1))
    assert not late.ok
    assert "91 giây" in late.sentence


def test_a_redis_that_does_not_answer_is_not_well(settings, clock):
    found = checks.redis(replace(settings, redis_url="redis://127.0.0.1:9/0"), clock())
    assert not found.ok
    assert "make up" in found.sentence


def test_the_web_answers_or_the_sentence_says_what_to_do(settings, clock, server):
    assert checks.web(replace(settings, port=server), clock()).ok
    silent = checks.web(replace(settings, port=free_port()), clock())
    assert not silent.ok
    assert "make up" in silent.sentence


def test_googles_voice_is_reached_by_any_answer_and_is_never_needed(settings, clock, server):
    here = f"http://127.0.0.1:{server}"
    for url, reached in ((here, True), (f"{here}/404", True), ("http://127.0.0.1:9", False)):
        found = checks.google_voice(replace(settings, google_tts_endpoint=url), clock())
        assert (found.ok, found.needed) == (reached, False)


@pytest.mark.ffmpeg
def test_ffmpeg_says_its_version(settings, clock):
    found = checks.ffmpeg(settings, clock())
    assert found.ok
    assert found.sentence.startswith("ffmpeg version")


def test_every_check_answers_in_a_sentence_under_its_own_name(settings, clock):
    offline = replace(settings, google_tts_endpoint="http://127.0.0.1:9", port=free_port())
    for name, check in checks.CHECKS.items():
        found = check(offline, clock())
        assert found.name == name
        assert found.sentence
