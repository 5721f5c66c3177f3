"""What 50 open dashboards cost: today's live part every 10 s and the strip every 5 s.

Ratio of the server's time for all of them to one core's time; the limit is a quarter of a core.
"""

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from broadcast.app import create_app
from broadcast.boxes.models import Box, BoxHealth
from broadcast.config import Settings
from broadcast.db import make_engine, make_sessions
from broadcast.desk import Desk
from broadcast.jobs.queue import CallingQueue
from broadcast.people.models import SignIn
from broadcast.people.rules import Actor, Right, Role
from broadcast.people.secrets import new_secret, secret_hash
from broadcast.people.service import add_account
from broadcast.people.setup import NewStation, found_station
from broadcast.tables import Base
from broadcast.timetable.models import SessionRow

DASHBOARDS = 50
CORE_SHARE = 0.25
BOXES = 30
ROUNDS = 200
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def main() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        app, token = _station(Path(folder))
        browser = app.test_client()
        with browser.session_transaction() as cookie:
            cookie["sign_in"] = token
        tag = browser.get("/hom-nay").headers["ETag"]
        unchanged = _mean_s(lambda: browser.get("/hom-nay", headers={"If-None-Match": tag}))
        changed = _mean_s(lambda: browser.get("/hom-nay"))
        strip = _mean_s(lambda: browser.get("/tren-song"))
        app.extensions["loa"].writing.kw["bind"].dispose()
    each_minute = unchanged * 5 + changed * 1 + strip * 12
    share = DASHBOARDS * each_minute / 60
    asked = (
        f"live part unchanged {unchanged * 1000:.1f} ms, changed {changed * 1000:.1f} ms, "
        f"strip {strip * 1000:.1f} ms"
    )
    return [
        asked,
        f"50 dashboards: {share:.3f} of one core, ratio to the limit {share / CORE_SHARE:.2f}",
    ]


def _mean_s(ask) -> float:
    ask()
    begun = time.perf_counter()
    for _ in range(ROUNDS):
        ask()
    return (time.perf_counter() - begun) / ROUNDS


def _station(folder: Path):
    settings = Settings.from_env({"LOA_DATA": str(folder), "LOA_SECRET_KEY": "b" * 32})
    engine = make_engine(settings.database_url)
    Base.metadata.create_all(engine)
    queue = CallingQueue(lambda _ring: None)
    with make_sessions(engine)() as session:
        founder = Desk(session, Actor.machine("", "bench", *Right), NOW, queue)
        station = found_station(founder, NewStation("bench", "Đài", "xã Thử"))
        desk = founder.acting_as(Actor.machine(station.id, "bench", *Right))
        user = add_account(desk, "bench", "bench", "một câu ngắn dễ nhớ", Role.ADMINISTRATOR)
        token = _furnish(session, station.id, user.id)
    engine.dispose()
    return create_app(settings, jobs=queue, clock=lambda: NOW), token


def _furnish(session, station_id: str, user_id: str) -> str:
    for number in range(BOXES):
        session.add(
            Box(id=f"box-{number}", station_id=station_id, name=f"Cụm {number}", created_at=NOW)
        )
        session.flush()
        session.add(BoxHealth(box_id=f"box-{number}", station_id=station_id, seen_at=NOW, facts={}))
    for hour in (3, 10):
        start = NOW + timedelta(hours=hour)
        session.add(
            SessionRow(
                id=f"session-{hour}",
                station_id=station_id,
                name="Buổi",
                local_day=NOW.date(),
                starts_at=start,
                ends_at=start + timedelta(minutes=30),
                latest_end=start + timedelta(minutes=45),
            )
        )
    token = new_secret("s")
    session.add(
        SignIn(
            id="sign-in",
            station_id=station_id,
            user_id=user_id,
            token_hash=secret_hash(token),
            created_at=NOW,
            seen_at=NOW,
            expires_at=NOW + timedelta(days=1),
        )
    )
    session.commit()
    return token


if __name__ == "__main__":
    print("\n".join(main()))
