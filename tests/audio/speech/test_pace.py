import struct
import subprocess
import sys
import time

import pytest

from audio.speech.errors import SpeechInterrupted
from audio.speech.pace import Pace

FAR = 1e12
WORKER = """
import sys, time
from pathlib import Path
from audio.speech.pace import Pace
pace = Pace(Path(sys.argv[1]), 0.02)
print("ready", flush=True)
sys.stdin.read()
for _ in range(5):
    pace.wait_turn(1e12)
    print(time.monotonic())
"""


def next_turn(file) -> float:
    return struct.unpack("<d", file.read_bytes())[0]


def test_turns_of_several_workers_keep_their_distance(tmp_path):
    command = [sys.executable, "-c", WORKER, str(tmp_path / "pace")]
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    started = time.monotonic()
    for worker in workers:
        worker.stdin.close()
    moments = sorted(float(line) for worker in workers for line in worker.stdout)
    for worker in workers:
        assert worker.wait() == 0
        worker.stdout.close()
    # The n-th question may be late on a busy machine, but never before its turn.
    assert all(moment >= started + 0.02 * n for n, moment in enumerate(moments))


def test_a_turn_after_the_deadline_is_refused_and_not_used_up(tmp_path):
    pace = Pace(tmp_path / "pace", interval_s=1_000)
    pace.wait_turn(FAR)
    taken = next_turn(tmp_path / "pace")
    with pytest.raises(SpeechInterrupted, match="bận"):
        pace.wait_turn(time.monotonic() + 5)
    assert next_turn(tmp_path / "pace") == taken


def test_the_first_turn_is_now(tmp_path):
    Pace(tmp_path / "state" / "pace", interval_s=1_000).wait_turn(time.monotonic() + 900)
    assert next_turn(tmp_path / "state" / "pace") <= time.monotonic() + 1_000


@pytest.mark.parametrize("kept", [b"", b"abc", struct.pack("<d", 9e15), struct.pack("<d", -5.0)])
def test_a_damaged_file_or_one_from_before_a_restart_costs_no_wait(tmp_path, kept):
    (tmp_path / "pace").write_bytes(kept)
    Pace(tmp_path / "pace", interval_s=1).wait_turn(time.monotonic() + 0.9)
    assert next_turn(tmp_path / "pace") <= time.monotonic() + 1
