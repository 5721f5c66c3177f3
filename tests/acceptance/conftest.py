"""One station with its day for all the programs of this folder."""

import shutil
import socket
from datetime import timedelta
from types import SimpleNamespace

import pytest

from audio.programme import join
from tests.acceptance.stage import WebStation, lengthen, parts_of, render_tunes, wall_clock

TITLES = ("Lịch tiêm chủng tháng 12", "Khẩn: nước lũ lên nhanh", "Thu gom rác thải, thôn Đông")


@pytest.fixture(scope="session")
def program():
    """`program("mpv")` is its path; the test is skipped where it is not installed."""

    def find(name: str) -> str:
        found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
        if found is None:
            pytest.skip(f"{name} is not installed")
        return found

    return find


@pytest.fixture(scope="session")
def sounds(tmp_path_factory):
    return render_tunes(tmp_path_factory.mktemp("sounds"))


@pytest.fixture(scope="session")
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def day(tmp_path_factory, sounds, free_port):
    """A session on the air with three items, and one tomorrow with a file of three minutes.

    `today` and `tomorrow` are the session rows, `joined` is what today's session is in one file.
    """
    folder = tmp_path_factory.mktemp("day")
    station = WebStation(folder / "data", free_port)
    long = lengthen(sounds[0], 180_000, folder / "long.mp3")
    now = wall_clock()
    times = {"ends_at": now + timedelta(hours=2), "latest_end": now + timedelta(hours=2)}
    today = station.plan("nay", now - timedelta(minutes=1), sounds, titles=TITLES, **times)
    tomorrow = station.plan("mai", now + timedelta(days=1), [long])
    station.start()
    yield SimpleNamespace(
        station=station,
        wire=station.wire,
        url=station.url,
        today=today,
        tomorrow=tomorrow,
        sounds=sounds,
        long=long,
        joined=join(parts_of(sounds), folder / "joined.mp3"),
    )
    station.stop()


@pytest.fixture
def quiet_wire(day):
    """The wire without what earlier tests asked and cut."""
    day.wire.forget()
    return day.wire
