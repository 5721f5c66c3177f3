"""One contract, two players: the silent one is trusted because mpv passes the same tests."""

import shutil
import time

import pytest

from playout.clock import MachineReader, StationClock
from playout.errors import PlayerFailed
from playout.player import Cue, State

needs_mpv = [
    pytest.mark.player,
    pytest.mark.skipif(not shutil.which("mpv"), reason="mpv is not installed"),
]


@pytest.fixture(params=["silent", pytest.param("mpv", marks=needs_mpv)])
def player(request, clock):
    from playout.mpv_player import MpvPlayer
    from playout.silent_player import SilentPlayer

    made = SilentPlayer(clock) if request.param == "silent" else MpvPlayer(clock, "null")
    yield made
    made.close()


@pytest.fixture
def clock(tmp_path):
    return StationClock(MachineReader(), tmp_path / "clock.json")


@pytest.fixture
def file(tmp_path, loopback):
    def make(duration_ms, salt=0):
        path = tmp_path / f"{duration_ms}-{salt}.mp3"
        path.write_bytes(loopback.make_mp3(duration_ms, salt))
        return str(path)

    return make


def hear(player, clock, until_key, limit_s=8):
    """Everything told until `until_key` came to its end."""
    told, deadline = [], clock.steady_ns() + limit_s * 10**9
    while clock.steady_ns() < deadline:
        told += player.progress()
        if any(p.key == until_key and p.state is not State.PLAYING for p in told):
            return told
        time.sleep(0.01)
    raise AssertionError("the player did not come to an end")


def play_to_end(player, clock, cue):
    """Some outputs fail when the file is armed, some when it is released."""
    player.arm(cue)
    player.release(clock.steady_ns())
    last = hear(player, clock, cue.key)[-1]
    if last.state is State.FAILED:
        raise PlayerFailed(reason=last.reason)


def ends(told):
    return [(p.key, p.state) for p in told if p.state is not State.PLAYING]


def test_an_armed_file_waits_and_then_plays_to_its_proved_end(player, clock, file):
    player.arm(Cue("a", file(960)))
    assert player.progress() == []
    at = clock.steady_ns() + 200_000_000
    started = player.release(at)
    assert started >= at
    told = hear(player, clock, "a")
    assert ends(told) == [("a", State.ENDED)]
    assert abs(told[-1].position_ms - 960) <= 30
    assert clock.steady_ns() - started >= 900_000_000, "it really takes the time"


def test_a_follower_starts_when_its_predecessor_ends(player, clock, file):
    player.arm(Cue("a", file(960, 1)))
    started = player.release(clock.steady_ns())
    player.follow(Cue("b", file(960, 2)))
    told = hear(player, clock, "b")
    assert ends(told) == [("a", State.ENDED), ("b", State.ENDED)]
    b_started = next(p.started_ns for p in told if p.key == "b")
    assert abs(b_started - started - 960_000_000) < 60_000_000
    assert all(abs(p.position_ms - 960) <= 60 for p in told if p.state is State.ENDED)


def test_a_follower_can_be_taken_back(player, clock, file):
    player.arm(Cue("a", file(960, 1)))
    player.release(clock.steady_ns())
    player.follow(Cue("b", file(960, 2)))
    player.follow(None)
    told = hear(player, clock, "a")
    assert ends(told) == [("a", State.ENDED)]
    time.sleep(0.1)
    assert player.progress() == []


def test_stopping_tells_the_position_reached(player, clock, file):
    player.arm(Cue("a", file(5000)))
    player.release(clock.steady_ns())
    time.sleep(0.5)
    assert 350 <= player.stop() <= 700
    assert player.progress() == []


def test_a_resumed_file_starts_in_the_middle(player, clock, file):
    player.arm(Cue("a", file(4800), from_ms=4000))
    started = player.release(clock.steady_ns())
    told = hear(player, clock, "a")
    assert abs(told[-1].position_ms - 4800) <= 60
    assert clock.steady_ns() - started < 2_500_000_000


def test_a_truncated_file_never_reaches_its_planned_position(player, clock, file, tmp_path):
    content = (tmp_path / file(4800).rsplit("/", 1)[-1]).read_bytes()
    cut = tmp_path / "cut.mp3"
    cut.write_bytes(content[: len(content) // 4])
    player.arm(Cue("a", str(cut)))
    player.release(clock.steady_ns())
    told = hear(player, clock, "a")
    assert told[-1].position_ms <= 1300


@pytest.mark.parametrize("content", [b"", b"<html>404</html>", bytes(5000)])
def test_what_is_no_sound_is_refused_when_it_is_armed(player, tmp_path, content):
    path = tmp_path / "no.mp3"
    path.write_bytes(content)
    with pytest.raises(PlayerFailed):
        player.arm(Cue("a", str(path)))


def test_a_missing_file_is_refused_when_it_is_armed(player, tmp_path):
    with pytest.raises(PlayerFailed):
        player.arm(Cue("a", str(tmp_path / "none.mp3")))


def test_after_a_restart_it_plays_again(player, clock, file):
    player.arm(Cue("a", file(960)))
    player.restart()
    assert player.progress() == []
    player.arm(Cue("b", file(480)))
    player.release(clock.steady_ns())
    assert ends(hear(player, clock, "b")) == [("b", State.ENDED)]


@pytest.mark.player
@pytest.mark.skipif(not shutil.which("mpv"), reason="mpv is not installed")
def test_a_killed_mpv_is_noticed_and_replaced(clock, file):
    from playout.mpv_player import MpvPlayer

    player = MpvPlayer(clock, "null")
    try:
        player.arm(Cue("a", file(4800)))
        player.release(clock.steady_ns())
        player._mpv._process.kill()
        player._mpv._reader.join(5)
        with pytest.raises(PlayerFailed):
            hear(player, clock, "a")
        player.restart()
        player.arm(Cue("b", file(480)))
    finally:
        player.close()


@pytest.mark.player
@pytest.mark.skipif(not shutil.which("mpv"), reason="mpv is not installed")
def test_an_unknown_sound_device_fails_by_name_and_in_time(clock, file):
    from playout.mpv_player import MpvPlayer

    player = MpvPlayer(clock, "alsa/no-such-card")
    try:
        with pytest.raises(PlayerFailed):
            play_to_end(player, clock, Cue("a", file(960)))
    finally:
        player.close()


@pytest.mark.player
@pytest.mark.skipif(not shutil.which("mpv"), reason="mpv is not installed")
def test_a_relay_is_heard_from_a_live_address(clock, station):
    from playout.mpv_player import MpvPlayer

    raw = station.add_audio(4800)
    sha = raw["sha256"]
    player = MpvPlayer(clock, "null")
    try:
        url = f"{station.url}/radio/{sha}.mp3"
        player.arm(Cue("r", url, is_stream=True))
        player.release(clock.steady_ns())
        deadline = clock.steady_ns() + 5 * 10**9
        while not any(p.position_ms > 200 for p in player.progress()):
            assert clock.steady_ns() < deadline
            time.sleep(0.02)
    finally:
        player.close()
