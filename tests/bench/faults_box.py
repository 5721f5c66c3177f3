"""The box's fault table, first part: the network, the station's answers, the token, emergencies.

Run: python tests/bench/faults_box.py     (about three minutes)
"""

import json
import os
import shutil
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from box_trial import HEAD, ITEMS, TOKEN, Line, Trial, run_table
from pushed_reader import PushedReader

from playout.assemble import Box
from playout.clock import EPOCH, MachineReader, StationClock
from playout.config import BoxConfig
from playout.journal import Journal
from playout.occurrences import list_occurrences
from playout.plays import Outcome
from playout.rows import make_row
from playout.wire import parse_plan

ALL_ONCE = "all complete, each row once"


def main() -> list[str]:
    return [*HEAD, *(str(fault()) for fault in FAULTS)]


def station_down() -> Line:
    trial = Trial()
    trial.start()
    trial.wait_for_audio()
    trial.station.stop()
    trial.wait_until(trial.ends_at + timedelta(seconds=1))
    trial.station.start_again()
    return trial.finish("station down through a session (8 s)", "all complete, reported afterwards")


def six_hours_down() -> Line:
    """The lanes of one box, stepped by hand on a clock that is pushed; the HTTP is real."""
    trial = Trial(items=36, item_ms=12_000, gap_ms=588_000, lead_s=60)
    reader = PushedReader(wall=trial.station.now())
    trial.station.now = lambda: EPOCH + timedelta(microseconds=reader.wall_ns() // 1000)
    env = {"LOA_STATION_URL": trial.station.url, "LOA_BOX_TOKEN": TOKEN, "LOA_BOX_PLAYER": "silent"}
    box = Box(BoxConfig.from_env(env | {"LOA_BOX_DATA": str(trial.folder)}), reader)
    began = time.monotonic()
    _push(box, reader, until=lambda: len(box.cache.held) == 1)
    trial.station.stop()
    _push(box, reader, until=lambda: trial.station.now() > trial.ends_at)
    trial.station.start_again()
    back_at = trial.station.now()
    _push(box, reader, until=lambda: len(trial.rows) == len(trial.airings))
    took_s = (trial.station.now() - back_at).total_seconds()
    box.close()
    worst_ms = max(abs(_late(row)).total_seconds() * 1000 for row in trial.rows)
    line = trial.tell(
        f"station down 6 h (compressed into {time.monotonic() - began:.0f} s)",
        "all complete, reported afterwards",
        f"; worst start {worst_ms:.0f} ms off; all rows in {took_s:.0f} s after its return",
    )
    trial.close()
    return line


def _push(box, reader, until):
    while not until():
        wait_s = min(box.air.step(), box.link.step(), box.fetcher.step())
        reader.sleep(min(wait_s, 5.0))


def _late(row) -> timedelta:
    started, planned = row["started_at"], row["planned_start"]
    return datetime.fromisoformat(started) - datetime.fromisoformat(planned)


def network_cut_mid_download() -> Line:
    trial = Trial(grace_ms=30_000)
    trial.station.script("media", ("cut", 1000), ("cut", 1000))
    trial.start()
    return trial.finish("network cut mid-download, twice", "resumed by Range, " + ALL_ONCE)


def scripted(fault, kind, *answers, grace_ms=3000):
    def run() -> Line:
        trial = Trial(grace_ms=grace_ms)
        trial.station.script(kind, *answers)
        trial.start()
        return trial.finish(fault, ALL_ONCE)

    return run


def duplicated_post() -> Line:
    """Its rows are taken, its answer is lost; the box sends them again: answered `duplicate`."""
    trial = Trial()
    trial.station.script("plays", *["lost_answer"] * 4)
    trial.start()
    trial.station.wait_for(lambda s: len(s.offered) >= 5, 60)
    posted = sum(len(batch["plays"]) for batch in trial.station.offered)
    remark = f"; {posted} rows posted"
    return trial.finish("answers to POST lost, rows posted again", ALL_ONCE, remark=remark)


def poison_row() -> Line:
    trial = Trial()
    trial.station.poison = {"a3"}
    trial.start()
    expected = "the bad row in quarantine, its neighbours accepted"
    return trial.finish("poison row", expected, rows=ITEMS - 1, remark="; 1 in quarantine")


def token_revoked() -> Line:
    trial = Trial()
    trial.start()
    trial.wait_for_audio()
    trial.station.revoked = True
    trial.wait_until(trial.ends_at + timedelta(seconds=1))
    kept_out = not trial.rows
    trial.station.revoked = False
    remark = "" if kept_out else "; CAME IN WHILE REVOKED"
    expected = "plays what it holds, reports when renewed"
    return trial.finish("token revoked through a session", expected, timeout_s=90, remark=remark)


def two_emergencies() -> Line:
    trial = Trial(grace_ms=30_000)
    station = trial.station
    cries_at = trial.starts_at + timedelta(seconds=1)
    alarms = [
        station.session(
            name, cries_at, [station.item(name, 0, station.add_audio(960, n))], priority="emergency"
        )
        for n, name in enumerate(("e1", "e2"), start=1)
    ]
    station.publish("2", [trial.session, *alarms])
    trial.airings |= {"e1", "e2"}
    trial.start()
    expected = "both whole, in turn; the item cut is resumed, the session goes on"
    return trial.finish("two emergencies at once in a session", expected)


def emergency_called_off() -> Line:
    """It lies on the box, has not sounded yet, and is gone from the next plan."""
    trial = Trial(items=1, lead_s=6)
    station = trial.station
    cry = station.session(
        "e", station.now() + timedelta(seconds=5), [station.item("e", 0, station.add_audio(960, 9))],
        priority="emergency",
    )  # fmt: skip
    station.publish("2", [trial.session, cry])
    trial.start()
    station.wait_for(lambda s: sum("/media/" in path for _, path, _ in s.requests) >= 2)
    station.publish("3", [trial.session])
    return trial.finish(
        "emergency cancelled before its time", "taken back at the next poll, silent"
    )


def stuck_player() -> Line:
    """The mpv of a box is stopped (SIGSTOP) three seconds into the first of three items."""
    fault, expected = "player hangs in an item", "noticed in 5 s, replaced, the next on time"
    if not shutil.which("mpv"):
        return Line(fault, expected, "not tried: mpv is not installed")
    trial = Trial(items=3, item_ms=12_000, gap_ms=2000, lead_s=4)
    trial.start(LOA_BOX_PLAYER="mpv", LOA_BOX_AUDIO_DEVICE="null")
    trial.wait_until(trial.starts_at + timedelta(seconds=3))
    children = Path(f"/proc/{trial.box.pid}/task/{trial.box.pid}/children").read_text().split()
    (mpv,) = [pid for pid in children if Path(f"/proc/{pid}/comm").read_text() == "mpv\n"]
    os.kill(int(mpv), signal.SIGSTOP)
    return trial.finish(fault, expected)


def thirty_days_offline(rows=10_000) -> Line:
    trial = Trial(items=rows)
    plan = parse_plan(json.dumps(trial.station.plan), trial.station.url)
    trial.folder.mkdir()
    clock = StationClock(MachineReader(), trial.folder / "clock.json")
    journal = Journal(trial.folder / "journal.db", str(uuid4()))
    for occurrence in list_occurrences(plan, plan.valid_until):
        journal.record(make_row(occurrence, clock, journal.boot, Outcome.MISSED, "box_off"))
    journal.close()
    began = time.monotonic()
    trial.start()
    trial.station.wait_for(lambda s: len(s.rows) >= rows, 120)
    remark = f"; uploaded in {time.monotonic() - began:.1f} s with the start of the box"
    line = trial.finish(f"30 days offline, {rows} rows", "all once, under 60 s", remark=remark)
    return Line(line.fault, line.expected, line.seen, line.lost, line.doubled)


FAULTS = [
    station_down,
    six_hours_down,
    network_cut_mid_download,
    duplicated_post,
    scripted("the same answers twice", "plays", *["duplicated_answers"] * 3),
    scripted("half of the answers missing", "plays", *["half_answered"] * 3),
    scripted("station answers 500", "plays", 500, 500, 500),
    scripted("wrong bytes in a download", "media", "wrong_bytes", grace_ms=8000),
    poison_row,
    token_revoked,
    two_emergencies,
    emergency_called_off,
    stuck_player,
    thirty_days_offline,
]

if __name__ == "__main__":
    run_table(FAULTS)
