"""The loop never stops, whatever a lane does; the surroundings follow the air."""

import socket
import threading

import pytest

from playout.agent import Agent, UnexpectedFault, notify_supervisor
from playout.clock import MachineReader
from playout.config import BoxConfig
from playout.errors import TokenRevoked
from playout.surroundings import Surroundings


class StumblingLane:
    """Fails on its first steps and then says that it got through."""

    def __init__(self, failures):
        self.wake, self.through = threading.Event(), threading.Event()
        self.failures = failures

    def step(self):
        if self.failures:
            self.failures -= 1
            self.wake.set()
            raise ZeroDivisionError
        self.through.set()
        return 1.0


@pytest.fixture
def surroundings(stage):
    def make(**commands):
        config = BoxConfig("http://x", "t", **commands)
        return Surroundings(config, stage.clock, stage.faults)

    return make


def test_a_lane_that_fails_goes_on_and_the_station_hears_of_it(stage, surroundings, caplog):
    stage.clock.reader = MachineReader()
    lane = StumblingLane(failures=2)
    agent = Agent(stage.core, stage.air, {"lane": lane}, surroundings())
    running = threading.Thread(target=agent.run)
    running.start()
    assert lane.through.wait(20)
    agent.stop()
    running.join(20)
    assert not running.is_alive()
    assert UnexpectedFault.code in {fault.code for fault in stage.faults.list()}
    assert "ZeroDivisionError" in caplog.text


def test_systemd_is_told_when_it_asked(tmp_path, monkeypatch):
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address)
        systemd.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        notify_supervisor("WATCHDOG=1")
        assert systemd.recv(100) == b"WATCHDOG=1"
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    notify_supervisor("WATCHDOG=1")
    monkeypatch.delenv("NOTIFY_SOCKET")
    notify_supervisor("WATCHDOG=1")


def test_the_amplifier_is_on_around_a_session_and_off_between(
    stage, surroundings, build, noon, tmp_path
):
    from datetime import timedelta

    log = tmp_path / "log"
    place = surroundings(
        amp_on_command=("sh", "-c", f"echo on >> {log}"),
        amp_off_command=("sh", "-c", f"echo off >> {log}"),
    )
    audio = stage.record_audio(24)
    starts = [noon + timedelta(minutes=10), noon + timedelta(minutes=12), noon + timedelta(hours=3)]
    sessions = [
        build.session(at, [build.item(0, 24, f"a{n}", audio=audio)]) for n, at in enumerate(starts)
    ]
    stage.air.offer(build.plan(*sessions))
    switched, was_on = [], False
    for _ in range(4 * 3600 // 15):
        stage.run_for(15)
        place.tend(stage.air)
        if place._is_on != was_on:
            was_on = place._is_on
            if command := place._amplifier._running:
                command.wait(10)  # it takes its time in the real world, where none has passed here
            switched.append((was_on, round((stage.clock.now() - noon).total_seconds() / 60, 1)))
    place.close()
    assert [on for on, _ in switched] == [True, False, True, False]
    assert 9 <= switched[0][1] <= 9.5
    assert 12 < switched[1][1] < 13
    assert log.read_text().split() == ["on", "off", "on", "off"]


def test_the_lamp_shows_one_word_and_changes_only_when_it_must(
    stage, surroundings, build, noon, tmp_path
):
    log = tmp_path / "log"
    place = surroundings(status_command=("sh", "-c", f"echo $0 >> {log}"))

    def show():
        place.tend(stage.air)
        place._lamp._running and place._lamp._running.wait()

    show()
    show()
    stage.faults.put(TokenRevoked())
    show()
    stage.faults.put(UnexpectedFault())
    show()
    stage.faults.clear(TokenRevoked.code, UnexpectedFault.code)
    audio = stage.record_audio(48)
    stage.air.offer(build.plan(build.session(noon, [build.item(0, 48, "a", audio=audio)])))
    stage.run_for(10)
    show()
    place.close()
    assert log.read_text().split() == ["idle", "offline", "fault", "on_air", "stopped"]


def test_a_hook_that_fails_is_a_fault_and_no_reason_to_stop(stage, surroundings, build, noon):
    place = surroundings(amp_on_command=("/no/such/amplifier",))
    audio = stage.record_audio(24)
    stage.air.offer(build.plan(build.session(noon, [build.item(0, 24, "a", audio=audio)])))
    stage.run_for(5)
    place.tend(stage.air)
    assert "box.hook_failed" in {fault.code for fault in stage.faults.list()}
    stage.run_for(30)
    assert stage.outcomes() == [("a", "complete", None)]
