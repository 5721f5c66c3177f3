"""A station's web process on a folder of its own, its day written as rows, its sound rendered."""

import hashlib
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
from sqlalchemy import select
from sqlalchemy.orm import Session

from audio.item import Clip, ItemOrder
from audio.programme import ProgrammePart, join
from audio.render import render_item
from audio.tunes import Tune, tune_wav
from broadcast.boxes.models import Box
from broadcast.bulletins.models import AudioFile
from broadcast.db import make_engine, make_sessions
from broadcast.desk import Desk
from broadcast.jobs.queue import CallingQueue
from broadcast.migrations.run import migrate
from broadcast.people.rules import Actor, Right
from broadcast.people.setup import NewStation, found_station
from broadcast.timetable.models import SessionRow
from scheduler.timetable.wall_clock import local_day_of
from tests.acceptance.cut_wire import CutWire
from tests.factories.boxes import make_box
from tests.factories.sessions import make_audio, make_line, make_session

ROOT = Path(__file__).parents[2]
GAP_MS = 1_008
"""A whole number of MP3 frames (24 ms), so that a joined session is exact."""
START_S = 60


def wall_clock() -> datetime:
    return datetime.now(UTC)


def noon_zone(now: datetime) -> str:
    """The zone where it is about noon: "today" does not end while a test runs."""
    ahead = 12 - now.hour
    return "Etc/GMT" if ahead == 0 else f"Etc/GMT{-ahead:+d}"


@dataclass(frozen=True)
class Sound:
    """A file in the station's format."""

    path: Path
    duration_ms: int

    @property
    def content(self) -> bytes:
        return self.path.read_bytes()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def render_tunes(folder: Path) -> list[Sound]:
    """Three items as the station renders them, some seconds each."""
    made = [
        render_item(
            ItemOrder((Clip(tune_wav(tune, folder), "", 0, 0),)),
            folder=folder,
            progress=lambda done, total: None,
            cancelled=lambda: False,
        )
        for tune in (Tune.MORNING, Tune.ALERT, Tune.AFTERNOON)
    ]
    return [Sound(one.path, one.duration_ms) for one in made]


def lengthen(sound: Sound, silence_ms: int, target: Path) -> Sound:
    """The same with silence behind it: a long file for the price of a short one."""
    return Sound(target, join([sound.path, silence_ms], target).duration_ms)


class Founded:
    """A data folder with a migrated database, one station and one box without sessions."""

    def __init__(self, data: Path, database_url: str = "") -> None:
        self.data = data
        data.mkdir(parents=True, exist_ok=True)
        self.database_url = database_url or f"sqlite:///{data / 'loa.db'}"
        migrate(self.database_url)
        self.engine = make_engine(self.database_url)
        self.sessions = make_sessions(self.engine)
        now = wall_clock()
        with self.sessions() as db:
            db.expire_on_commit = False
            desk = Desk(db, Actor.machine("", "sân khấu", *Right), now, CallingQueue(print))
            new = NewStation("thu", "Đài truyền thanh xã Thử", "xã Thử", noon_zone(now))
            self.station = found_station(desk, new)
            db.commit()
            self.box: Box = make_box(db, wall_clock, self.station)
            db.expunge_all()
        self.key, self.token = f"key-of-{self.box.id}", f"token-of-{self.box.id}"

    def plan(
        self, code: str, starts_at: datetime, sounds: list[Sound], *, titles=(), **facts
    ) -> SessionRow:
        """A session of `sounds`, one second of silence between them."""
        with self.sessions() as db:
            db.expire_on_commit = False
            length = sum(one.duration_ms + GAP_MS for one in sounds)
            ends_at = starts_at + timedelta(milliseconds=length)
            day = local_day_of(starts_at, self.station.time_zone)
            times = {"ends_at": ends_at, "latest_end": ends_at, "local_day": day}
            row = make_session(db, self.station, starts_at, code, **times | facts)
            offset_ms = 0
            for number, sound in enumerate(sounds):
                name = f"{code}{number}"
                title = titles[number] if titles else f"Tin {name}"
                audio = self._audio(db, name, sound)
                make_line(db, row, name, audio=audio, offset_ms=offset_ms, title=title)
                offset_ms += sound.duration_ms + GAP_MS
            db.expunge_all()
        return row

    def _audio(self, db: Session, name: str, sound: Sound) -> AudioFile:
        known = select(AudioFile).where(AudioFile.sha256 == sound.sha256)
        return db.scalar(known) or make_audio(
            db, wall_clock, self.station, name, content=sound.content,
            media_dir=self.data / "media", duration_ms=sound.duration_ms,
        )  # fmt: skip

    def close(self) -> None:
        self.engine.dispose()


def parts_of(sounds: list[Sound]) -> list[ProgrammePart]:
    """What the station joins for a session that `Founded.plan` has written."""
    parts: list[ProgrammePart] = []
    for sound in sounds:
        parts += [GAP_MS, sound.path] if parts else [sound.path]
    return parts


class WebStation(Founded):
    """`loa web` behind a wire: what it tells others of itself is the wire's address."""

    def __init__(self, data: Path, port: int) -> None:
        super().__init__(data)
        self.port = port
        self.wire = CutWire(port)
        self.url = f"{self.wire.url}/p/{self.key}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environ = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "LOA_DATA": str(self.data),
            "LOA_PORT": str(self.port),
            "LOA_PUBLIC_URL": self.wire.url,
        }
        with (self.data / "web.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "broadcast.cli", "web"],
                cwd=ROOT, env=environ, stdout=log, stderr=log,
            )  # fmt: skip
        deadline = time.monotonic() + START_S
        while not self._answers():
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.1)  # another process gives no event

    def _answers(self) -> bool:
        try:
            return requests.get(f"http://127.0.0.1:{self.port}/p/-/now.m3u", timeout=5).ok is False
        except requests.ConnectionError:
            return False

    def log(self) -> str:
        return (self.data / "web.log").read_text()[-4000:]

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(15)
        self.wire.close()
        self.close()
