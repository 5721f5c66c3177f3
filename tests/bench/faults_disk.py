"""The box's fault table, third part: the card. Full, read-only, flipped bits, power cut at fsync.

The cards are ext4 images on loop devices, which only root may mount; without, the lines say so.
Run: python tests/bench/faults_disk.py     (about two minutes)
"""

import random
import subprocess
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from box_trial import HEAD, ITEMS, Line, SmallCard, Trial, fault_codes, run_table
from power_cut import Life

OFFSETS = 20_000
TORN = 2_000
CHECKPOINTS = 500
CARD_MB = 64
"""The box keeps 32 MB free for its journal and plan (playout.cache.SPARE_BYTES)."""


def main() -> list[str]:
    return [*HEAD, *(str(fault()) for fault in FAULTS)]


def power_cut_at_fsync() -> Line:
    """The log of a journal cut at thousands of bytes, torn commits, half-done checkpoints."""
    chance = random.Random(20261123)
    with tempfile.TemporaryDirectory() as folder:
        life = Life(Path(folder), airings=12)
        offsets = life.offsets(chance, more=OFFSETS)
        lies = [lie for at in offsets for lie in life.cut_at(at)]
        commits = [chance.randrange(1, len(life.promises)) for _ in range(TORN)]
        lies += [lie for number in commits for lie in life.tear(number, chance)]
        lies += [lie for _ in range(CHECKPOINTS) for lie in life.half_checkpoint(chance)]
        life.close()
    return Line(
        f"power cut at fsync: {len(offsets)} byte offsets, {TORN} torn commits,"
        f" {CHECKPOINTS} half checkpoints",
        "every synced row there, once; no half row",
        f"{len(lies)} untrue{': ' if lies else ''}{'; '.join(lies[:3])}",
        lost=len(lies),
    )


def damaged(fault, hurt):
    """On the card, after the download and before its time."""

    def run() -> Line:
        trial = Trial()
        trial.start()
        trial.wait_for_audio()
        (path,) = trial.folder.glob("media/*.mp3")
        path.write_bytes(hurt(path.read_bytes()))
        return trial.finish(fault, "found by its hash, fetched again, all complete")

    return run


def _flip(content: bytes) -> bytes:
    return content[:100] + bytes([content[100] ^ 1]) + content[101:]


def on_card(fault, expected, harm, **more):
    """`harm` happens to the card when the audio lies on it; rows are still expected."""

    def run() -> Line:
        if not SmallCard.is_possible():
            return Line(fault, expected, "not tried: only root may mount")
        trial = Trial(**more)
        try:
            card = SmallCard(trial.folder, CARD_MB)
        except subprocess.CalledProcessError as err:
            return Line(fault, expected, f"not tried: {err.stderr.decode().strip()}")
        try:
            return harm(trial, card, fault, expected)
        finally:
            card.close()

    return run


def _full_in_session(trial, card, fault, expected):
    trial.start()
    trial.wait_for_audio()
    trial.wait_on_air(1)
    card.fill()
    trial.station.wait_for(lambda s: len(s.rows) >= ITEMS, 60)
    card.make_room()
    _wait_for_beat(trial, lambda beat: beat["journal"]["on_disk"])
    back = "back on the card" if trial.station.heartbeats[-1]["journal"]["on_disk"] else "STILL OFF"
    return trial.finish(fault, expected, remark=_told(trial, f"journal {back}"))


def _read_only_in_session(trial, card, fault, expected):
    trial.start()
    trial.wait_for_audio()
    trial.wait_on_air(1)
    card.fail()
    trial.station.wait_for(lambda s: len(s.rows) >= ITEMS, 60)
    _wait_for_beat(trial, lambda beat: beat["faults"])
    return trial.finish(fault, expected, remark=_told(trial))


def _read_only_from_boot(trial, card, fault, expected):
    trial.start(program=("-m", "playout", "once"))
    trial.box.wait()
    card.fail()
    trial.start()
    trial.station.wait_for(lambda s: len(s.rows) >= ITEMS, 60)
    return trial.finish(fault, expected, remark=_told(trial))


def _no_room(trial, card, fault, expected):
    card.fill()
    trial.start()
    trial.wait_until(trial.starts_at + timedelta(seconds=1))
    card.make_room()
    return trial.finish(fault, expected, timeout_s=90, remark=_told(trial))


def _wait_for_beat(trial, said):
    """A heartbeat comes every half minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not said(trial.station.heartbeats[-1]):
        time.sleep(0.1)


def _told(trial, *more) -> str:
    words = [*sorted(fault_codes(trial.station)), *more]
    return f"; {', '.join(words)}" if words else ""


FAULTS = [
    power_cut_at_fsync,
    damaged("audio truncated on the card", lambda content: content[: len(content) // 2]),
    damaged("bit flipped on the card", _flip),
    on_card(
        "disk full in a session",
        "plays on, journal in memory, back on the card when there is room",
        _full_in_session,
    ),
    on_card(
        "disk full before the download, room again in the session",
        "told; whole within the grace, else missed",
        _no_room,
        grace_ms=20_000,
    ),
    on_card("card turns read-only in a session", "plays on, told", _read_only_in_session),
    on_card("card read-only from the start", "plays what it holds, told", _read_only_from_boot),
]

if __name__ == "__main__":
    run_table(FAULTS)
