"""The plan on the disk, so that a reboot without network keeps playing. Knows no schedule rules."""

from datetime import datetime
from pathlib import Path

from playout.errors import PlanNotUnderstood
from playout.files import read_checked, write_checked
from playout.plan import Plan
from playout.wire import parse_plan


class PlanStore:
    """The document as received, in two generations: a torn newest file leaves the one before."""

    def __init__(self, folder: Path, station_url: str) -> None:
        self._newest = folder / "plan.json"
        self._before = folder / "plan.before.json"
        self._station_url = station_url

    def load(self) -> Plan | None:
        for path in (self._newest, self._before):
            document = read_checked(path)
            if document is None:
                continue
            try:
                return parse_plan(document, self._station_url)
            except PlanNotUnderstood:
                continue
        return None

    def save(self, document: bytes) -> None:
        """:raises DiskFull, DiskReadOnly: the plan then lives in memory only."""
        held = read_checked(self._newest)
        if held is not None and held != document:
            write_checked(self._before, held)
        write_checked(self._newest, document)


def choose_plan(held: Plan | None, arrived: Plan, now: datetime) -> Plan:
    """The plan in force. An empty one takes nothing away until the older has run out: a station
    that lost its data says "empty" in good faith.
    """
    if held and held.sessions and not arrived.sessions and now < held.valid_until:
        return held
    return arrived
