"""The box's fault table: what was expected, what was seen, rows lost, rows doubled, silence caused.

Every line is a real `python -m playout run` against a real HTTP station on loopback.
Run: python tests/bench/faults_box.py [kills]     (1000 kills take about twenty minutes)
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "playout"))

from loopback import TOKEN, LoopbackStation

from playout.clock import MachineReader, StationClock
from playout.journal import Journal
from playout.occurrences import list_occurrences
from playout.plays import Outcome
from playout.rows import make_row
from playout.wire import parse_plan

REPO = Path(__file__).parents[2]
ITEM_MS = 480
ITEMS = 8


class Trial:
    """One station, one box folder, one session of short items; what came of it."""

    def __init__(self, name, expected, items=ITEMS, item_ms=ITEM_MS, gap_ms=0):
        self.name, self.expected = name, expected
        self.station = LoopbackStation()
        self.folder = tempfile.TemporaryDirectory()
        audio = self.station.add_audio(item_ms)
        starts_at = self.station.now() + timedelta(seconds=3)
        step_ms = item_ms + gap_ms
        listed = [self.station.item(f"a{n}", n * step_ms, audio) for n in range(items)]
        self.session = self.station.session("s", starts_at, listed, grace_ms=2000)
        self.station.publish("1", [self.session])
        self.airings = {item["airing"] for item in listed}
        self.box = None

    def start(self):
        env = {
            "LOA_STATION_URL": self.station.url,
            "LOA_BOX_TOKEN": TOKEN,
            "LOA_BOX_DATA": self.folder.name,
            "LOA_BOX_PLAYER": "silent",
        }
        self.box = subprocess.Popen(
            [sys.executable, "-m", "playout", "run"],
            cwd=REPO,
            env=os.environ | env,
            stderr=subprocess.DEVNULL,
        )

    def finish(self, rows=None, timeout_s=60) -> str:
        wanted = len(self.airings) if rows is None else rows
        self.station.wait_for(lambda s: len(s.rows) >= wanted, timeout_s)
        self.box.terminate()
        self.box.wait()
        self.station.stop()
        self.folder.cleanup()
        return self.tell()

    def tell(self) -> str:
        rows = list(self.station.rows.values())
        aired = [row["airing"] for row in rows]
        lost = len(self.airings - set(aired) - self.station.poison)
        doubled = len(aired) - len(set(aired))
        outcomes = sorted({row["outcome"] for row in rows})
        silence_s = sum(row["planned_ms"] - row["played_ms"] for row in rows) / 1000
        return (
            f"{self.name} | {self.expected} | {', '.join(outcomes)} | "
            f"lost {lost} | doubled {doubled} | silence {silence_s:.1f} s"
        )


def main(kills: int = 100) -> list[str]:
    return [
        "fault | expected | seen | rows lost | rows doubled | silence caused",
        station_down(),
        network_cut_mid_download(),
        scripted("lost answer to POST", "plays", ["lost_answer"] * 2),
        scripted("duplicated answers", "plays", ["duplicated_answers"] * 3),
        scripted("station answers 500", "plays", [500] * 3),
        scripted("wrong bytes in a download", "media", ["wrong_bytes"], wait_s=8),
        poison_row(),
        flipped_bit(),
        token_revoked(),
        two_emergencies(),
        thirty_days_offline(),
        killed_at_random(kills),
    ]


def scripted(name, kind, faults, wait_s=3) -> str:
    trial = Trial(name, "all complete, each row once")
    trial.session["late"]["grace_ms"] = wait_s * 1000
    trial.station.publish("1", [trial.session])
    trial.station.script(kind, *faults)
    trial.start()
    return trial.finish()


def station_down() -> str:
    trial = Trial("station down through a session", "all complete, reported afterwards")
    trial.start()
    trial.station.wait_for(lambda s: any("/media/" in path for _, path, _ in s.requests))
    time.sleep(0.2)
    trial.station.stop()
    time.sleep(8)
    trial.station.start_again()
    return trial.finish()


def network_cut_mid_download() -> str:
    trial = Trial("network cut mid-download, twice", "resumed; late inside the grace or missed")
    trial.station.script("media", ("cut", 1000), ("cut", 1000))
    trial.session["late"]["grace_ms"] = 30_000
    trial.station.publish("1", [trial.session])
    trial.start()
    return trial.finish()


def poison_row() -> str:
    trial = Trial("poison row", "rejected row in quarantine, its neighbours accepted")
    trial.station.poison = {"a3"}
    trial.start()
    return trial.finish(rows=ITEMS - 1)


def flipped_bit() -> str:
    trial = Trial("bit flipped on the card", "found before play, fetched again")
    trial.start()
    trial.station.wait_for(lambda s: any("/media/" in path for _, path, _ in s.requests))
    time.sleep(0.5)
    (path,) = Path(trial.folder.name, "media").glob("*.mp3")
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    return trial.finish()


def token_revoked() -> str:
    trial = Trial("token revoked before the session", "plays what it holds, reports when renewed")
    trial.start()
    trial.station.wait_for(lambda s: any("/media/" in path for _, path, _ in s.requests))
    trial.station.revoked = True
    time.sleep(8)
    trial.station.revoked = False
    return trial.finish(timeout_s=90)


def two_emergencies() -> str:
    trial = Trial("two emergencies at once", "both whole, in turn; what became too late is missed")
    now, station = trial.station.now() + timedelta(seconds=4), trial.station
    alarms = [
        station.session(
            f"e{n}",
            now,
            [station.item(f"e{n}", 0, station.add_audio(960, n))],
            priority="emergency",
        )
        for n in (1, 2)
    ]
    station.publish("2", [trial.session, *alarms])
    trial.airings |= {"e1", "e2"}
    trial.start()
    return trial.finish()


def thirty_days_offline(rows=10_000) -> str:
    trial = Trial(f"30 days offline, {rows} rows", "all arrive once, in under 60 s", items=rows)
    plan = parse_plan(json.dumps(trial.station.plan), trial.station.url)
    clock = StationClock(MachineReader(), Path(trial.folder.name, "clock.json"))
    journal = Journal(Path(trial.folder.name, "journal.db"), str(uuid4()))
    for occurrence in list_occurrences(plan, plan.valid_until):
        journal.record(make_row(occurrence, clock, journal.boot, Outcome.MISSED, "box_off"))
    journal.close()
    began = time.monotonic()
    trial.start()
    trial.station.wait_for(lambda s: len(s.rows) >= rows, 120)
    took_s = time.monotonic() - began
    return f"{trial.finish()} (of the 30 days) | uploaded in {took_s:.1f} s"


def killed_at_random(kills) -> str:
    chance = random.Random(kills)
    trial = Trial(
        f"killed at {kills} random moments",
        "one true row each",
        items=kills * 3,
        item_ms=240,
        gap_ms=120,
    )
    trial.session["late"]["grace_ms"] = 1000
    for _ in range(kills):
        trial.start()
        time.sleep(chance.uniform(0.3, 1.5))
        trial.box.kill()
        trial.box.wait()
    trial.start()
    last = datetime.fromisoformat(trial.session["starts_at"]) + timedelta(
        milliseconds=kills * 3 * 360
    )
    left_s = max(0.0, (last - trial.station.now()).total_seconds())
    return trial.finish(timeout_s=left_s + 60)


if __name__ == "__main__":
    print("\n".join(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)))
