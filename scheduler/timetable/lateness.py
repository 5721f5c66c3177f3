"""The words of lateness, which the station plans with and the box obeys."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class LateMode(StrEnum):
    """What becomes of a session that could not start on time. No item is ever joined midway."""

    WHOLE = "whole"
    """It begins with its first item as long as the grace lasts and runs whole, later than planned;
    after the grace it is missed as a whole."""
    SKIP = "skip"
    """It keeps its clock: an item that cannot begin within the grace of its own time is missed,
    and the session goes on with the next one that can."""


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """A mode and its grace: how long after its planned start something may still begin."""

    mode: LateMode = LateMode.WHOLE
    grace: timedelta = timedelta(minutes=5)


def latest_start(planned_start: datetime, grace: timedelta) -> datetime:
    """The last instant at which an item may begin; the instant itself still counts."""
    return planned_start + grace


def is_still_whole(planned_start: datetime, now: datetime, grace: timedelta) -> bool:
    """Whether an item that has not begun may begin now and be heard whole; before its time, too."""
    return now <= latest_start(planned_start, grace)
