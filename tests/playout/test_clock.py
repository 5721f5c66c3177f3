"""Station time carried by the steady clock: wall steps, restarts, unknown clocks, precise waits."""

from datetime import timedelta

import pytest

from playout.clock import MachineReader, Standing, StationClock
from playout.offset import Exchange


@pytest.fixture
def path(tmp_path):
    return tmp_path / "clock.json"


def ask(clock, moment):
    now_ns = clock.steady_ns()
    clock.observe(Exchange(now_ns, now_ns, round(moment.timestamp() * 1e9)))


def test_before_the_station_was_asked_the_wall_clock_is_followed(path, make_reader, noon):
    reader = make_reader()
    clock = StationClock(reader, path)
    assert clock.standing is Standing.WALL
    reader.step_wall(timedelta(hours=2))
    assert abs(clock.now() - noon - timedelta(hours=2)) < timedelta(milliseconds=1)


def test_afterwards_the_wall_clock_may_jump_as_it_likes(path, make_reader, noon):
    reader = make_reader()
    clock = StationClock(reader, path)
    ask(clock, noon + timedelta(hours=7))
    reader.step_wall(timedelta(days=-400))
    reader.sleep(60)
    assert abs(clock.now() - noon - timedelta(hours=7, seconds=60)) < timedelta(milliseconds=1)
    assert clock.standing is Standing.STATION
    assert round(clock.wall_offset_ms / 3_600_000) == 7 + 400 * 24


def test_a_restart_in_the_same_boot_needs_no_station(path, make_reader, noon):
    ask(StationClock(make_reader(), path), noon + timedelta(hours=7))
    clock = StationClock(make_reader(wall=noon - timedelta(days=99)), path)
    assert clock.is_trusted
    assert abs(clock.now() - noon - timedelta(hours=7)) < timedelta(seconds=1)


def test_after_a_power_cut_the_wall_clock_counts_again_but_never_the_past(path, make_reader, noon):
    ask(StationClock(make_reader(), path), noon)
    later = StationClock(make_reader(boot="2", wall=noon + timedelta(hours=1)), path)
    assert later.standing is Standing.WALL
    earlier = StationClock(make_reader(boot="2", wall=noon - timedelta(hours=1)), path)
    assert earlier.standing is Standing.UNKNOWN
    ask(earlier, noon + timedelta(hours=1))
    assert earlier.standing is Standing.STATION


@pytest.mark.parametrize("content", [b"", b"{}", b"garbage", b"[1]"])
def test_a_spoiled_memory_is_no_memory(path, make_reader, content):
    path.write_bytes(content)
    assert StationClock(make_reader(), path).standing is Standing.WALL


def test_there_and_back_between_moments_and_readings(path, make_reader, noon):
    clock = StationClock(make_reader(), path)
    for _ in range(2):
        moment = noon + timedelta(hours=3)
        assert abs(clock.at(clock.steady_at(moment)) - moment) <= timedelta(microseconds=100)
        ask(clock, noon + timedelta(days=2))


def test_a_drifting_machine_follows_the_station(path, make_reader, noon):
    reader = make_reader()
    clock, true_s = StationClock(reader, path), 0.0
    for _ in range(60):
        reader.sleep(10 * (1 + 1 / 60))
        true_s += 10
        ask(clock, noon + timedelta(seconds=true_s))
    reader.sleep(10 * (1 + 1 / 60))
    assert abs(clock.now() - noon - timedelta(seconds=true_s + 10)) < timedelta(milliseconds=50)


def test_waiting_never_ends_early(path):
    clock = StationClock(MachineReader(), path)
    for wait_ns in (0, 100_000, 5_000_000):
        until = clock.steady_ns() + wait_ns
        assert until <= clock.sleep_until(until) <= clock.steady_ns()


def test_the_machine_knows_its_own_boot():
    reader = MachineReader()
    assert len(reader.boot_name()) == 36
    assert reader.steady_ns() < reader.steady_ns() + 1
    assert reader.wall_ns() > 1_700_000_000 * 10**9


def test_many_answers_of_whole_seconds_do_not_push_out_the_exact_one(tmp_path, reader):
    clock = StationClock(reader, tmp_path / "clock.json")
    at = reader.steady_ns()
    clock.observe(Exchange(at, at + 1000, at + 10**18, grain_ns=500_000))
    for number in range(1, 40):
        sent = at + number * 10**9
        coarse = sent + 10**18 + (-1) ** number * 400_000_000
        clock.observe(Exchange(sent, sent + 1000, coarse, grain_ns=500_000_000))
    assert clock.error_ms <= 1
