"""The composition root of the box: which real things are used. Knows no schedule and no wire."""

import fcntl
import logging
import shutil
from pathlib import Path
from typing import IO
from uuid import uuid4

from playout.agent import Agent
from playout.air import Air
from playout.cache import MediaCache
from playout.client import StationClient
from playout.clock import MachineReader, Reader, StationClock
from playout.config import BoxConfig
from playout.core import Core
from playout.deck import Deck
from playout.errors import BoxAlreadyRuns, BoxError, JournalUnwritable
from playout.fetcher import Fetcher
from playout.files import disk_error
from playout.journal import Journal
from playout.link import StationLink
from playout.plan_store import PlanStore
from playout.player import Player
from playout.silent_player import SilentPlayer
from playout.status import FaultBoard
from playout.surroundings import Surroundings

log = logging.getLogger("playout")


class JournalWasBroken(BoxError):
    code = "box.journal_was_broken"
    message = "Nhật ký trên thẻ nhớ bị hỏng, đã cất riêng (journal.db.broken-*). Hãy thay thẻ nhớ."


class Box:
    """Everything of one box, wired; `agent.run()` brings it to life."""

    def __init__(self, config: BoxConfig, reader: Reader | None = None) -> None:
        """:raises BoxAlreadyRuns, DiskFull, DiskReadOnly: the data folder cannot be used."""
        try:
            config.data.mkdir(parents=True, exist_ok=True)
        except OSError as err:
            raise disk_error(err) from err
        self._lock = _lock(config.data / "box.lock")
        self.clock = StationClock(reader or MachineReader(), config.data / "clock.json")
        self.faults = FaultBoard(self.clock.now)
        self.journal = self._open_journal(config.data / "journal.db")
        self.cache = MediaCache(config.data / "media", config.disk_budget_bytes)
        core = Core(self.clock, self.journal, self.cache, self.faults)
        self.player = make_player(config, self.clock)
        self.air = Air(Deck(self.player, core), core, trim_ms=config.trim_ms)
        store = PlanStore(config.data, config.station_url)
        held = store.load()
        if held:
            self.air.offer(held)
        self.link = StationLink(self._client(config), core, self.air, store, self.player.name)
        self.fetcher = Fetcher(self._client(config), core, self.air)
        self.agent = Agent(
            core,
            self.air,
            {"link": self.link, "fetcher": self.fetcher},
            Surroundings(config, self.clock, self.faults),
        )

    def close(self) -> None:
        self.player.close()
        self.journal.close()
        self._lock.close()

    def _open_journal(self, path: Path) -> Journal:
        journal = Journal(path, boot=str(uuid4()))
        if journal.was_broken:
            self.faults.put(JournalWasBroken())
        if not journal.is_on_disk:
            self.faults.put(JournalUnwritable())
        try:
            cut = journal.close_cut_rows()
        except JournalUnwritable as err:
            self.faults.put(err)
            journal.retreat_to_memory()
            cut = journal.close_cut_rows()
        if cut:
            log.warning("%d rows were cut by the last stop", cut)
        return journal

    def _client(self, config: BoxConfig) -> StationClient:
        return StationClient(
            config.station_url, config.token, self.clock.steady_ns, self.clock.observe
        )


def _lock(path: Path) -> IO[bytes]:
    """Held until closed or dead: two boxes on one journal would play everything twice."""
    handle = _open_lock(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as err:
        handle.close()
        raise BoxAlreadyRuns from err
    return handle


def _open_lock(path: Path) -> IO[bytes]:
    """A worn-out card is turned read-only by the kernel while its permissions still promise more;
    a file that is there can be locked all the same.
    """
    try:
        return path.open("ab")
    except OSError as refusal:
        try:
            return path.open("rb")
        except OSError:
            raise disk_error(refusal) from refusal


def make_player(config: BoxConfig, clock: StationClock) -> Player:
    """Mpv where it is installed, unless the settings say otherwise."""
    wanted = config.player
    if wanted == "auto":
        wanted = "mpv" if shutil.which("mpv") else "silent"
    if wanted == "silent":
        return SilentPlayer(clock)
    from playout.mpv_player import MpvPlayer

    return MpvPlayer(clock, config.audio_device)
