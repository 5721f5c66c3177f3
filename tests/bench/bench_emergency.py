"""From the click on "Phát ngay" to the first sample: a real station, 50 simulated boxes, one real.

The station is `loa up` as it is delivered (web, workers, beat, Redis, SQLite) with its own box and
the player that keeps time silently. The simulated boxes poll as the protocol says, fetch the audio
and verify it. The limit is the poll interval with its jitter, plus the rendering measured in the
same run. Run with `python tests/bench/bench_emergency.py`.
"""

import hashlib
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import requests
from sqlalchemy import select

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

from e2e_station import RunningStation, free_port, send, set_up

from broadcast.airlog.models import LogEntry
from broadcast.clock import wall_clock
from broadcast.config import Settings
from broadcast.db import make_engine, make_sessions
from broadcast.stations.models import Station
from broadcast.timetable.models import Emergency, SessionRow
from tests.factories.boxes import bearer, make_box

ROOT = Path(__file__).resolve().parents[2]
BOXES = 50
ROUNDS = 4
PATIENCE_S = 90
JITTER = 0.2
POLL_S = 10.0
BACKGROUND_S = 1.0
"""The agent of the real box starts a file this long after it has it, at most: fetch, prove, arm."""
WORDS = "Thông báo khẩn số {number}. Nước đang lên nhanh, bà con khẩn trương đến nơi cao."


@dataclass
class Simulated:
    """A box that polls, fetches and verifies; `seen` is when each emergency was in its plan."""

    url: str
    headers: dict[str, str]
    seen: dict[str, float] = field(default_factory=dict)
    held: dict[str, float] = field(default_factory=dict)

    def run(self, stopping: threading.Event) -> None:
        session, etag = requests.Session(), ""
        session.headers.update(self.headers)
        wait_s = random.uniform(0, POLL_S)
        while not stopping.wait(wait_s):
            answer = session.get(
                f"{self.url}/api/box/v1/plan", headers={"If-None-Match": etag}, timeout=30
            )
            if answer.status_code == requests.codes.ok:
                etag = answer.headers["ETag"]
                self._obey(session, answer.json(), time.monotonic())
            wait_s = POLL_S * random.uniform(1 - JITTER, 1 + JITTER)

    def _obey(self, session: requests.Session, plan: dict, arrived: float) -> None:
        for one in plan["sessions"]:
            if one["priority"] != "emergency" or one["id"] in self.seen:
                continue
            for line in one["running_order"]:
                self.seen[one["id"]] = arrived
                audio = line["audio"]
                content = session.get(self.url + audio["url"], timeout=30).content
                assert hashlib.sha256(content).hexdigest() == audio["sha256"]
                self.held[one["id"]] = time.monotonic()


@dataclass(frozen=True)
class Heard:
    """Seconds since the click."""

    rendered_s: float
    seen_s: list[float]
    held_s: list[float]
    sounded_s: float


@contextmanager
def running_station(folder: Path) -> Iterator[tuple[RunningStation, requests.Session]]:
    port = free_port()
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "LOA_DATA": str(folder / "data"),
        "LOA_PORT": str(port),
        # Nobody listens there: the bundled voice speaks at once, as without the internet.
        "LOA_GOOGLE_TTS_ENDPOINT": "http://127.0.0.1:9",
        "LOA_BOX_PLAYER": "silent",
    }
    station = RunningStation(folder / "data", port, environ)
    try:
        link = station.sees(r"(http://\S+/bat-dau/\S+)")[1]
        station.answers()
        yield station, set_up(station, link)
    finally:
        station.stop()


def one_round(
    station: RunningStation, visit: requests.Session, boxes: list[Simulated], sessions, number: int
) -> Heard:
    clicked, clicked_at = time.monotonic(), wall_clock()
    form = {"text": WORDS.format(number=number), "repeat_minutes": "", "last_minutes": "30"}
    send(visit, f"{station.url}/lich-phat/khan-cap", form | {"bulletin_id": "", "word": "PHÁT"})

    def on_air() -> SessionRow | None:
        with sessions() as db:
            return db.scalar(
                select(SessionRow).where(
                    SessionRow.emergency_id.is_not(None), SessionRow.starts_at >= clicked_at
                )
            )

    row = station.until(on_air)
    station.until(lambda: all(row.id in box.held for box in boxes))

    def sounded() -> LogEntry | None:
        with sessions() as db:
            return db.scalar(select(LogEntry).where(LogEntry.session_id == row.id))

    entry = station.until(sounded)
    with sessions() as db:
        emergency = db.get_one(Emergency, row.emergency_id)
        address = f"{station.url}/lich-phat/khan-cap/{emergency.id}/ket-thuc"
    page = visit.get(f"{station.url}/lich-phat/khan-cap", timeout=20)
    token = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    visit.post(address, data={"csrf_token": token}, timeout=20)
    return Heard(
        (row.starts_at - clicked_at).total_seconds(),
        [box.seen[row.id] - clicked for box in boxes],
        [box.held[row.id] - clicked for box in boxes],
        (entry.started_at - clicked_at).total_seconds(),
    )


def measure(folder: Path) -> list[Heard]:
    with running_station(folder) as (station, visit):
        settings = Settings.from_env(station.environ)
        engine = make_engine(settings.database_url)
        sessions = make_sessions(engine)
        with sessions() as db:
            owner = db.scalars(select(Station)).one()
            made = [make_box(db, wall_clock, owner, f"mp-{n}") for n in range(BOXES)]
            boxes = [Simulated(station.url, bearer(box)) for box in made]
        stopping = threading.Event()
        threads = [threading.Thread(target=box.run, args=(stopping,)) for box in boxes]
        for thread in threads:
            thread.start()
        try:
            station.until(lambda: "box" in station.children())
            return [one_round(station, visit, boxes, sessions, number) for number in range(ROUNDS)]
        finally:
            stopping.set()
            for thread in threads:
                thread.join()
            engine.dispose()


def line(name: str, seconds: list[float], limit_s: float) -> str:
    p95 = quantiles(seconds, n=20, method="inclusive")[-1]
    verdict = "within" if p95 <= limit_s else "OVER"
    return f"{name:30} p50 {median(seconds):5.1f} s  p95 {p95:5.1f} s  limit {limit_s:5.1f} s  {verdict}"


def main() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        rounds = measure(Path(folder))
    rendered = [one.rendered_s for one in rounds]
    limit_s = POLL_S * (1 + JITTER) + max(rendered) + BACKGROUND_S
    real = [one.sounded_s for one in rounds]
    at_most = f"at most {max(rendered):.1f} s"
    lines = [
        f"{ROUNDS} emergencies: on the air after {median(rendered):.1f} s, {at_most}",
        line("simulated: in the plan", [s for one in rounds for s in one.seen_s], limit_s),
        line("simulated: audio on disk", [s for one in rounds for s in one.held_s], limit_s),
        line("real box: first sample", real, limit_s),
    ]
    print("\n".join(lines))
    return lines


if __name__ == "__main__":
    main()
