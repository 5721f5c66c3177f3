"""docker-compose.yml without a Docker engine: valid by its specification, and every service's exact
command line started here against a real PostgreSQL and a real Redis."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import jsonschema
import pytest
import requests
import yaml
from e2e_station import ROOT, free_port, send

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.external_service]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "urgent", "beat", "box")


def test_the_file_is_valid_by_the_compose_specification():
    schema = json.loads((ROOT / "tests/golden/compose_spec.json").read_text("utf-8"))
    jsonschema.Draft201909Validator(schema).validate(COMPOSE)


def test_every_long_running_service_has_a_health_check_and_its_data_a_volume():
    for name, service in SERVICES.items():
        if name == "migrate":
            continue
        assert service["healthcheck"]["test"], name
    named = {volume.split(":")[0] for s in SERVICES.values() for volume in s.get("volumes", [])}
    assert named == set(COMPOSE["volumes"])


class Deployment:
    """The services as processes of this machine; host names become loopback ports."""

    def __init__(self, folder: Path, database: str, stack: ExitStack) -> None:
        self.folder = folder
        self.stack = stack
        self.port = free_port()
        self.redis_port = free_port()
        self.filled = {
            "LOA_DB_PASSWORD": "p",
            "LOA_SECRET_KEY": "s" * 64,
            "LOA_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
        }
        self.places = {
            "postgresql://loa:p@postgres:5432/loa": database,
            "redis://redis:6379/0": f"redis://127.0.0.1:{self.redis_port}/0",
            "http://web:8080": f"http://127.0.0.1:{self.port}",
            "/data": str(folder / "data"),
            "/box": str(folder / "box"),
            "0.0.0.0": "127.0.0.1",
        }

    def environment(self, name: str) -> dict[str, str]:
        written = SERVICES[name]["environment"]
        environ = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "LOA_PORT": str(self.port),
            "LOA_GOOGLE_TTS_ENDPOINT": f"http://127.0.0.1:{free_port()}",
            "LOA_BOX_PLAYER": "silent",
        }
        for key, value in written.items():
            plain = re.sub(r"\$\{(\w+)[^}]*\}", lambda found: self.filled.get(found[1], ""), value)
            environ[key] = self.places.get(plain, plain)
        return environ

    def start(self, name: str, command: list[str] | None = None) -> subprocess.Popen[bytes]:
        argv = command or SERVICES[name]["command"]
        log = (self.folder / f"{name}.log").open("wb")
        process = subprocess.Popen(
            argv,
            cwd=ROOT,
            env=self.environment(name),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        self.stack.callback(log.close)
        self.stack.callback(process.wait, 20)
        self.stack.callback(
            lambda: process.poll() is None and os.killpg(process.pid, signal.SIGTERM)
        )
        return process

    def run(self, name: str, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment(name),
            capture_output=True,
            text=True,
            timeout=120,
        )

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text("utf-8", errors="replace")[-3000:]


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """The tests' own PostgreSQL, as .ci/postgres starts it."""
    folder = tmp_path_factory.mktemp("pg")
    folder.chmod(0o755)
    for parent in folder.parents:
        if parent == Path("/tmp"):
            break
        parent.chmod(0o755)
    done = subprocess.run(
        ["bash", str(ROOT / ".ci/postgres"), str(folder)], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"PostgreSQL cannot be started here: {done.stderr[-300:]}")
    url, pid = done.stdout.split()
    yield url
    os.kill(int(pid), signal.SIGINT)


@pytest.fixture(scope="module")
def deployment(tmp_path_factory, database):
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not here")
    folder = tmp_path_factory.mktemp("compose")
    for name in ("data", "box"):
        (folder / name).mkdir()
    with ExitStack() as stack:
        found = Deployment(folder, database, stack)
        redis = SERVICES["redis"]["command"]
        extra = ["--port", str(found.redis_port), "--dir", str(folder), "--bind", "127.0.0.1"]
        log = stack.enter_context((folder / "redis.log").open("wb"))
        process = subprocess.Popen([*redis, *extra], stdout=log, stderr=log)
        stack.callback(process.wait, 20)
        stack.callback(process.terminate)
        yield found


@pytest.fixture(scope="module")
def running(deployment):
    """Everything but the box: that one wants a token, and the token a station."""
    done = deployment.run("migrate", SERVICES["migrate"]["command"])
    assert done.returncode == 0, done.stderr
    for name in ("web", "worker", "urgent", "beat"):
        deployment.start(name)
    wait_until(lambda: healthy(deployment, "web"), deployment)
    return deployment


def healthy(deployment: Deployment, name: str) -> bool:
    command = SERVICES[name]["healthcheck"]["test"]
    assert command[0] == "CMD"
    return deployment.run(name, command[1:]).returncode == 0


def wait_until(happened, deployment: Deployment) -> None:
    import time

    deadline = time.monotonic() + 90
    while not happened():
        assert time.monotonic() < deadline, "\n".join(
            deployment.log(name) for name in OURS if (deployment.folder / f"{name}.log").exists()
        )
        time.sleep(0.3)


def test_the_services_come_up_healthy_and_a_box_reports(running):
    link = running.run("web", ["loa", "setup-link"]).stdout.strip()
    form = {
        "station_name": "Đài truyền thanh phường Thử",
        "commune_name": "phường Thử",
        "time_zone": "Asia/Ho_Chi_Minh",
        "display_name": "Quản trị Thử",
        "login": "quantri",
        "password": "một câu dễ nhớ",
        "again": "một câu dễ nhớ",
    }
    send(requests.Session(), link, form)
    added = running.run("web", ["loa", "box", "add", "Cụm loa thử"])
    assert added.returncode == 0, added.stderr
    running.filled["LOA_BOX_TOKEN"] = re.search(r"b_[\w-]{32}", added.stdout)[0]
    running.start("box")
    wait_until(lambda: healthy(running, "worker"), running)
    wait_until(lambda: healthy(running, "urgent"), running)
    wait_until(lambda: healthy(running, "box"), running)
    assert healthy(running, "web")
    assert healthy(running, "beat")
