"""Liquidsoap as a box of the station, and Liquidsoap as the worst guest the station can have."""

import os
import subprocess
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from broadcast.airlog.models import LogEntry
from broadcast.bulletins.storage import media_path
from tests.acceptance.cut_wire import Cut
from tests.acceptance.stage import wall_clock
from tests.factories.boxes import make_box

pytestmark = [pytest.mark.player, pytest.mark.ffmpeg, pytest.mark.slow]

BOX = Path(__file__).with_name("box.liq")
AS_ROOT = "settings.init.allow_root.set(true)"
LOOP_S = 6


@pytest.fixture
def liquidsoap(program, tmp_path):
    """`liquidsoap(script, …, NAME=value)` runs until the end of the test; its log is `.log`."""
    path, running = program("liquidsoap"), []

    def start(*scripts, **environ):
        log = (tmp_path / "liquidsoap.log").open("wb")
        process = subprocess.Popen(
            [path, AS_ROOT, *scripts], cwd=tmp_path, stdout=log, stderr=log,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TMPDIR": str(tmp_path), "LANG": "C.UTF-8"} | environ,
        )  # fmt: skip
        running.append((process, log))
        return process

    yield start
    for process, log in running:
        process.kill()
        process.wait()
        log.close()


def rows_of(station):
    with station.sessions() as db:
        return db.scalars(select(LogEntry).order_by(LogEntry.number)).all()


def test_liquidsoap_plays_a_session_as_a_box_and_its_rows_reach_the_log(
    day, liquidsoap, quiet_wire, tmp_path
):
    sounds = [day.sounds[1], day.sounds[0]]
    planned = day.station.plan("hop", wall_clock() + timedelta(seconds=9), sounds)
    # The first answer to a report is lost: the rows are sent again and kept once.
    quiet_wire.cuts = [Cut("/plays", 0)]
    box = liquidsoap(
        str(BOX), LOA_STATION_URL=day.wire.url, LOA_BOX_TOKEN=day.station.token,
        LOA_PATH_KEY=day.station.key, LOA_SPOOL="plays.jsonl", LOA_OUTPUT="heard.wav",
        LOA_POLL_S="1",
    )  # fmt: skip
    spool = tmp_path / "plays.jsonl"
    quiet_wire.wait_for(
        lambda w: len(rows_of(day.station)) == len(sounds) and not spool.read_text().strip(), 60
    )
    assert box.poll() is None, (tmp_path / "liquidsoap.log").read_text()[-3000:]
    assert len(quiet_wire.paths("/plays")) > 1, "the lost answer was asked for again"
    rows = rows_of(day.station)
    assert [row.airing_id for row in rows] == [
        f"line-hop{number}-{planned.id}"[:36] for number in range(2)
    ]
    assert [row.outcome for row in rows] == ["complete", "complete"]
    for row, sound in zip(rows, sounds, strict=True):
        assert row.sha256 == sound.sha256
        assert row.played_ms == pytest.approx(sound.duration_ms, abs=150)
        assert row.planned_start <= row.started_at


def test_a_player_in_a_hot_loop_takes_nothing_from_the_others(day, liquidsoap, quiet_wire):
    media_path(day.station.data / "media", day.sounds[1].sha256).unlink()
    with day.station.sessions() as db:
        other = make_box(db, wall_clock, day.station.station, "2")
        address = f"{day.wire.url}/p/key-of-{other.id}/today.m3u"
    liquidsoap(f'output.dummy(mksafe(playlist("{day.url}/today.m3u")))')
    liquidsoap(f'output.dummy(mksafe(playlist("{day.wire.url}/p/no-such-key/now.m3u")))')
    quiet_wire.wait_for(lambda w: len(w.paths(method="HEAD")) > 20, 60)
    answers, until = [], time.monotonic() + LOOP_S
    pause = threading.Event()
    while time.monotonic() < until:
        answers.append(requests.get(address, timeout=10).status_code)
        pause.wait(0.1)
    asked = quiet_wire.paths()
    assert set(answers) == {200}
    assert len(answers) > LOOP_S
    assert len(asked) > 100, "it did loop"
    statuses = {one.status for one in asked if one.status}
    assert 404 in statuses
    assert not {status for status in statuses if status >= 500}
