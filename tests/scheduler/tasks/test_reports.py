"""The doorbells of the reports do what their job says, once or twice alike."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.jobs.models import Job, JobKind, JobState
from broadcast.jobs.service import want
from broadcast.reports.models import DailyItemFact

DAY = date(2026, 11, 20)


@pytest.fixture
def airing(db, station):
    at = datetime(2026, 11, 19, 22, 30, tzinfo=UTC)
    db.add(
        AiringRow(
            key="luot",
            airing_id="luot",
            station_id=station.id,
            local_day=DAY,
            bulletin_id="tin",
            planned_start=at,
            started_at=at,
            planned_ms=60_000,
            heard_ms=60_000,
            outcome=AiringOutcome.AIRED,
            estimate=True,
        )
    )
    db.commit()


def test_the_job_of_a_day_makes_its_facts(worker, station, airing, db):
    with worker.loa.desk(station.id) as desk:
        job = want(desk, JobKind.ROLL_UP, DAY.isoformat())
        desk.session.commit()
    task = worker.tasks["reports.roll_up_day"]
    assert task(job.id) == "done"
    assert task(job.id) == "not free"
    assert [fact.bulletin_id for fact in db.scalars(select(DailyItemFact))] == ["tin"]
    assert db.get_one(Job, job.id).state is JobState.DONE


def test_the_audit_finds_the_day_that_nobody_has_added_up_and_mends_it(worker, airing):
    audit = worker.tasks["reports.audit_figures"]
    assert (audit(), audit()) == (1, 0)
