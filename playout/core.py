"""What all lanes of a box share: its clock, its evidence, its audio, and what is wrong with it."""

import threading
from dataclasses import dataclass, field

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
    audio_wanted: threading.Event = field(default_factory=threading.Event)
    """Set when a file should be fetched now: a new plan, or one found missing at air time."""
