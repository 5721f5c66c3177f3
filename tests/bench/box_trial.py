"""One fault and one box: a real `python -m playout run` against a real HTTP station on loopback,
a session of short items, and the line of the fault table that came of it.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

REPO = Path(__file__).parents[2]
sys.path[:0] = [str(REPO), str(REPO / "tests" / "playout")]

from loopback import TOKEN, LoopbackStation

ITEM_MS = 480
ITEMS = 8
HEAD = (
    "| fault | expected | seen | rows lost | rows doubled | silence caused |",
    "|---|---|---|---|---|---|",
)


@dataclass(frozen=True)
class Line:
    fault: str
    expected: str
    seen: str
    lost: int = 0
    doubled: int = 0
    silence_s: float = 0.0

    def __str__(self) -> str:
        return (
            f"| {self.fault} | {self.expected} | {self.seen} | {self.lost} | {self.doubled}"
            f" | {self.silence_s:.1f} s |"
        )


class Trial:
    def __init__(self, *, items=ITEMS, item_ms=ITEM_MS, gap_ms=0, lead_s=3.0, grace_ms=2000):
        self.station = LoopbackStation()
        self._made = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.folder = Path(self._made.name, "box")
        audio = self.station.add_audio(item_ms)
        step_ms = item_ms + gap_ms
        listed = [self.station.item(f"a{n}", n * step_ms, audio) for n in range(items)]
        self.starts_at = self.station.now() + timedelta(seconds=lead_s)
        self.ends_at = self.starts_at + timedelta(milliseconds=items * step_ms)
        self.session = self.station.session("s", self.starts_at, listed, grace_ms=grace_ms)
        self.station.publish("1", [self.session])
        self.airings = {item["airing"] for item in listed}
        self.box = None

    def start(self, program=("-m", "playout", "run"), **settings):
        env = {
            "LOA_STATION_URL": self.station.url,
            "LOA_BOX_TOKEN": TOKEN,
            "LOA_BOX_DATA": str(self.folder),
            "LOA_BOX_PLAYER": "silent",
        }
        self.box = subprocess.Popen(
            [sys.executable, *program],
            cwd=REPO,
            env=os.environ | env | {"PYTHONPATH": str(REPO)} | settings,
            stderr=subprocess.DEVNULL,
        )

    def kill(self):
        self.box.kill()
        self.box.wait()

    def wait_for_audio(self):
        """Until a whole file lies on the card."""
        deadline = time.monotonic() + 20
        while not list(self.folder.glob("media/*.mp3")) and time.monotonic() < deadline:
            time.sleep(0.02)  # another process gives no event

    def wait_until(self, moment: datetime):
        time.sleep(max(0.0, (moment - self.station.now()).total_seconds()))

    def wait_on_air(self, item: int):
        """Until the middle of item number `item` by the plan."""
        self.wait_until(self.starts_at + timedelta(milliseconds=(item + 0.5) * ITEM_MS))

    @property
    def rows(self):
        return list(self.station.rows.values())

    def finish(self, fault, expected, *, rows=None, timeout_s=60, remark="") -> Line:
        """Waits for the rows, stops the box, tells what came."""
        wanted = len(self.airings) if rows is None else rows
        try:
            self.station.wait_for(lambda s: len(s.rows) >= wanted, timeout_s)
        except AssertionError:
            remark += f"; only {len(self.rows)} of {wanted} rows came in {timeout_s:.0f} s"
        if self.box.poll() is None:
            self.box.terminate()
        self.box.wait()
        line = self.tell(fault, expected, remark)
        self.close()
        return line

    def tell(self, fault, expected, remark="") -> Line:
        aired = [row["airing"] for row in self.rows]
        counts = Counter(_outcome(row) for row in self.rows)
        seen = ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
        return Line(
            fault,
            expected,
            f"{seen}{remark}",
            lost=len(self.airings - set(aired) - self.station.poison),
            doubled=len(aired) - len(set(aired)),
            silence_s=sum(max(0, r["planned_ms"] - r["played_ms"]) for r in self.rows) / 1000,
        )

    def close(self):
        self.station.stop()
        self._made.cleanup()


def _outcome(row) -> str:
    reason = f" ({row['reason']})" if row["outcome"] != "complete" and row["reason"] else ""
    return row["outcome"] + reason


def fault_codes(station) -> set[str]:
    """What the box has complained of in its heartbeats."""
    return {fault["code"] for beat in station.heartbeats for fault in beat["faults"]}


def run_table(faults):
    """Prints each line as soon as it is known."""
    print("\n".join(HEAD), flush=True)
    for fault in faults:
        print(fault(), flush=True)


class SmallCard:
    """A file system of its own, some megabytes, that can fill up or fail."""

    def __init__(self, folder: Path, megabytes: int):
        self.folder, self._image = folder, folder.with_suffix(".img")
        folder.mkdir(parents=True)
        with self._image.open("wb") as image:
            image.truncate(megabytes * 2**20)
        _run("mkfs.ext4", "-q", "-m", "0", self._image)
        _run("mount", "-o", "loop,errors=remount-ro", self._image, folder)

    def fill(self):
        with (self.folder / "other-people's-files").open("wb", buffering=0) as out:
            for size in (2**20, 4096, 1):
                with contextlib.suppress(OSError):
                    while out.write(bytes(size)):
                        pass

    def make_room(self):
        (self.folder / "other-people's-files").unlink()

    def fail(self):
        """As when the kernel finds the card worn out: read-only, in the middle of everything."""
        found = _run("findmnt", "-no", "SOURCE", self.folder).decode().strip()
        Path("/sys/fs/ext4", Path(found).name, "trigger_fs_error").write_text("worn out")

    def close(self):
        subprocess.run(["umount", "-l", self.folder], check=False, capture_output=True)

    @staticmethod
    def is_possible() -> bool:
        return os.geteuid() == 0 and Path("/dev/loop-control").exists()


def _run(*command) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout
