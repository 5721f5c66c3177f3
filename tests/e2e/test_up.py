"""`loa up` on an empty folder: starts, survives, stops, and says plainly when it cannot."""

import os
import re
import signal
import socket
import subprocess
from pathlib import Path

import pytest
import requests
from e2e_station import LOA, ROOT, processes_of, set_up

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
LINK = r"(http://127\.0\.0\.1:\d+/bat-dau/\S+)"


@pytest.fixture(scope="module")
def station(station_at):
    station = station_at()
    station.link = station.sees(LINK)[1]
    station.answers()
    return station


@pytest.fixture(scope="module")
def browser(station):
    return set_up(station, station.link)


def test_the_link_in_the_terminal_opens_the_set_up_page_once(station, browser):
    assert browser.get(f"{station.url}/", timeout=20).status_code == 200
    assert requests.get(station.link, timeout=20).status_code == 404


def test_the_local_box_starts_when_there_is_a_station(station, browser):
    station.sees("Máy phát tại đài đã chạy")
    assert set(station.children()) == {"redis", "worker", "beat", "web", "box"}


@pytest.mark.parametrize("name", ["redis", "worker", "beat", "web", "box"])
def test_a_child_killed_comes_back(station, browser, name):
    station.sees("Máy phát tại đài đã chạy")
    station.until(lambda: name in station.children())
    pid, seen = station.children()[name], len(station.lines)
    os.kill(pid, signal.SIGKILL)
    station.sees(f"{name}: đã dừng, chạy lại", after=seen)
    station.until(lambda: station.children().get(name, pid) != pid)
    station.answers()


def test_a_second_station_on_the_same_port_is_told_why_it_cannot_start(station, tmp_path):
    environ = station.environ | {"LOA_DATA": str(tmp_path / "other")}
    done = subprocess.run([*LOA, "up"], cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == 1
    assert re.search(
        r"^Không khởi động được\. Cổng \d+ đang có chương trình khác dùng", done.stderr
    )
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environ = {**os.environ, "LOA_DATA": str(blocked / "data"), "LOA_PORT": port}
    done = subprocess.run([*LOA, "up"], cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == 1
    assert "không ghi được vào thư mục" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("LOA_PORT", "many"), ("LOA_PUBLIC_URL", "loa"), ("LOA_UPLOAD_LIMIT_MB", "-1")],
)
def test_a_bad_setting_names_its_variable(tmp_path, name, value):
    environ = {**os.environ, "LOA_DATA": str(tmp_path), name: value}
    done = subprocess.run([*LOA, "up"], cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"Không khởi động được. {name}:" in done.stderr


def test_ctrl_c_stops_every_child(station_at):
    station = station_at()
    station.sees(LINK)
    station.answers()
    assert len(processes_of(station.data)) > 4
    station.stop()
    assert processes_of(station.data) == []
    assert station.process.returncode == 0


def test_killing_the_supervisor_takes_its_children_along(station_at):
    station = station_at()
    station.sees(LINK)
    station.answers()
    os.kill(station.process.pid, signal.SIGKILL)
    station.until(lambda: processes_of(station.data) == [])


def test_nothing_of_the_terminal_is_a_stack(station):
    assert not [line for line in station.lines if "Traceback" in line]
    assert Path(station.data / "secret.key").stat().st_mode & 0o077 == 0
    assert Path(station.data / "redis" / "redis.conf").stat().st_mode & 0o077 == 0
