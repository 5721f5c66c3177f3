"""`loa up`: everything a station needs on one machine, started, watched and ended together."""

import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from broadcast.clock import wall_clock
from broadcast.config import Settings
from broadcast.db import make_engine, make_sessions
from broadcast.desk import Desk
from broadcast.jobs.celery_queue import ORDINARY_QUEUE, URGENT_QUEUE
from broadcast.jobs.queue import CallingQueue
from broadcast.jobs.service import free_leases
from broadcast.people.rules import Actor, Right
from broadcast.people.setup import is_set_up, new_setup_link
from broadcast.supervision.child import Child
from broadcast.supervision.local_box import box_environment, ensure_token, only_station
from broadcast.supervision.pulse import URGENT_WORKER, WORKER, pulse_file
from broadcast.supervision.redis_server import prepare_redis

TICK_S = 1.0
DEAF_AFTER_S = 120.0
"""The ordinary worker closes airings each minute, the urgent one sweeps each 20 s, a long job opens
a desk at each step: all of that is a pulse. Celery's Redis consumer has gone deaf after broken
connections before (celery#8030): a worker without pulse is started again."""
STOP_PATIENCE_S = 10.0

Say = Callable[[str], None]


class StartRefused(Exception):
    """One clear sentence why the station cannot start here."""


def check_place(settings: Settings) -> None:
    """:raises StartRefused: the folder cannot be written, or the port is taken."""
    try:
        for folder in (settings.media_dir, settings.speech_dir, settings.uploads_dir):
            folder.mkdir(parents=True, exist_ok=True)
        probe = settings.data_dir / ".probe"
        probe.touch()
        probe.unlink()
    except OSError as err:
        raise StartRefused(
            f"Không ghi được vào thư mục {settings.data_dir} ({err.strerror}). "
            "Hãy chọn thư mục khác bằng LOA_DATA=…"
        ) from err
    with socket.socket() as port:
        port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            port.bind((settings.host, settings.port))
        except OSError as err:
            raise StartRefused(
                f"Cổng {settings.port} đang có chương trình khác dùng ({err.strerror}). "
                "Có thể đài đã chạy rồi; nếu không, chọn cổng khác: make up PORT=8090"
            ) from err


