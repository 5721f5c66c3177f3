"""Intake of play rows against a bare Core insert of the same rows, on SQLite and PostgreSQL.

PostgreSQL is measured when LOA_TEST_DATABASE_URL names a server.
"""

import gc
import os
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import Engine, func, insert, select, text

from broadcast.airlog.intake import accept_plays
from broadcast.airlog.models import LogEntry
from broadcast.boxes.identity import BoxIdentity
from broadcast.boxes.models import Box
from broadcast.boxes.wire import BatchWire
from broadcast.db import Base, make_engine, make_sessions
from broadcast.desk import Desk
from broadcast.jobs.queue import CallingQueue
from broadcast.stations.models import Station
from broadcast.tables import airlog
from tests.factories.plays import sent_play

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BATCH = 500
BATCHES = 40
BOXES = 200
GOAL = 0.5
QUIET = CallingQueue(lambda _ring: None)


def main() -> list[str]:
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        lines += measure(f"sqlite:///{folder}/loa.db")
    server = os.environ.get("LOA_TEST_DATABASE_URL")
    if server:
        admin = make_engine(server).execution_options(isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS loa_bench WITH (FORCE)"))
            connection.execute(text("CREATE DATABASE loa_bench"))
        lines += measure(server.rsplit("/", 1)[0] + "/loa_bench")
        with admin.connect() as connection:
            connection.execute(text("DROP DATABASE loa_bench WITH (FORCE)"))
        admin.dispose()
    return lines


def measure(url: str) -> list[str]:
    engine = make_engine(url)
    assert airlog
    Base.metadata.create_all(engine)
    boxes = make_boxes(engine)
    batches = [[row_at(b * BATCH + n) for n in range(BATCH)] for b in range(BATCHES)]
    take_in(engine, boxes[1], [[row_at(-n) for n in range(1, BATCH)]])  # compiled and warm
    insert_bare(engine, rows_of(engine)[:1], "-warm")
    # The rows of this script are no part of a server's memory: the collector need not walk them.
    gc.collect()
    gc.freeze()
    ours, bare = 0.0, 0.0
    for number, batch in enumerate(batches):
        # Turn about, so that a growing table and a warm disk serve both alike.
        ours += timed(take_in, engine, boxes[0], [batch])
        stored = rows_of(engine)[-BATCH:]
        bare += timed(insert_bare, engine, stored, f"-{number}")
    name = engine.dialect.name
    ratio = bare / ours
    rows = BATCH * BATCHES
    lines = [
        (
            f"intake {name}: {rows / ours:,.0f} rows/s, bare Core insert {rows / bare:,.0f} rows/s, "
            f"ratio {ratio:.2f} (goal >= {GOAL}) {'ok' if ratio >= GOAL else 'BELOW'}"
        ),
        storm(engine, boxes),
    ]
    engine.dispose()
    return lines


def storm(engine: Engine, boxes: list[BoxIdentity]) -> str:
    """Every box sends one batch at the same moment."""
    before = count(engine)
    faults: list[str] = []
    gate = threading.Barrier(BOXES)

    def send(box: BoxIdentity) -> None:
        batch = [sent_play(NOW, seq=n + 1) for n in range(50)]
        gate.wait()
        try:
            take_in(engine, box, [batch])
        except Exception as err:
            faults.append(repr(err)[:200])

    threads = [threading.Thread(target=send, args=(box,)) for box in boxes]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    got = count(engine) - before
    return (
        f"intake {engine.dialect.name}: {BOXES} boxes at once, {got} of {BOXES * 50} rows in "
        f"{took:.1f} s, errors {len(faults)} {faults[:1]}"
    )


def take_in(engine: Engine, box: BoxIdentity, batches: list[list[object]]) -> None:
    sessions = make_sessions(engine)
    for batch in batches:
        with sessions() as session:
            desk = Desk(session, box.actor, NOW, QUIET)
            answers = accept_plays(desk, box, BatchWire(boot="boot", plays=batch))
            assert all(answer.status == "accepted" for answer in answers), answers[0]


def insert_bare(engine: Engine, rows: list[dict[str, object]], mark: str) -> None:
    """The same columns and values, with names and numbers of their own."""
    copies = [
        row | {"play_id": f"{str(row['play_id'])[:24]}{mark}", "station_id": "bare"} for row in rows
    ]
    started = time.perf_counter()
    with engine.begin() as connection:
        connection.execute(insert(LogEntry.__table__), copies)
    insert_bare.took = time.perf_counter() - started  # type: ignore[attr-defined]


def timed(deed: object, *given: object) -> float:
    started = time.perf_counter()
    deed(*given)  # type: ignore[operator]
    took = time.perf_counter() - started
    return getattr(deed, "took", took)


def rows_of(engine: Engine) -> list[dict[str, object]]:
    ours = select(LogEntry.__table__).where(LogEntry.station_id == "bench")
    last = ours.order_by(LogEntry.number.desc()).limit(BATCH)
    with engine.connect() as connection:
        found = [dict(row) for row in connection.execute(last).mappings()]
    return [{k: v for k, v in row.items() if k != "id"} for row in reversed(found)]


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(LogEntry)) or 0


def row_at(number: int) -> dict[str, object]:
    moment = NOW + timedelta(minutes=number % 500)
    return sent_play(moment, seq=abs(number) + 1, airing=f"airing-{number}", session="session-1")


def make_boxes(engine: Engine) -> list[BoxIdentity]:
    with make_sessions(engine)() as session:
        for code in ("bench", "bare"):
            session.add(Station(id=code, code=code, name=code, commune_name=code, created_at=NOW))
        session.flush()
        for number in range(BOXES):
            session.add(Box(id=f"box-{number}", station_id="bench", name="Cụm", created_at=NOW))
        session.commit()
    zone = "Asia/Ho_Chi_Minh"
    return [BoxIdentity(f"box-{n}", "bench", "Cụm", False, zone) for n in range(BOXES)]


if __name__ == "__main__":
    print("\n".join(main()))
