"""How exactly a box starts: first sample against plan, one box and two boxes on one machine.

Limits measured in the same run: a bare wait to a monotonic deadline (the machine's own jitter),
and starting mpv only when its time has come (what an unarmed box would do). The goal is held
against the scheduling that playout/loa-box.service asks for (round robin, before ordinary work);
without the right to it, and beside it for comparison, the box is scheduled like everybody.
Run: python tests/bench/bench_box_start.py
"""

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from box_trial import Trial
from loopback import make_mp3

from playout.clock import MachineReader, StationClock
from playout.player import Cue
from playout.silent_player import SilentPlayer

ROUNDS = 40
LEAD_NS = 150_000_000
LISTEN_NS = 300_000_000
APART_NS = 900_000_000
GOAL_MS = 10.0


def main() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        clock = StationClock(MachineReader(), Path(folder) / "clock.json")
        audio = Path(folder) / "item.mp3"
        audio.write_bytes(make_mp3(2400))
        bare = [wait_bare(clock) for _ in range(ROUNDS)]
        lines = [
            report("bare wait to a deadline (limit)", bare),
            report("silent player, armed", start_rounds(clock, lambda: SilentPlayer(clock), audio)),
        ]
        if shutil.which("mpv"):
            lines += bench_mpv(clock, audio, statistics.median(bare))
        else:
            lines.append("mpv is not installed: the armed mpv was not measured")
        return lines


def bench_mpv(clock, audio, limit_ms) -> list[str]:
    from playout.mpv_player import MpvPlayer

    def make():
        return MpvPlayer(clock, "null")

    plain = start_rounds(clock, make, audio)
    with as_the_unit_schedules() as is_allowed:
        armed = start_rounds(clock, make, audio)
        apart = two_boxes(clock, audio)
        whole = two_whole_boxes()
    spawned = [spawn_at_time(clock, audio) for _ in range(ROUNDS // 4)]
    ratio = percentile(spawned, 50) / max(percentile(armed, 50), 0.001)
    is_kept = max(percentile(armed, 95), percentile(apart, 95)) <= GOAL_MS
    how = "as the unit schedules it" if is_allowed else "scheduled like everybody (no right to rr)"
    return [
        report("mpv --ao=null, armed, scheduled like everybody", plain),
        report(f"mpv --ao=null, armed, {how}", armed),
        report(f"two mpv boxes on one time, apart from each other, {how}", apart),
        report(f"two whole boxes, each asking the station for the time, {how}", whole),
        report("mpv spawned when its time has come", spawned),
        f"armed is {ratio:.0f} times nearer than spawned; bare limit {limit_ms:.3f} ms",
        f"goal p95 <= {GOAL_MS:.0f} ms: {'kept' if is_kept else 'MISSED'}",
    ]


@contextmanager
def as_the_unit_schedules():
    """CPUSchedulingPolicy=rr, CPUSchedulingPriority=10; what is started within inherits it."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(10))
    except PermissionError:
        yield False
        return
    try:
        yield True
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def two_whole_boxes() -> list[float]:
    """Two `playout run` with one station; the moments at which each let its player go. The station
    takes no rows, so that they stay in the journals, which tell the machine's steady time.
    """
    trial = Trial(items=ROUNDS // 2, gap_ms=520, lead_s=4)
    trial.station.script("plays", *[500] * 1000)
    folders = [trial.folder.with_name(name) for name in ("one", "other")]
    boxes = []
    for folder in folders:
        trial.start(LOA_BOX_DATA=str(folder), LOA_BOX_PLAYER="mpv", LOA_BOX_AUDIO_DEVICE="null")
        boxes.append(trial.box)
    trial.wait_until(trial.ends_at + timedelta(seconds=1))
    for box in boxes:
        box.terminate()
        box.wait()
    heard = []
    for folder in folders:
        with closing(sqlite3.connect(folder / "journal.db")) as db:
            heard.append(dict(db.execute("SELECT key, started_ns FROM plays WHERE started_ns > 0")))
    trial.close()
    one, other = heard
    return [abs(one[key] - other[key]) / 1e6 for key in one.keys() & other.keys()]


def start_rounds(clock, make, audio) -> list[float]:
    """Milliseconds between the asked and the heard start of an armed item."""
    player, errors = make(), []
    try:
        for number in range(ROUNDS):
            player.arm(Cue(str(number), str(audio)))
            at = clock.steady_ns() + LEAD_NS
            player.release(at)
            errors.append(abs(first_sample_ns(player, clock) - at) / 1e6)
    finally:
        player.close()
    return errors


def two_boxes(clock, audio) -> list[float]:
    """Two boxes, each a process of its own, with one plan; how far apart they are heard."""
    first_ns = clock.steady_ns() + 3 * 10**9
    command = [sys.executable, __file__, "--box", str(audio), str(first_ns)]
    boxes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    heard = [[int(line) for line in box.communicate()[0].split()] for box in boxes]
    return [abs(one - other) / 1e6 for one, other in zip(*heard, strict=True)]


def be_a_box(audio, first_ns) -> None:
    """Prints when each of the agreed starts was heard, in the machine's steady time."""
    from playout.mpv_player import MpvPlayer

    with tempfile.TemporaryDirectory() as folder:
        clock = StationClock(MachineReader(), Path(folder) / "clock.json")
        player = MpvPlayer(clock, "null")
        for number in range(ROUNDS):
            player.arm(Cue(str(number), audio))
            player.release(first_ns + number * APART_NS)
            print(first_sample_ns(player, clock))
        player.close()


def first_sample_ns(player, clock) -> int:
    """When position 0 was heard. A position is reported somewhat after it was true, so the
    earliest of several answers is the nearest."""
    track = getattr(player, "_track", None)
    if track is None:
        return player.progress()[0].started_ns
    answers, until = [], clock.steady_ns() + LISTEN_NS
    while clock.steady_ns() < until or not answers:
        player.progress()
        heard = track.current
        if heard and heard.position_ms > 0:
            answers.append(heard.moved_ns - heard.position_ms * 1_000_000)
        time.sleep(0.005)
    return min(answers)


def spawn_at_time(clock, audio) -> float:
    """What an unarmed box would add: process start to the first PCM byte."""
    at = clock.sleep_until(clock.steady_ns() + LEAD_NS // 3)
    command = [
        "mpv",
        "--no-config",
        "--no-video",
        "--really-quiet",
        "--ao=pcm",
        "--ao-pcm-file=/dev/stdout",
        str(audio),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as spawned:
        spawned.stdout.read(1)
        delay_ms = (clock.steady_ns() - at) / 1e6
        spawned.kill()
    return delay_ms


def wait_bare(clock) -> float:
    at = time.monotonic_ns() + LEAD_NS // 10
    time.sleep(max(0.0, (at - time.monotonic_ns()) / 1e9))
    return abs(time.monotonic_ns() - at) / 1e6


def percentile(values, percent) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(len(ordered) * percent / 100))]


def report(name, errors_ms) -> str:
    p50, p95, worst = percentile(errors_ms, 50), percentile(errors_ms, 95), max(errors_ms)
    return f"{name}: p50 {p50:.3f} ms, p95 {p95:.3f} ms, max {worst:.3f} ms (n={len(errors_ms)})"


if __name__ == "__main__" and sys.argv[1:2] == ["--box"]:
    be_a_box(sys.argv[2], int(sys.argv[3]))
elif __name__ == "__main__":
    print("\n".join(main()))
