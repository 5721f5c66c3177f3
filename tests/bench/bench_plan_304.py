"""A box's "you have it" against a bare Flask view that answers 304, on the same gunicorn server.

Both run in one process, one after the other and turn about, with 10,000 boxes in the table, asked
over as many kept-alive connections as the server has threads.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from flask import Flask, Response
from sqlalchemy import insert, text

from broadcast.app import create_app
from broadcast.boxes.models import Box, BoxToken, PlanDocument
from broadcast.config import Settings
from broadcast.db import Base, make_engine
from broadcast.jobs.queue import CallingQueue
from broadcast.people.secrets import secret_hash
from broadcast.stations.models import Station

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BOXES = 10_000
THREADS = 4
REQUESTS = 4_000
ROUNDS = 5
GOAL = 0.7
ETAG = "e" * 64


def main() -> list[str]:
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        lines.append(measure(f"sqlite:///{folder}/loa.db", folder))
        server = os.environ.get("LOA_TEST_DATABASE_URL")
        if server:
            admin = make_engine(server).execution_options(isolation_level="AUTOCOMMIT")
            with admin.connect() as connection:
                connection.execute(text("DROP DATABASE IF EXISTS loa_bench WITH (FORCE)"))
                connection.execute(text("CREATE DATABASE loa_bench"))
            lines.append(measure(server.rsplit("/", 1)[0] + "/loa_bench", folder))
            with admin.connect() as connection:
                connection.execute(text("DROP DATABASE loa_bench WITH (FORCE)"))
            admin.dispose()
    return lines


def measure(url: str, folder: str) -> str:
    fill(url)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = os.environ | {"LOA_DATA": folder, "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        str(THREADS),
    ]
    command += ["--keep-alive", "30", "--log-level", "error", "--chdir", str(ROOT / "tests/bench")]
    server = subprocess.Popen([*command, "bench_plan_304:both()"], env=environ)
    try:
        wait_for(port)
        for path in ("/api/box/v1/plan", "/bare/plan"):
            ask(port, path, REQUESTS)  # the worker is still importing at its first request
        ours = bare = 0.0
        for number in range(ROUNDS):
            ours += ask(port, "/api/box/v1/plan", REQUESTS, first=number * REQUESTS)
            bare += ask(port, "/bare/plan", REQUESTS, first=number * REQUESTS)
    finally:
        server.terminate()
        server.wait()
    rate, bare_rate = ROUNDS * REQUESTS / ours, ROUNDS * REQUESTS / bare
    ratio = rate / bare_rate
    return (
        f"plan 304 {url.partition(':')[0]}: {rate:,.0f} requests/s with {BOXES:,} boxes, bare Flask "
        f"view {bare_rate:,.0f} requests/s, ratio {ratio:.2f} (goal >= {GOAL}) "
        f"{'ok' if ratio >= GOAL else 'BELOW'}"
    )


def both() -> object:
    """The station, and beside it a Flask application that knows nothing but 304."""
    station = create_app(Settings.from_env(os.environ), jobs=CallingQueue(lambda _ring: None))
    bare = Flask("bare")

    @bare.get("/bare/plan")
    def plan() -> Response:
        return Response(status=HTTPStatus.NOT_MODIFIED)

    def either(environ: dict[str, str], start: object) -> object:
        app = bare if environ["PATH_INFO"].startswith("/bare") else station
        return app.wsgi_app(environ, start) if app is bare else station(environ, start)

    return either


def ask(port: int, path: str, count: int, first: int = 0) -> float:
    """Seconds for `count` questions of ever other boxes, `THREADS` of them at a time."""
    with ExitStack() as stack:
        wires = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            for _ in range(THREADS)
        ]
        for wire in wires:
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        started = time.perf_counter()
        for number in range(first, first + count, THREADS):
            for offset, wire in enumerate(wires):
                wire.sendall(question(path, (number + offset) * 7919 % BOXES))
            for wire in wires:
                answer = wire.recv(65_536)
                while b"\r\n\r\n" not in answer:
                    answer += wire.recv(65_536)
                assert answer.startswith(b"HTTP/1.1 304"), answer
        return time.perf_counter() - started


def question(path: str, box: int) -> bytes:
    return (
        f"GET {path} HTTP/1.1\r\nHost: loa\r\nAuthorization: Bearer token-{box}\r\n"
        f'If-None-Match: "{ETAG}"\r\nUser-Agent: loa-box\r\n\r\n'
    ).encode()


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("gunicorn did not start")


def fill(url: str) -> None:
    engine = make_engine(url)
    Base.metadata.create_all(engine)
    of_all = {"station_id": "s"}
    with engine.begin() as connection:
        station = {"id": "s", "code": "s", "name": "s", "commune_name": "s", "created_at": NOW}
        connection.execute(insert(Station), [station])
        boxes = [
            of_all | {"id": f"box-{n}", "name": f"Cụm {n}", "created_at": NOW} for n in range(BOXES)
        ]
        connection.execute(insert(Box), boxes)
        tokens = [
            of_all
            | {
                "id": f"token-{n}",
                "box_id": f"box-{n}",
                "token_hash": secret_hash(f"token-{n}"),
                "created_at": NOW,
            }
            for n in range(BOXES)
        ]
        connection.execute(insert(BoxToken), tokens)
        until = NOW + timedelta(days=3650)
        body = '{"sessions":[' + " " * 8_000 + "]}"
        documents = [
            of_all
            | {
                "box_id": f"box-{n}",
                "etag": ETAG,
                "body": body,
                "stale": False,
                "generated_at": NOW,
                "valid_until": until,
            }
            for n in range(BOXES)
        ]
        connection.execute(insert(PlanDocument), documents)
    engine.dispose()


if __name__ == "__main__":
    print("\n".join(main()))
