"""Words of the as-run log. PURE."""

from enum import StrEnum


class PlayOutcome(StrEnum):
    """What one box says of one line of its running order (protocol.md)."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    INTERRUPTED = "interrupted"
    MISSED = "missed"
    FAILED = "failed"


class AiringOutcome(StrEnum):
    """What the station concludes of one airing from what all its boxes say."""

    AIRED = "aired"
    LATE = "late"
    PARTIAL = "partial"
    MISSED = "missed"
    UNPLANNED = "unplanned"
    WAITING = "waiting"
    "Its boxes have not reported yet, and their time to do so has not run out."


HEARD = frozenset({AiringOutcome.AIRED, AiringOutcome.LATE, AiringOutcome.UNPLANNED})
"""What people heard of it was the whole, in its time or not."""


class EntryKind(StrEnum):
    PLAY = "play"
    CORRECTION = "correction"
