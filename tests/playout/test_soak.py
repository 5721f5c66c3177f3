"""A month of broadcasting in seconds: memory stays flat and every airing has its row."""

import gc
import tracemalloc
from datetime import timedelta

import pytest

from playout.plays import Outcome
from playout.wire import RowAnswer

DAYS = 30
AIRINGS_A_DAY = 6


@pytest.mark.slow
def test_a_month_leaves_no_trace_in_memory_and_no_gap_in_the_log(stage, build, noon):
    audio = stage.record_audio(12)
    sizes, seen = [], []
    tracemalloc.start()
    try:
        for day in range(DAYS):
            run_a_day(stage, build, noon + timedelta(days=day), day, audio)
            rows = stage.rows()
            seen += [row.airing for row in rows]
            assert all(row.outcome is Outcome.COMPLETE for row in rows)
            assert all(
                abs(r.started_at - r.planned_start) < timedelta(milliseconds=20) for r in rows
            )
            stage.journal.settle([RowAnswer(row.id, "accepted", "") for row in rows])
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert len(seen) == len(set(seen)) == DAYS * AIRINGS_A_DAY
    growth = sizes[-1] - sizes[DAYS // 2]
    assert growth < 600 * AIRINGS_A_DAY * DAYS // 2, "only the names of what was played are kept"


def run_a_day(stage, build, starts_at, day, audio):
    stage.ask_station()
    items = [build.item(n * 3600, 12, f"{day}/{n}", audio=audio) for n in range(AIRINGS_A_DAY)]
    session = build.session(starts_at + timedelta(minutes=1), items)
    stage.air.offer(build.plan(session, version=str(day), generated_at=starts_at))
    stage.run_for(86_400 - (stage.clock.now() - starts_at).total_seconds())
