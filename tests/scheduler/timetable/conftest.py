"""Makers of slots, wishes, windows and closures with plain values; a test names what it is about.

Session scope, because hypothesis shares a fixture between examples; they keep no state.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler.timetable.book import Aired
from scheduler.timetable.closures import Closure
from scheduler.timetable.expand import SessionWindow, expand
from scheduler.timetable.fill import Filling, fill
from scheduler.timetable.loads import Overhead
from scheduler.timetable.slots import Frequency, Recurrence, Slot
from scheduler.timetable.wishes import Placed, Wish

MONDAY = date(2026, 11, 23)
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="session")
def monday() -> date:
    """23/11/2026, the first day of most examples."""
    return MONDAY


@pytest.fixture(scope="session")
def before() -> datetime:
    """Sunday evening: nothing of that week is locked yet."""
    return datetime(2026, 11, 22, 11, tzinfo=UTC)


@pytest.fixture(scope="session")
def make_slot() -> Callable[..., Slot]:
    def make(slot_id: str = "chiều", **facts: object) -> Slot:
        hour = {"sáng": 5, "trưa": 11}.get(slot_id, 17)
        values: dict = {
            "id": slot_id,
            "name": f"Buổi {slot_id}",
            "local_time": time(hour),
            "time_zone": "Asia/Ho_Chi_Minh",
            "planned": 30 * MINUTE,
            "longest": 40 * MINUTE,
            "zones": frozenset({"thôn 1", "thôn 2"}),
            "recurrence": Recurrence(frequency=Frequency.DAILY, anchor=date(2020, 1, 1)),
            "valid_from": date(1990, 1, 1),
        }
        return Slot(**(values | facts))

    return make


@pytest.fixture(scope="session")
def days_of(make_slot: Callable[..., Slot]) -> Callable[..., tuple[SessionWindow, ...]]:
    """The sessions of some slots on so many days from a first day, without exceptions."""

    def make(*slots: Slot, first: date = MONDAY, count: int = 1) -> tuple[SessionWindow, ...]:
        wanted = slots or (make_slot(),)
        return expand(wanted, [], [], (), from_day=first, to_day=first + timedelta(days=count))

    return make


@pytest.fixture(scope="session")
def make_window() -> Callable[..., SessionWindow]:
    def make(
        slot_id: str = "chiều", start_minute: int = 0, planned: int = 30, longest: int = 40, **facts
    ) -> SessionWindow:
        starts_at = datetime(2026, 11, 23, 10, tzinfo=UTC) + start_minute * MINUTE
        values: dict = {
            "slot_id": slot_id,
            "local_day": MONDAY,
            "airs_on": MONDAY,
            "starts_at": starts_at,
            "ends_at": starts_at + planned * MINUTE,
            "latest_end": starts_at + longest * MINUTE,
            "zones": frozenset({"thôn 1", "thôn 2"}),
            "name": f"Buổi {slot_id}",
            "time_zone": "Asia/Ho_Chi_Minh",
        }
        return SessionWindow(**(values | facts))

    return make


@pytest.fixture(scope="session")
def make_wish() -> Callable[..., Wish]:
    def make(wish_id: str = "w", minutes: float = 5, days: int = 7, **facts: object) -> Wish:
        values: dict = {
            "id": wish_id,
            "bulletin_id": f"tin {wish_id}",
            "topic": "cchc",
            "duration": minutes * MINUTE,
            "airings": 1,
            "from_day": MONDAY,
            "until_day": MONDAY + timedelta(days=days),
            "queued_at": datetime(2026, 11, 20, tzinfo=UTC),
        }
        return Wish(**(values | facts))

    return make


@pytest.fixture(scope="session")
def make_closure() -> Callable[..., Closure]:
    def make(from_day: date = MONDAY, days: int = 1, **facts: object) -> Closure:
        until_day = from_day + timedelta(days=days)
        return Closure(**({"id": "tang", "from_day": from_day, "until_day": until_day} | facts))

    return make


@pytest.fixture(scope="session")
def refill(before: datetime) -> Callable[..., Filling]:
    """`fill` with nothing locked, no overhead, no plan and nothing aired unless a test says so."""

    def run(windows, wishes, placed: tuple[Placed, ...] | list[Placed] = (), **facts) -> Filling:
        values: dict = {"now": before, "overhead": Overhead(), "targets": {}, "aired": Aired()}
        return fill(windows, wishes, placed, **(values | facts))

    return run


@pytest.fixture(scope="session")
def content() -> Callable[[Filling], dict]:
    """The wishes of each session in playing order."""

    def read(filling: Filling) -> dict:
        found: dict = {}
        for placement in filling.placements:
            found.setdefault(placement.placed.session_key, []).append(placement.placed.wish_id)
        return found

    return read
