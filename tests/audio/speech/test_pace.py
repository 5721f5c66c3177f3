import struct
import subprocess
import sys
import time
from itertools import pairwise

import pytest

from audio.speech.errors import SpeechInterrupted
from audio.speech.pace import Pace

FAR = 1e12
WORKER = """
import sys
from pathlib import Path
from audio.speech.pace import Pace
pace = Pace(Path(sys.argv[1]), 1.0)
print("ready", flush=True)
sys.stdin.read()
for _ in range(150):
    print(pace._take_turn(1e12))  # without sleeping until then
"""


def next_turn(file) -> float:
    return struct.unpack("<d", file.read_bytes())[0]


def test_no_two_workers_get_the_same_turn(tmp_path):
    command = [sys.executable, "-c", WORKER, str(tmp_path / "pace")]
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.stdin.close()
    turns = sorted(float(line) for worker in workers for line in worker.stdout)
    for worker in workers:
        assert worker.wait() == 0
        worker.stdout.close()
    assert len(turns) == 450
    assert all(later - earlier > 0.999 for earlier, later in pairwise(turns))


def test_a_turn_is_waited_for(tmp_path):
    pace = Pace(tmp_path / "pace", interval_s=0.05)
    pace.wait_turn(FAR)
    earliest = next_turn(tmp_path / "pace")
    pace.wait_turn(FAR)
    assert time.monotonic() >= earliest


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
