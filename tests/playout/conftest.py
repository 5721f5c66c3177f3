"""The box's stage: a station on loopback, plans in radio words, a clock that can be pushed."""

import importlib.util
import itertools
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from playout.air import Air
from playout.assemble import Box
from playout.cache import MediaCache
from playout.clock import StationClock
from playout.config import BoxConfig
from playout.core import Core
from playout.deck import Deck
from playout.journal import Journal
from playout.offset import Exchange
from playout.plan import (
    Audio,
    Item,
    Kind,
    LateMode,
    LatePolicy,
    Plan,
    Priority,
    Repeat,
    Session,
    Stream,
)
from playout.silent_player import SilentPlayer
from playout.status import FaultBoard


def _load(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


_loopback = _load("loopback")

_pushed = _load("pushed_reader")
_truth = _load("truth")
_power_cut = _load("power_cut")

NOON, PushedReader = _pushed.NOON, _pushed.PushedReader


@pytest.fixture
def loopback():
    return _loopback


@pytest.fixture
def station():
    running = _loopback.LoopbackStation()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def find_untruths():
    return _truth.find_untruths


@pytest.fixture(scope="session")
def power_cut():
    return _power_cut


@pytest.fixture(scope="session")
def golden():
    return Path(__file__).parents[1] / "golden" / "box_api"


@pytest.fixture
def noon():
    return NOON


@pytest.fixture
def reader():
    return PushedReader()


@pytest.fixture
def make_reader():
    return PushedReader


class Builder:
    """Plans, sessions and items in one line each; every name is made once."""

    def __init__(self):
        self._numbers = itertools.count(1)

    def audio(self, duration_ms=48_000, sha=None):
        sha = sha or f"{next(self._numbers):064x}"
        return Audio(f"http://loa.example/media/{sha}.mp3", sha, duration_ms * 8, duration_ms)

    def item(
        self, offset_s=0.0, duration_s=48.0, airing=None, kind=Kind.BULLETIN, audio=None, **more
    ):
        airing = airing or (f"a{next(self._numbers)}" if kind is Kind.BULLETIN else None)
        duration_ms = round(duration_s * 1000)
        if kind is not Kind.SILENCE and "stream" not in more:
            audio = audio or self.audio(duration_ms)
        return Item(
            airing, kind, round(offset_s * 1000), duration_ms, audio=audio, title=airing, **more
        )

    def relay(self, offset_s=0.0, duration_s=600.0, airing="relay", fallback=None):
        stream = Stream("http://radio.example/vov.mp3", fallback)
        return Item(
            airing, Kind.RELAY, round(offset_s * 1000), round(duration_s * 1000), stream=stream
        )

    def session(
        self,
        starts_at,
        items,
        *,
        name=None,
        priority=Priority.NORMAL,
        grace_s=300,
        mode=LateMode.WHOLE,
        repeat=None,
    ):
        late = LatePolicy(mode, timedelta(seconds=grace_s))
        return Session(
            name or f"s{next(self._numbers)}", priority, starts_at, late, repeat, tuple(items)
        )

    def emergency(self, starts_at, items, every_s=None, for_s=3600, **more):
        repeat = (
            Repeat(timedelta(seconds=every_s), starts_at + timedelta(seconds=for_s))
            if every_s
            else None
        )
        return self.session(starts_at, items, priority=Priority.EMERGENCY, repeat=repeat, **more)

    def plan(self, *sessions, version="1", generated_at=NOON - timedelta(hours=1), hours=72):
        return Plan(
            version,
            generated_at,
            generated_at + timedelta(hours=hours),
            10,
            "Cụm 1",
            "Đài",
            80,
            tuple(sessions),
        )


@pytest.fixture
def build():
    return Builder()


@pytest.fixture(scope="session")
def shared_build():
    return Builder()


class Stage:
    """A real air lane with real journal, cache and silent player, on a clock that is pushed."""

    def __init__(self, folder, reader, boot="boot-a", trusted=True, player=None):
        self.reader, self.folder = reader, folder
        self.clock = StationClock(reader, folder / "clock.json")
        if trusted:
            self.ask_station()
        self.journal = Journal(folder / "journal.db", boot)
        self.cut = self.journal.close_cut_rows()
        self.cache = MediaCache(folder / "media", 2**31)
        self.faults = FaultBoard(self.clock.now)
        self.core = Core(self.clock, self.journal, self.cache, self.faults)
        self.player = player or SilentPlayer(self.clock)
        self.air = Air(Deck(self.player, self.core), self.core)
        self.air.stop_waiting_for_clock()
        self._salts = itertools.count(1)

    def ask_station(self, ahead=timedelta(0)):
        """The station's clock is the wall clock of this machine's beginning, plus `ahead`."""
        now_ns = self.reader.steady_ns()
        station_ns = (
            now_ns + int(NOON.timestamp() * 1e9) - 10**12 + round(ahead.total_seconds() * 1e9)
        )
        self.clock.observe(Exchange(now_ns - 1_000_000, now_ns + 1_000_000, station_ns))

    def record_audio(self, duration_s, salt=None):
        """A file of this length, fetched and proved."""
        content = _loopback.make_mp3(round(duration_s * 1000), salt or next(self._salts))
        sha = _loopback.hashlib.sha256(content).hexdigest()
        audio = Audio(f"/media/{sha}.mp3", sha, len(content), round(duration_s * 1000))
        self.cache.store(audio, lambda _, part: part.write_bytes(content), {}, self.clock.now())
        return audio

    def run_for(self, seconds):
        until = self.reader.steady + round(seconds * 1e9)
        while self.reader.steady < until:
            wait_s = self.air.step()
            self.reader.sleep(min(wait_s, max(0.0, (until - self.reader.steady) / 1e9)))

    def rows(self):
        return self.journal.list_unsent(10_000)

    def outcomes(self):
        return [(row.airing, row.outcome.value, row.reason) for row in self.rows()]

    def close(self):
        self.journal.close()


@pytest.fixture
def stage(tmp_path, reader):
    made = Stage(tmp_path, reader)
    yield made
    made.close()


@pytest.fixture
def make_stage(tmp_path):
    made = []

    def make(reader, **more):
        made.append(Stage(tmp_path, reader, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def process_env(tmp_path):
    def make(station, **more):
        return {
            "LOA_STATION_URL": station.url,
            "LOA_BOX_TOKEN": _loopback.TOKEN,
            "LOA_BOX_DATA": str(tmp_path / "box"),
            "LOA_BOX_PLAYER": "silent",
        } | more

    return make


@pytest.fixture
def make_box(tmp_path, station):
    """A whole box against the loopback station; its lanes are stepped by hand."""
    made = []

    def make(reader=None, **settings):
        env = {
            "LOA_STATION_URL": station.url,
            "LOA_BOX_TOKEN": _loopback.TOKEN,
            "LOA_BOX_DATA": str(tmp_path / "box"),
            "LOA_BOX_PLAYER": "silent",
        }
        box = Box(BoxConfig.from_env(env | settings), reader or PushedReader(wall=station.now()))
        made.append(box)
        return box

    yield make
    for box in made:
        box.link._client.close()
        box.fetcher._client.close()
        box.close()
