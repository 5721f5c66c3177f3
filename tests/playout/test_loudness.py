"""Per cent and decibels mean what they say: heard in what mpv really puts out."""

import math
import re
import shutil
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.ffmpeg import run_ffmpeg
from playout.clock import MachineReader, StationClock
from playout.player import Cue, State

TONE_S = 0.8


@pytest.mark.parametrize(
    ("percent", "gain_db", "level_db"),
    [(100, 0, 0), (50, 0, -6.02), (10, 0, -20), (80, 0, -1.94), (50, -6, -12.02), (100, 6, 6)],
)
def test_per_cent_are_of_the_amplitude_and_gain_comes_on_top(percent, gain_db, level_db):
    amplitude = Cue("a", "x", volume_percent=percent, gain_db=gain_db).amplitude
    assert 20 * math.log10(amplitude) == pytest.approx(level_db, abs=0.01)


def test_nought_is_silence_whatever_the_gain():
    assert Cue("a", "x", volume_percent=0, gain_db=24).amplitude == 0


@given(percent=st.integers(1, 100), gain_db=st.floats(-60, 24))
def test_a_change_of_per_cent_and_the_same_change_in_decibels_are_one(percent, gain_db):
    by_percent = Cue("a", "x", volume_percent=percent, gain_db=gain_db).amplitude
    level_db = 20 * math.log10(percent / 100)
    assert by_percent == pytest.approx(Cue("a", "x", gain_db=gain_db + level_db).amplitude)


@pytest.fixture(scope="module")
def tone(tmp_path_factory):
    """A steady note at -12 dBFS, so that there is room above it."""
    path = tmp_path_factory.mktemp("tone") / "tone.wav"
    note = f"aevalsrc=0.25*sin(2*PI*440*t):s=48000:d={TONE_S}"
    run_ffmpeg(["-f", "lavfi", "-i", note, "-c:a", "pcm_s16le", f"file:{path}"])
    return str(path)


@pytest.fixture
def heard_db(tone, tmp_path):
    """The level that mpv puts out for a cue, against full scale; its output goes to a file."""
    from playout.mpv_player import MpvPlayer

    def play(**loudness):
        clock = StationClock(MachineReader(), tmp_path / "clock.json")
        heard = tmp_path / f"heard-{time.monotonic_ns()}.wav"
        player = MpvPlayer(clock, f"pcm:{heard}")
        try:
            player.arm(Cue("a", tone, **loudness))
            player.release(clock.steady_ns())
            deadline = clock.steady_ns() + 8 * 10**9
            while not any(told.state is State.ENDED for told in player.progress()):
                assert clock.steady_ns() < deadline
                time.sleep(0.01)
        finally:
            player.close()
        return level_db(heard)

    return play


def level_db(path):
    """Root mean square of the middle, in dB."""
    middle = "atrim=0.2:0.6,astats=measure_perchannel=none:measure_overall=RMS_level"
    said = run_ffmpeg(["-v", "info", "-i", f"file:{path}", "-af", middle, "-f", "null", "-"])
    return float(re.search(r"RMS level dB: (-[\d.]+)", said)[1])


@pytest.mark.player
@pytest.mark.skipif(not shutil.which("mpv"), reason="mpv is not installed")
@pytest.mark.parametrize(
    ("loudness", "change_db"),
    [
        ({"volume_percent": 50}, -6.02),
        ({"volume_percent": 10}, -20.0),
        ({"volume_percent": 80, "gain_db": -10.0}, -11.94),
        ({"gain_db": 6.0}, 6.0),
    ],
)
def test_mpv_puts_out_the_level_that_was_asked_for(heard_db, loudness, change_db):
    # On 16 bit mpv multiplies by 256ths: a tenth of the amplitude is 26 of them, -19.87 dB.
    assert heard_db(**loudness) - heard_db() == pytest.approx(change_db, abs=0.2)
