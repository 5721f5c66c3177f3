"""The station's fault table: what was expected, what was seen, rows lost, rows doubled, silence.

Every line is a real `loa up` (Redis, worker, beat, web) and a real `python -m playout run` behind a
TCP proxy. The session lasts eight seconds, so an outage "through the session" stands for one of
hours: what a box keeps without its station, also for 30 days, is measured in faults_box.py.
Run: python tests/bench/faults_station.py     (about four minutes)
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import func, select

from broadcast.airlog.models import QuarantinedPlay
from broadcast.boxes.tokens import revoke_tokens, rotate_token
from broadcast.desk import Desk
from broadcast.errors import LoaError
from broadcast.jobs.queue import CallingQueue
from broadcast.people.rules import Actor, Right, Role
from broadcast.people.service import add_account
from broadcast.timetable.emergencies import EmergencyDraft, start_emergency
from tests.acceptance.cut_wire import Cut
from tests.acceptance.fault_rig import ITEMS, Trial, WholeStation
from tests.acceptance.stage import ROOT, wall_clock
from tests.factories.plays import sent_play

HEAD = (
    "| fault | expected | seen | rows lost | rows doubled | silence caused |",
    "|---|---|---|---|---|---|",
)


def main() -> list[str]:
    return list(table())


def table() -> Iterator[str]:
    """Its lines, each as soon as it is known."""
    yield from HEAD
    with tempfile.TemporaryDirectory() as folder:
        station = WholeStation(Path(folder))
        try:
            for fault in FAULTS:
                yield _told(fault, station)
        finally:
            station.stop()
    yield _told(database_restarted, None)


def _told(fault: Callable[[WholeStation | None], str], station: WholeStation | None) -> str:
    """A fault whose trial breaks is a line of the table, not the end of it."""
    try:
        return _row(fault(station))
    except (AssertionError, requests.RequestException, LoaError) as err:
        said = " ".join(str(err)[:300].replace("|", "/").split())
        return f"| {fault.__name__} | | FAILED: {said} | | | |"


def _row(told: str) -> str:
    """Markdown with the head's six columns; what is said after them belongs to what was seen."""
    name, expected, seen, *figures = (cell.strip() for cell in told.split("|"))
    notes = figures[3:]
    plain = [re.sub(r"^(lost|doubled|silence) ", "", figure) for figure in figures[:3]]
    return f"| {' | '.join([name, expected, '; '.join([seen, *notes]), *plain])} |"


def no_fault(station: WholeStation) -> str:
    trial = Trial(station, "calm")
    trial.start_box()
    return f"no fault | all complete | {trial.came()}"


def station_down(station: WholeStation) -> str:
    trial = Trial(station, "down")
    trial.start_box()
    trial.wait_on_air(0)
    station.die()
    trial.wait_on_air(ITEMS)
    station.start()
    return f"station loses power through a session | all complete, reported later | {trial.came()}"


def child_killed(child: str) -> Callable[[WholeStation], str]:
    """-9 in the middle of a session, while rows come in; afterwards the day is reconciled."""

    def fault(station: WholeStation) -> str:
        trial = Trial(station, child)
        trial.start_box()
        trial.wait_on_air(2)
        began = time.monotonic()
        station.kill(child)
        came = trial.came()
        trial.until(trial.is_reconciled)
        told = "reconciled" if trial.is_reconciled() else "NOT RECONCILED"
        took_s = time.monotonic() - began
        return (
            f"{child} killed | all complete, day reconciled | {came} | {told} {took_s:.0f} s later"
        )

    fault.__name__ = f"{child} killed"
    return fault


def lost_answers(station: WholeStation) -> str:
    trial = Trial(station, "lost")
    station.wire.cuts = [Cut("/plays", 0, times=3)]
    trial.start_box()
    return f"three answers to POST lost | all complete, each once | {trial.came()}"


def duplicated_post(station: WholeStation) -> str:
    """The same 50 rows four times at the same moment."""
    trial = Trial(station, "twice")
    rows = [sent_play(wall_clock(), seq=n) for n in range(1, 51)]
    answers = _post_at_once(trial, [rows] * 4)
    said = Counter(one["status"] for answer in answers for one in answer.json()["results"])
    kept = [row.play_id for row in trial.rows()]
    lost, doubled = 50 - len(set(kept)), len(kept) - len(set(kept))
    seen = f"{said['accepted']} accepted, {said['duplicate']} duplicate"
    return (
        "the same POST four times at once | 50 accepted, 150 duplicate | "
        f"{seen} | lost {lost} | doubled {doubled} | silence 0.0 s"
    )


def poison_row(station: WholeStation) -> str:
    trial = Trial(station, "poison")
    rows = [sent_play(wall_clock(), seq=n) for n in range(1, 10)]
    rows[4] |= {"played_ms": -1}
    _post_at_once(trial, [rows])
    with station.sessions() as db:
        held = select(func.count()).where(QuarantinedPlay.box_id == trial.box.id)
        quarantined = db.scalar(held)
    kept = [row.play_id for row in trial.rows()]
    return (
        "poison row among nine | eight accepted, one in quarantine | "
        f"{len(kept)} accepted, {quarantined} in quarantine | lost {8 - len(set(kept))} | "
        f"doubled {len(kept) - len(set(kept))} | silence 0.0 s"
    )


