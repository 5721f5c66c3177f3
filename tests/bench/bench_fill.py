"""How long the timetable takes: a year of five daily slots and 500 wishes, the next three days.

Every figure is the median of several runs; growth is measured in the same run as what it grows from.
Run with `python tests/bench/bench_fill.py`.
"""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scheduler.timetable.book import Aired
from scheduler.timetable.conflicts import settle
from scheduler.timetable.expand import SessionWindow, expand
from scheduler.timetable.fill import Filling, fill
from scheduler.timetable.holidays import holidays_between
from scheduler.timetable.loads import Overhead
from scheduler.timetable.slots import Frequency, Recurrence, Slot
from scheduler.timetable.wishes import Placed, Priority, Wish

FIRST_DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOURS = (5, 11, 14, 17, 19)
ZONES = frozenset(f"thôn {number}" for number in range(1, 7))
TARGETS = {"cchc": 24, "chuyển đổi số": 20, "nông nghiệp": 40, "y tế": 12}
YEAR_LIMIT_S = 2.0
THREE_DAYS_LIMIT_S = 0.050


def slots() -> list[Slot]:
    return [
        Slot(
            id=f"slot {hour}",
            name=f"buổi {hour} giờ",
            local_time=time(hour),
            time_zone="Asia/Ho_Chi_Minh",
            planned=30 * MINUTE,
            longest=40 * MINUTE,
            zones=ZONES,
            recurrence=Recurrence(frequency=Frequency.DAILY, anchor=FIRST_DAY),
            valid_from=FIRST_DAY,
            skip_holidays=hour == 14,
        )
        for hour in HOURS
    ]


def windows(days: int) -> tuple[SessionWindow, ...]:
    end = FIRST_DAY + timedelta(days=days)
    holidays = holidays_between(FIRST_DAY, end)
    return settle(expand(slots(), [], [], holidays, from_day=FIRST_DAY, to_day=end)).windows


def wishes(count: int, days: int, *, longest_period: int) -> list[Wish]:
    """Wishes spread over the days, a tenth of them of higher priority."""
    random = Random(20261123)
    made = []
    for number in range(count):
        from_day = FIRST_DAY + timedelta(days=random.randrange(days))
        period = random.randint(3, longest_period)
        made.append(
            Wish(
                id=f"wish {number:05}",
                bulletin_id=f"bulletin {number:05}",
                topic=random.choice(list(TARGETS)),
                duration=timedelta(seconds=random.randint(60, 420)),
                airings=random.randint(1, 12),
                from_day=from_day,
                until_day=from_day + timedelta(days=period),
                queued_at=NOW - timedelta(minutes=random.randrange(100_000)),
                weekdays=frozenset(random.sample(range(7), 4)) if number % 4 == 0 else frozenset(),
                slot_ids=frozenset({"slot 5", "slot 17"}) if number % 3 == 0 else frozenset(),
                spacing=timedelta(hours=random.choice((0, 6, 20))),
                priority=Priority.PRIORITY if number % 10 == 0 else Priority.NORMAL,
            )
        )
    return made


def daily(count: int, days: int) -> list[Wish]:
    """Notices that are to be heard once a day for as long as the days last."""
    return [
        Wish(
            id=f"daily {number:03}",
            bulletin_id=f"bulletin {number:03}",
            topic="cchc",
            duration=timedelta(seconds=90),
            airings=days,
            from_day=FIRST_DAY,
            until_day=FIRST_DAY + timedelta(days=days),
            queued_at=NOW - timedelta(minutes=number),
            spacing=timedelta(hours=20),
        )
        for number in range(count)
    ]


def run(
    sessions: tuple[SessionWindow, ...], queue: list[Wish], placed: list[Placed] | None = None
) -> Filling:
    return fill(
        sessions,
        queue,
        placed or [],
        now=NOW,
        overhead=Overhead(per_session=2 * MINUTE, gap=timedelta(seconds=2)),
        targets=TARGETS,
        aired=Aired(),
    )


def seconds(work: Callable[[], object], *, times: int = 5) -> float:
    taken = []
    for _ in range(times):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return median(taken)


def look_at_every_pair(sessions: tuple[SessionWindow, ...], queue: list[Wish]) -> int:
    """The floor of any filling that looks at each session of each wish's period once."""
    pairs = 0
    for wish in queue:
        for window in sessions:
            if wish.from_day <= window.airs_on < wish.until_day:
                pairs += 1
    return pairs


def main() -> list[str]:
    """The lines of the report: figure, and its ratio to the limit or to the smaller case."""
    year, queue = windows(365), wishes(500, 365, longest_period=60)
    filled = run(year, queue)
    kept = [placement.placed for placement in filled.placements]
    year_long_queue = wishes(500, 365, longest_period=365)
    all_at_once = wishes(2000, 30, longest_period=365)
    doubled, doubled_queue = windows(730), wishes(1000, 730, longest_period=60)
    every_day = daily(60, 365)
    near, near_queue = windows(3), wishes(500, 1, longest_period=60)

    expansion = seconds(lambda: windows(365))
    floor = seconds(lambda: look_at_every_pair(year, queue))
    whole = seconds(lambda: run(year, queue))
    again = seconds(lambda: run(year, queue, kept))
    year_long = seconds(lambda: run(year, year_long_queue))
    always = seconds(lambda: run(year, every_day), times=3)
    overload = seconds(lambda: run(year, all_at_once), times=3)
    three_days = seconds(lambda: run(near, near_queue), times=15)
    twice = seconds(lambda: run(doubled, doubled_queue))
    year_ms, near_ms = YEAR_LIMIT_S * 1000, THREE_DAYS_LIMIT_S * 1000
    return [
        f"a year expanded and settled: {len(year)} sessions in {expansion * 1000:.0f} ms",
        f"a year filled ({len(queue)} wishes, {len(kept)} airings, {len(filled.unmet)} unmet): "
        + _against(whole, year_ms),
        f"the same against a bare loop over wishes and sessions: x {whole / floor:.2f}",
        "the same refilled: " + _against(again, year_ms),
        "wishes valid for up to a year: " + _against(year_long, year_ms),
        "60 notices once a day for a year: " + _against(always, year_ms),
        "2000 wishes within a month, most of them unmet: " + _against(overload, year_ms),
        "three days from 500 wishes, all valid now: " + _against(three_days, near_ms),
        f"two years and 1000 wishes against one and 500: x {twice / whole:.2f} (2 is linear)",
    ]


def _against(taken_s: float, limit_ms: float) -> str:
    return f"{taken_s * 1000:.1f} ms = {taken_s * 1000 / limit_ms:.3f} of {limit_ms:.0f} ms"


if __name__ == "__main__":
    print("\n".join(main()))
