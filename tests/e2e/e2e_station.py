"""The station as its newcomer starts it: `loa up` as a process, watched through its terminal."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).parents[2]
LOA = [sys.executable, "-m", "broadcast.cli"]
PATIENCE_S = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RunningStation:
    """One `loa up`. `lines` is what its terminal has shown so far."""

    def __init__(self, data: Path, port: int, environ: dict[str, str]) -> None:
        self.data = data
        self.url = f"http://127.0.0.1:{port}"
        self.environ = environ
        self.lines: list[str] = []
        self.news = threading.Condition()
        self.process = subprocess.Popen(
            [*LOA, "up", "--port", str(port)],
            cwd=ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            with self.news:
                self.lines.append(line.rstrip())
                self.news.notify_all()

    def sees(self, pattern: str, after: int = 0) -> re.Match[str]:
        """Wait until a line of the terminal, from number `after` on, matches."""
        deadline = time.monotonic() + PATIENCE_S
        with self.news:
            while True:
                for line in self.lines[after:]:
                    if found := re.search(pattern, line):
                        return found
                left = deadline - time.monotonic()
                assert left > 0, f"never seen: {pattern}\n" + "\n".join(self.lines)
                self.news.wait(left)

    def answers(self) -> None:
        """Wait until the web server answers."""
        self.until(lambda: requests.get(f"{self.url}/dang-nhap", timeout=5).ok)

    def until(self, happened, patience_s: float = PATIENCE_S):
        """Look again and again until it has happened; another process gives no event."""
        deadline = time.monotonic() + patience_s
        while True:
            try:
                if found := happened():
                    return found
            except (requests.ConnectionError, requests.Timeout):
                pass
            assert time.monotonic() < deadline, f"did not happen: {happened}\n{self.logs()}"
            time.sleep(0.1)

    def logs(self) -> str:
        tails = [f"== {log.name}\n{log.read_text()[-2000:]}" for log in self.data.glob("logs/*")]
        return "\n".join([*self.lines, *tails])

    def children(self) -> dict[str, int]:
        """Pids of the station's processes by what they run, found by their data folder."""
        marks = {
            "redis-server": "redis",
            "celery -A scheduler.worker worker": "worker",
            "celery -A scheduler.worker beat": "beat",
            "gunicorn": "web",
            "playout run": "box",
        }
        found = {}
        for pid in reversed(processes_of(self.data)):
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            for mark, name in marks.items():
                if mark in line:
                    found[name] = pid
        return found

    def loa(self, *args: str, timeout: float = 300) -> str:
        done = subprocess.run(
            [*LOA, *args],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        assert done.returncode == 0, done.stdout + done.stderr + self.logs()
        return done.stdout

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)
        self.reader.join(5)
        self.process.stdout.close()

    def kill_everything(self) -> None:
        for pid in processes_of(self.data):
            os.kill(pid, signal.SIGKILL)
        self.process.wait(10)
        self.reader.join(5)
        self.process.stdout.close()


def processes_of(data: Path) -> list[int]:
    """Every process that was given this data folder, `loa up` itself and its children included."""
    mine, parents = set(), {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            environ = (entry / "environ").read_bytes().split(b"\0")
            state, parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if state == "Z":
            continue
        parents[int(entry.name)] = int(parent)
        if any(
            one.startswith((b"LOA_DATA=", b"LOA_BOX_DATA=")) and str(data).encode() in one
            for one in environ
        ):
            mine.add(int(entry.name))
    # Redis writes its title over its environment: it is known by its parent.
    return sorted(mine | {pid for pid, parent in parents.items() if parent in mine})


class Folders:
    """Stands where pytest's factory of temporary folders stands."""

    def __init__(self, base: str) -> None:
        self.base = base

    def mktemp(self, name: str) -> Path:
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.base))


@contextmanager
def stations(tmp_path_factory):
    """Gives `start(data=None)`, which starts a station; all are stopped at the end."""
    started: list[RunningStation] = []

    def start(data: Path | None = None, **more: str) -> RunningStation:
        data = data or tmp_path_factory.mktemp("station") / "data"
        port = free_port()
        home = tmp_path_factory.mktemp("home")
        environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "LOA_DATA": str(data),
            "LOA_PORT": str(port),
            # Nobody listens there: the bulletin falls back to the bundled voice at once.
            "LOA_GOOGLE_TTS_ENDPOINT": f"http://127.0.0.1:{free_port()}",
            **more,
        }
        station = RunningStation(data, port, environ)
        started.append(station)
        return station

    try:
        yield start
    finally:
        for station in started:
            station.stop()


@pytest.fixture(scope="module")
def station_at(tmp_path_factory):
    """`station_at(data=None)` starts a station; everything is stopped at the end of the module."""
    with stations(tmp_path_factory) as start:
        yield start


def set_up(station: RunningStation, link: str) -> requests.Session:
    """The first visit, as a browser without JavaScript makes it; signed in afterwards."""
    browser = requests.Session()
    form = {
        "station_name": "Đài truyền thanh xã Thử",
        "commune_name": "xã Thử",
        "time_zone": "Asia/Ho_Chi_Minh",
        "display_name": "Cán bộ Thử",
        "login": "canbo",
        "password": "một câu dễ nhớ",
        "again": "một câu dễ nhớ",
        "one_person": "y",
    }
    send(browser, link, form)
    send(browser, f"{station.url}/dang-nhap", {"login": "canbo", "password": "một câu dễ nhớ"})
    return browser


def send(browser: requests.Session, url: str, form: dict[str, str]) -> requests.Response:
    """Open a page, fill its form, send it."""
    page = browser.get(url, timeout=20)
    assert page.ok, page.text[:2000]
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    answer = browser.post(url, data={**form, "csrf_token": token}, timeout=30)
    assert answer.ok, answer.text[:2000]
    return answer