def _post_at_once(trial: Trial, batches: list[list[dict]]) -> list[requests.Response]:
    answers: list[requests.Response] = []

    def post(rows: list[dict]) -> None:
        answers.append(
            requests.post(
                f"{trial.station.wire.url}/api/box/v1/plays",
                json={"boot": trial.name, "plays": rows},
                headers={"Authorization": f"Bearer {trial.token}"},
                timeout=30,
            )
        )

    threads = [threading.Thread(target=post, args=(rows,)) for rows in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def box_killed(station: WholeStation) -> str:
    trial = Trial(station, "cut")
    trial.start_box()
    trial.wait_on_air(1)
    trial.kill_box()
    trial.start_box()
    return f"box killed mid-item | one interrupted, none again | {trial.came()}"


def token_revoked(station: WholeStation) -> str:
    trial = Trial(station, "revoked")
    trial.start_box()
    trial.wait_on_air(0)
    with station.sessions() as db:
        keeper = Actor.machine(station.station.id, "kỹ thuật", Right.ADMINISTER)
        desk = Desk(db, keeper, wall_clock(), CallingQueue(lambda _ring: None))
        revoke_tokens(desk, trial.box.id)
        trial.wait_on_air(ITEMS)
        kept_out = not trial.rows()
        trial.token = rotate_token(desk, trial.box.id)[1]
    trial.process.send_signal(signal.SIGTERM)
    trial.process.wait(15)
    trial.start_box()
    word = "kept out while revoked" if kept_out else "CAME IN WHILE REVOKED"
    return f"token revoked on the air | plays on, reports with the new | {trial.came()} | {word}"


def two_emergencies(station: WholeStation) -> str:
    """Both are typed, spoken by the worker and on the air beside a session that is running."""
    trial = Trial(station, "khan")
    trial.start_box()
    trial.wait_on_air(0)
    with station.sessions() as db:
        for number in (1, 2):
            _cry(station, db, trial, number)
    came = trial.came(ITEMS + 2)
    extra = [row for row in trial.rows() if row.airing_id not in trial.airings]
    heard = sum(row.outcome == "complete" for row in extra)
    return (
        f"two emergencies at once in a session | both whole, the session resumed or told | {came}"
        f" | emergencies heard whole {heard} of 2"
    )


def _cry(station: WholeStation, db, trial: Trial, number: int) -> None:
    keeper = Actor.machine(station.station.id, "kỹ thuật", *Right)
    desk = Desk(db, keeper, wall_clock(), CallingQueue(lambda _ring: None))
    login = f"truc{number}"
    user = add_account(desk, login, "Trực ban", "một câu dễ nhớ lắm", Role.APPROVER)
    actor = Actor.person(user.station_id, user.id, user.display_name, Role.APPROVER)
    draft = EmergencyDraft(
        title=f"Nước lên {number}",
        text="Nước lên nhanh.",
        until=wall_clock() + timedelta(minutes=10),
        zone_ids=(trial.zone_id,),
    )
    start_emergency(desk.acting_as(actor), draft)


FAULTS = [
    no_fault,
    station_down,
    child_killed("web"),
    child_killed("redis"),
    child_killed("worker"),
    child_killed("beat"),
    lost_answers,
    duplicated_post,
    poison_row,
    box_killed,
    token_revoked,
    two_emergencies,
]


def database_restarted(_other: WholeStation | None) -> str:
    """A PostgreSQL of this script's own, stopped without a word and started while rows come in."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = subprocess.run(
            ["bash", str(ROOT / ".ci" / "postgres"), folder],
            capture_output=True, text=True,
            env=os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        )  # fmt: skip
        if made.returncode:
            why = made.stderr.strip()[:80].replace("|", "/")
            return f"database restarted | | not tried, no PostgreSQL here: {why} | – | – | –"
        try:
            return _restart_under(folder, made.stdout.split()[0])
        finally:
            _pg_ctl(folder, "stop")


def _restart_under(folder: str, url: str) -> str:
    station = WholeStation(Path(folder, "station"), url)
    try:
        trial = Trial(station, "pg")
        trial.start_box()
        trial.wait_on_air(1)
        _pg_ctl(folder, "restart")
        came = trial.came()
        trial.until(trial.is_reconciled)
        told = "reconciled" if trial.is_reconciled() else "NOT RECONCILED"
        return f"PostgreSQL restarted (immediate) | all complete, day reconciled | {came} | {told}"
    finally:
        station.stop()


def _pg_ctl(folder: str, deed: str) -> None:
    program = str(max(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")))
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*user, program, "-D", f"{folder}/pg/data", "-w", "-m", "immediate", deed]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


if __name__ == "__main__":
    for line in table():
        print(line, flush=True)
