"""A whole station (`loa up`), a box at its wire, one session: what came of them after a fault."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import requests
from sqlalchemy import select

from audio.programme import join
from broadcast.airlog.models import AiringRow, LogEntry
from broadcast.boxes.models import Box
from tests.acceptance.cut_wire import CutWire
from tests.acceptance.stage import ROOT, Founded, Sound, wall_clock
from tests.e2e.e2e_station import RunningStation
from tests.factories.boxes import make_box, make_zone

ITEMS = 4
LEAD_S = 4
PATIENCE_S = 90


class WholeStation(Founded):
    """Redis, worker, beat and web under their supervisor; boxes come in through `wire`."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        super().__init__(folder / "data", database_url)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self.wire = CutWire(self.port)
        self.sounds = [_quiet(folder, number) for number in range(ITEMS)]
        self.up: RunningStation
        self.start()

    def start(self) -> None:
        environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "LOA_DATA": str(self.data),
            "LOA_PORT": str(self.port),
            "LOA_LOCAL_BOX": "no",
            "LOA_BOX_POLL_SECONDS": "1",
            # Nobody listens there: an emergency speaks with the bundled voice at once.
            "LOA_GOOGLE_TTS_ENDPOINT": "http://127.0.0.1:9",
            "DATABASE_URL": self.database_url,
        }
        self.up = RunningStation(self.data, self.port, environ)
        self.up.until(self._answers)

    def _answers(self) -> bool:
        # Two web processes loading on a busy machine let the first question wait.
        return requests.get(f"{self.up.url}/dang-nhap", timeout=30).ok

    def die(self) -> None:
        """As by a power cut: every process at once."""
        self.up.kill_everything()

    def kill(self, child: str) -> None:
        """One child of the supervisor, with -9; says nothing, the supervisor must see it."""
        os.kill(self.up.children()[child], 9)

    def stop(self) -> None:
        self.up.stop()
        self.wire.close()
        self.close()


def _quiet(folder: Path, number: int) -> Sound:
    """About a second of silence, each another file."""
    made = join([960 + 24 * number], folder / f"quiet-{number}.mp3")
    return Sound(made.path, made.duration_ms)


@dataclass(frozen=True)
class Came:
    """What the log says of one trial: rows lost and doubled, what was not heard."""

    outcomes: dict[str, int]
    lost: int
    doubled: int
    silence_s: float

    def __str__(self) -> str:
        seen = ", ".join(f"{count} {name}" for name, count in sorted(self.outcomes.items()))
        return (
            f"{seen} | lost {self.lost} | doubled {self.doubled} | silence {self.silence_s:.1f} s"
        )


class Trial:
    """One box in a zone of its own, one session for that zone."""

    def __init__(self, station: WholeStation, name: str) -> None:
        self.station, self.name = station, name
        station.wire.forget()
        with station.sessions() as db:
            db.expire_on_commit = False
            zone = make_zone(db, station.station, name)
            self.box: Box = make_box(db, wall_clock, station.station, name, zone=zone)
            db.expunge_all()
        self.zone_id, self.token = zone.id, f"token-of-{self.box.id}"
        self.starts_at = wall_clock() + timedelta(seconds=LEAD_S)
        self.session = station.plan(
            name, self.starts_at, station.sounds, zone_ids=[zone.id], grace_ms=30_000
        )
        self.airings = {f"line-{name}{n}-{self.session.id}"[:36] for n in range(ITEMS)}
        self.process: subprocess.Popen[bytes] | None = None

    def start_box(self) -> None:
        environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "LOA_STATION_URL": self.station.wire.url,
            "LOA_BOX_TOKEN": self.token,
            "LOA_BOX_DATA": str(self.station.folder / f"box-{self.name}"),
            "LOA_BOX_PLAYER": "silent",
        }
        with (self.station.folder / f"box-{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "playout", "run"],
                cwd=ROOT, env=environ, stdout=log, stderr=log,
            )  # fmt: skip

    def kill_box(self) -> None:
        self.process.kill()
        self.process.wait()

    def wait_on_air(self, item: int = 1) -> None:
        """Until the middle of item number `item` by the plan; the box's clock is ours."""
        at_ms = sum(one.duration_ms + 1_008 for one in self.station.sounds[:item]) + 480
        moment = self.starts_at + timedelta(milliseconds=at_ms)
        time.sleep(max(0.0, (moment - wall_clock()).total_seconds()))

    def rows(self) -> list[LogEntry]:
        with self.station.sessions() as db:
            return list(db.scalars(select(LogEntry).where(LogEntry.box_id == self.box.id)))

    def is_reconciled(self) -> bool:
        """A worker has compared the plan with the log, and each airing has what became of it."""
        with self.station.sessions() as db:
            known = select(AiringRow.airing_id).where(AiringRow.airing_id.in_(self.airings))
            return set(db.scalars(known)) == self.airings

    def until(self, happened: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            with contextlib.suppress(Exception):  # a database that is being restarted
                if happened():
                    return
            time.sleep(0.2)  # another process gives no event

    def came(self, expected_rows: int = ITEMS) -> Came:
        """Waits for the rows, stops the box, and counts."""
        self.until(lambda: len(self.rows()) >= expected_rows)
        if self.process is not None:
            self.process.terminate()
            self.process.wait(15)
        rows = self.rows()
        outcomes: dict[str, int] = {}
        for row in rows:
            outcomes[row.outcome] = outcomes.get(row.outcome, 0) + 1
        aired = [row.airing_id for row in rows]
        return Came(
            outcomes,
            lost=len(self.airings - set(aired)),
            doubled=len(aired) - len(set(aired)),
            silence_s=sum(max(0, row.planned_ms - row.played_ms) for row in rows) / 1000,
        )
