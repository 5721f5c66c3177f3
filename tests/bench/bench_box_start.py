"""How exactly a box starts: first sample against plan, one box and two boxes on one machine.

Limits measured in the same run: a bare wait to a monotonic deadline (the machine's own jitter),
and starting mpv only when its time has come (what an unarmed box would do).
Run: python tests/bench/bench_box_start.py
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "playout"))

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

    armed = start_rounds(clock, make, audio)
    apart = two_boxes(clock, audio)
    spawned = [spawn_at_time(clock, audio) for _ in range(ROUNDS // 4)]
    ratio = percentile(spawned, 50) / max(percentile(armed, 50), 0.001)
    verdict = (
        "kept"
        if percentile(armed, 95) <= GOAL_MS and percentile(apart, 95) <= GOAL_MS
        else "MISSED"
    )
    return [
        report("mpv --ao=null, armed", armed),
        report("two mpv boxes, apart from each other", apart),
        report("mpv spawned when its time has come", spawned),
        f"armed is {ratio:.0f} times nearer than spawned; bare limit {limit_ms:.3f} ms; goal p95 <= {GOAL_MS:.0f} ms: {verdict}",
    ]


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
