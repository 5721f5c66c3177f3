"""The whole service of filling against its database: the horizon first, then a run without change.

Told beside the pure `fill` inside it, and against the 50 ms that the pure core alone may take for
three days: the service keeps three weeks filled. Run with `python tests/bench/bench_fill_station.py`.
"""

import sys
import tempfile
from contextlib import contextmanager
from datetime import time, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "acceptance"))

from stage import Founded

from broadcast.bulletins.models import Topic
from broadcast.clock import wall_clock
from broadcast.desk import Desk
from broadcast.jobs.queue import CallingQueue
from broadcast.people.rules import Actor, Right, Role
from broadcast.people.service import add_account
from broadcast.timetable import filling
from broadcast.timetable.calendar import HORIZON_DAYS
from scheduler.timetable.wall_clock import local_day_of
from tests.factories.timetable import make_approved, make_slot, make_wish

HOURS = (5, 11, 14, 17, 19)
WISHES = 60
RUNS = 5
GOAL_MS = 50


class Timed:
    """`fill` of the pure core, which adds up the time it takes."""

    def __init__(self) -> None:
        self.fill, self.spent_s = filling.fill, 0.0

    def __call__(self, *args, **more):
        began = perf_counter()
        found = self.fill(*args, **more)
        self.spent_s = perf_counter() - began
        return found


class Station(Founded):
    """Five slots a day for everybody, wishes of two minutes that last three weeks."""

    def prepare(self) -> None:
        today = local_day_of(wall_clock(), self.station.time_zone)
        with self.sessions() as db:
            desk = self._desk(db)
            author = add_account(desk, "hanh", "Hạnh", "một câu dễ nhớ lắm", Role.OPERATOR)
            topic_id = f"topic-cchc-{self.station.code}"
            db.add(Topic(id=topic_id, station_id=self.station.id, code="mau", name="Mẫu"))
            db.commit()
            for hour in HOURS:
                make_slot(db, wall_clock, self.station, f"{hour}", at=time(hour), minutes=30,
                          valid_from=today)  # fmt: skip
            for number in range(WISHES):
                bulletin = make_approved(db, wall_clock, self.station, author, f"{number:03}")
                make_wish(db, wall_clock, bulletin, f"{number:03}", airings=6, from_day=today,
                          until_day=today + timedelta(days=21), spacing_minutes=1200)  # fmt: skip

    def fill(self):
        with self.sessions() as db:
            return filling.fill_station(self._desk(db))

    def _desk(self, db) -> Desk:
        keeper = Actor.machine(self.station.id, "máy chủ", *Right)
        return Desk(db, keeper, wall_clock(), CallingQueue(lambda _ring: None))


@contextmanager
def prepared():
    with tempfile.TemporaryDirectory() as folder:
        station = Station(Path(folder))
        station.prepare()
        try:
            yield station
        finally:
            station.close()


def main() -> list[str]:
    timed = Timed()
    filling.fill = timed
    with prepared() as station:
        began = perf_counter()
        found = station.fill()
        first_s, pure_first_s = perf_counter() - began, timed.spent_s
        again, pure = [], []
        for _ in range(RUNS):
            began = perf_counter()
            station.fill()
            again.append(perf_counter() - began)
            pure.append(timed.spent_s)
    filling.fill = timed.fill
    lines = [
        f"{HORIZON_DAYS} days, {WISHES} wishes, {len(found.placements)} airings, SQLite",
        _line("first fill, every row written", first_s, pure_first_s),
        _line("filled again, nothing to change", median(again), median(pure)),
    ]
    print("\n".join(lines))
    return lines


def _line(name: str, taken_s: float, pure_s: float) -> str:
    taken_ms, pure_ms = taken_s * 1000, pure_s * 1000
    return (
        f"{name}: {taken_ms:.0f} ms = {taken_ms / GOAL_MS:.2f} of {GOAL_MS} ms; "
        f"the pure fill in it {pure_ms:.1f} ms (x {taken_ms / pure_ms:.0f})"
    )


if __name__ == "__main__":
    main()