class StationOnOneMachine:
    """The children of `loa up`, in the order in which they start; they end the other way round."""

    def __init__(self, settings: Settings, environ: Mapping[str, str], say: Say) -> None:
        self.settings = settings
        self.environ = dict(environ)
        self.say = say
        self.children: list[Child] = []
        self.sessions = make_sessions(make_engine(settings.database_url))
        self.stopping = False
        self.wake_read, self.wake_write = os.pipe()

    def start(self) -> None:
        if self.settings.database_url.startswith("sqlite"):
            # One machine, and none of its workers is up: whatever ran was killed with them.
            with self._desk() as desk:
                free_leases(desk)
        if not self.settings.redis_url:
            redis = prepare_redis(self.settings.data_dir / "redis")
            self.environ["REDIS_URL"] = redis.url
            self._add("redis", list(redis.argv))
        python = sys.executable
        celery = [python, "-m", "celery", "-A", "scheduler.worker"]
        self._add(WORKER, [*celery, *worker_args(WORKER, ORDINARY_QUEUE, slots=2)])
        self._add(URGENT_WORKER, [*celery, *worker_args(URGENT_WORKER, URGENT_QUEUE, slots=1)])
        self._add("beat", [*celery, "beat", "-l", "WARNING", f"--pidfile={self._run('beat.pid')}"])
        self._add("web", web_command(python, self.settings))
        self._offer_set_up()

    def _offer_set_up(self) -> None:
        with self._desk() as desk:
            if is_set_up(desk):
                self.say(f"Đài đang chạy: {self.settings.public_url}")
                return
            secret = new_setup_link(desk)
        self.say("Lần đầu chạy. Mở đường dẫn này (dùng một lần) để đặt tên đài và tạo tài khoản:")
        self.say(f"  {self.settings.public_url}/bat-dau/{secret}")

    def run(self) -> None:
        """Watch the children until somebody asks to stop; every child that dies comes back."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_stop)
        while not self.stopping:
            monotonic = time.monotonic()
            for child in self.children:
                if child.tend(monotonic):
                    self.say(f"{child.name}: đã dừng, chạy lại (lần {child.restarts})")
            self._replace_deaf_workers()
            self._add_box_when_set_up()
            select.select([self.wake_read], [], [], TICK_S)

    def stop(self) -> None:
        for child in reversed(self.children):
            if child.name != "redis":
                child.ask_to_stop()
        deadline = time.monotonic() + STOP_PATIENCE_S
        for child in reversed(self.children):
            child.ask_to_stop()
            child.wait_stopped(max(0.1, deadline - time.monotonic()))
        self.say("Đã dừng hẳn.")

    def _on_stop(self, _number: int, _frame: object) -> None:
        self.stopping = True
        os.write(self.wake_write, b"x")

    def _add(self, name: str, argv: list[str], env: Mapping[str, str] | None = None) -> Child:
        log = self.settings.data_dir / "logs" / f"{name}.log"
        child = Child(name, argv, self.environ if env is None else env, log)
        child.start(time.monotonic())
        self.children.append(child)
        return child

    def _run(self, name: str) -> Path:
        folder = self.settings.data_dir / "run"
        folder.mkdir(exist_ok=True)
        (folder / name).unlink(missing_ok=True)
        return folder / name

    def _replace_deaf_workers(self) -> None:
        for worker in self.children:
            if worker.name not in {WORKER, URGENT_WORKER}:
                continue
            pulse = pulse_file(self.settings.data_dir, worker.name)
            seen = pulse.stat().st_mtime if pulse.exists() else 0.0
            deaf = wall_clock().timestamp() - seen > DEAF_AFTER_S
            if worker.is_running and deaf and time.monotonic() - worker.started_at > DEAF_AFTER_S:
                self.say(f"{worker.name}: không nghe hàng đợi, chạy lại")
                worker.ask_to_stop()
                worker.wait_stopped(STOP_PATIENCE_S)

    def _add_box_when_set_up(self) -> None:
        if any(child.name == "box" for child in self.children):
            return
        if self.environ.get("LOA_LOCAL_BOX", "yes") == "no":
            return
        with self._desk() as desk:
            station = only_station(desk)
            if station is None:
                return
            folder = self.settings.data_dir / "box"
            keeper = Actor.machine(station.id, "máy chủ", Right.ADMINISTER)
            token = ensure_token(desk.acting_as(keeper), folder / "token")
        url = f"http://127.0.0.1:{self.settings.port}"
        env = box_environment(self.environ, url, token, folder)
        self._add("box", [sys.executable, "-m", "playout", "run"], env)
        self.say("Máy phát tại đài đã chạy.")

    def _desk(self) -> "_OpenDesk":
        return _OpenDesk(self)


class _OpenDesk:
    """A desk for the machine; messages are left to the sweep, the supervisor sends none."""

    def __init__(self, station: StationOnOneMachine) -> None:
        self.session = station.sessions()

    def __enter__(self) -> Desk:
        nobody = Actor.machine("", "máy chủ", *Right)
        return Desk(self.session, nobody, wall_clock(), CallingQueue(lambda _ring: None))

    def __exit__(self, *_error: object) -> None:
        self.session.close()


def worker_args(name: str, queue: str, *, slots: int) -> list[str]:
    return ["worker", "-Q", queue, "-c", str(slots), "-l", "INFO", "-n", f"{name}@%h"]


def web_command(python: str, settings: Settings) -> list[str]:
    """One process on SQLite (one writer), two on PostgreSQL; threads wait for slow boxes."""
    workers = 1 if settings.database_url.startswith("sqlite") else 2
    return [
        python, "-m", "gunicorn", "broadcast.wsgi:app", "-k", "gthread",
        "-w", str(workers), "--threads", "16", "-b", f"{settings.host}:{settings.port}",
        "--graceful-timeout", "5", "--timeout", "120", "--no-control-socket",
    ]  # fmt: skip
