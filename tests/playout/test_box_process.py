"""The whole box as a process of its own, killed without warning, against a station on loopback."""

import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from playout.wire import parse_instant

REPO = Path(__file__).parents[2]
KILLS = 20


@pytest.fixture
def start_box(process_env, station):
    """Starts `python -m playout run`; whatever still runs at the end is killed."""
    running = []

    def start(deed="run", **more):
        process = subprocess.Popen(
            [sys.executable, "-m", "playout", deed],
            cwd=REPO, env=process_env(station, **more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_twenty_kills_at_random_moments_leave_one_true_row_for_every_airing(
    station, start_box, find_untruths
):
    chance = random.Random(20261123)
    audio, count, step_s = station.add_audio(240), 60, 0.36
    starts_at = station.now() + timedelta(seconds=1.5)
    items = [station.item(f"a{n}", round(n * step_s * 1000), audio) for n in range(count)]
    station.publish("1", [station.session("s", starts_at, items, grace_ms=1000)])
    kills = []
    for _ in range(KILLS):
        box = start_box()
        with pytest.raises(subprocess.TimeoutExpired):
            box.wait(chance.uniform(0.3, 1.6))
        kills.append(station.now())
        box.kill()
        box.wait()
    box = start_box()
    station.wait_for(lambda s: len(s.rows) == count, 40)
    box.terminate()
    assert box.wait(10) == 0
    planned = [f"a{n}" for n in range(count)]
    assert find_untruths(list(station.rows.values()), planned, kills) == []
    outcomes = {row["outcome"] for row in station.rows.values()}
    assert {"complete", "interrupted"} <= outcomes


def test_a_box_plays_on_while_the_station_is_down_and_reports_afterwards(station, start_box):
    audio = station.add_audio(480)
    starts_at = station.now() + timedelta(seconds=3)
    items = [station.item(f"a{n}", n * 480, audio) for n in range(4)]
    station.publish("1", [station.session("s", starts_at, items)])
    box = start_box()
    station.wait_for(lambda s: any("/media/" in path for _, path, _ in s.requests))
    station.stop()
    with pytest.raises(subprocess.TimeoutExpired):
        box.wait(5.5)
    station.start_again()
    station.wait_for(lambda s: len(s.rows) == 4, 30)
    assert {row["outcome"] for row in station.rows.values()} == {"complete"}
    for row in station.rows.values():
        late = parse_instant(row["started_at"]) - parse_instant(row["planned_start"])
        assert abs(late) < timedelta(seconds=1), "nobody waited for the station"


def test_an_emergency_reaches_a_playing_box_and_cuts_in(station, start_box):
    long, alarm = station.add_audio(9600, 1), station.add_audio(480, 2)
    normal = station.session(
        "s",
        station.now() + timedelta(seconds=2),
        [station.item("tin", 0, long)],
        grace_ms=0,
        mode="skip",
    )
    station.publish("1", [normal])
    start_box()
    station.wait_for(lambda s: sum(path.endswith("/plan") for _, path, _ in s.requests) >= 4, 15)
    cry = station.session("e", station.now(), [station.item("lũ", 0, alarm)], priority="emergency")
    station.publish("2", [normal, cry])
    station.wait_for(lambda s: len(s.rows) == 2, 20)
    rows = {row["airing"]: row for row in station.rows.values()}
    assert rows["lũ"]["outcome"] == "complete"
    assert (rows["tin"]["outcome"], rows["tin"]["reason"]) == ("interrupted", "emergency")
    assert 0 < rows["tin"]["played_ms"] < 9600


def test_a_second_box_on_the_same_folder_refuses_to_start(station, start_box):
    station.publish("1", [])
    start_box()
    station.wait_for(lambda s: s.heartbeats)
    second = start_box()
    _, said = second.communicate(timeout=20)
    assert second.returncode == 2
    assert "box.already_runs" in said


def test_a_stopped_box_switches_the_amplifier_off_and_leaves_in_peace(station, start_box, tmp_path):
    audio = station.add_audio(30_000)
    station.publish(
        "1",
        [station.session("s", station.now() + timedelta(seconds=2), [station.item("a", 0, audio)])],
    )
    log = tmp_path / "amp.log"
    box = start_box(
        LOA_BOX_AMP_ON_COMMAND=f"sh -c 'echo on >> {log}'",
        LOA_BOX_AMP_OFF_COMMAND=f"sh -c 'echo off >> {log}'",
        LOA_BOX_STATUS_COMMAND=f"sh -c 'echo $0 >> {log}'",
    )
    station.wait_for(lambda s: sum(path.endswith("/plan") for _, path, _ in s.requests) >= 5, 20)
    box.terminate()
    assert box.wait(15) == 0
    words = log.read_text().split()
    assert words.index("on") < words.index("off")
    assert {"on_air", "stopped"} <= set(words)
    start_box()
    station.wait_for(lambda s: len(s.rows) == 1)
    (row,) = station.rows.values()
    assert (row["outcome"], row["reason"]) == ("interrupted", "box_stopped")


def test_once_fills_a_box_and_leaves(station, start_box):
    audio = station.add_audio(2400)
    station.publish(
        "1",
        [station.session("s", station.now() + timedelta(hours=1), [station.item("a", 0, audio)])],
    )
    said, _ = start_box("once").communicate(timeout=30)
    assert "1 tệp âm thanh" in said


def test_a_bad_setting_is_named_and_stops_the_start(station, start_box, loopback):
    box = start_box(LOA_BOX_TRIM_MS="soon")
    _, said = box.communicate(timeout=20)
    assert box.returncode == 2
    assert "LOA_BOX_TRIM_MS" in said
    assert loopback.TOKEN not in said
