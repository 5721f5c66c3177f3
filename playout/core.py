"""What all lanes of a box share: its clock, its evidence, its audio, and what is wrong with it."""

from dataclasses import dataclass

from playout.cache import MediaCache
from playout.clock import StationClock
from playout.journal import Journal
from playout.status import FaultBoard


@dataclass(frozen=True, slots=True)
class Core:
    clock: StationClock
    journal: Journal
    cache: MediaCache
    faults: FaultBoard
