"""The doorbells of boxes and log, rung as a worker rings them."""

import pytest
from celery import Celery
from sqlalchemy import select

from broadcast.airlog.models import AiringRow
from broadcast.boxes.models import PlanDocument
from broadcast.boxes.plans import mark_plans_stale
from broadcast.desk import use_case
from broadcast.people.rules import Role
from scheduler.task_base import Workshop
from scheduler.worker import TASKS
from tests.factories.plays import sent_play


@pytest.fixture
def worker(settings, clock, jobs):
    """A worker without a broker: `worker()` does what the queue holds until it is empty."""
    app = Celery("test", include=TASKS, set_as_current=False)
    app.conf.task_always_eager = True
    app.loa = Workshop(settings, clock, jobs)
    app.loader.import_default_modules()

    def work():
        done = []
        while rings := jobs.take():
            for ring in rings:
                done.append(ring.task)
                app.tasks[ring.task].apply(args=(ring.job_id,), throw=True)
        return done

    work.run_round = lambda name: app.tasks[name].apply(throw=True).result
    yield work
    app.loa.close()


def test_a_stale_plan_is_made_anew_by_the_worker(db, desk_as, ask, planned, worker):
    ask("GET", "plan")
    planned(hours=1)
    use_case(mark_plans_stale)(desk_as(Role.ADMINISTRATOR))
    assert worker() == ["boxes.rebuild_plans"]
    document = db.scalar(select(PlanDocument))
    assert not document.stale
    assert "Tin 1" in document.body


def test_the_round_moves_every_plan_on_once_a_day(db, ask, clock, worker):
    ask("GET", "plan")
    clock.move(days=1)
    assert worker.run_round("boxes.refresh_plans") == 1
    assert worker.run_round("boxes.refresh_plans") == 0


def test_reported_rows_become_an_airing_and_then_ask_for_figures(db, ask, planned, clock, worker):
    line = planned(minutes=1)
    clock.move(minutes=10)
    row = sent_play(line.planned_start, airing=line.id, played_ms=60_000, planned_ms=60_000)
    ask("POST", "plays", json={"boot": "b", "plays": [row]})
    done = worker()
    assert done.index("airlog.reconcile_day") < done.index("reports.roll_up_day")
    assert db.scalar(select(AiringRow.outcome)) == "aired"


def test_a_silent_airing_is_closed_by_the_round(db, planned, clock, worker):
    planned(minutes=1)
    clock.move(hours=1)
    assert worker.run_round("airlog.close_airings") == 1
    worker()
    assert worker.run_round("airlog.close_airings") == 0
    assert db.scalar(select(AiringRow.outcome)) == "missed"
