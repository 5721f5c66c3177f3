"""A task leases, runs, and leaves its job in a state that somebody can read."""

import pytest

from audio.errors import AudioError
from broadcast.desk import Desk
from broadcast.errors import InvalidInput
from broadcast.jobs.models import Job, JobKind, JobState
from broadcast.jobs.service import want
from broadcast.people.rules import Actor
from scheduler.task_base import Workshop, run_job


@pytest.fixture
def workshop(settings, clock, jobs):
    shop = Workshop(settings, clock, jobs)
    yield shop
    shop.close()


@pytest.fixture
def job(db, clock, jobs, station):
    desk = Desk(db, Actor.machine(station.id, "test"), clock(), jobs)
    row = want(desk, JobKind.RENDER, "v1")
    db.commit()
    return row


def never(_workshop, _job):
    pytest.fail("the deed was done")


def test_a_deed_that_returns_finishes_its_job_and_is_given_the_workshop(workshop, job, db):
    given = []
    assert run_job(workshop, job.id, lambda *both: given.append(both)) == "done"
    ((shop, leased),) = given
    assert (shop, leased.id) == (workshop, job.id)
    db.refresh(job)
    assert (job.state, job.lease_until) == (JobState.DONE, None)


def test_a_second_message_for_the_same_job_finds_it_done(workshop, job):
    run_job(workshop, job.id, lambda _workshop, _job: None)
    assert run_job(workshop, job.id, never) == "not free"


def test_a_message_during_the_work_goes_away(workshop, job):
    def rung_again(shop, leased):
        assert run_job(shop, leased.id, never) == "not free"

    assert run_job(workshop, job.id, rung_again) == "done"


def test_a_message_about_nothing_goes_away(workshop, station):
    assert run_job(workshop, "nowhere", never) == "not free"


@pytest.mark.parametrize("error", [InvalidInput("Sai."), AudioError("Sai.")], ids=["ours", "audio"])
def test_a_named_error_becomes_the_jobs_state_and_is_not_raised(workshop, job, db, error):
    def fails(_workshop, _job):
        raise error

    assert run_job(workshop, job.id, fails) == f"failed: {error.code}"
    db.refresh(job)
    assert (job.state, job.error_code, job.error_message) == (JobState.FAILED, error.code, "Sai.")


def test_an_unforeseen_error_puts_the_job_back_and_is_raised_for_the_log(workshop, job, db, clock):
    def breaks(_workshop, _job):
        raise KeyError("x")

    with pytest.raises(KeyError):
        run_job(workshop, job.id, breaks)
    db.refresh(job)
    assert (job.state, job.error_code) == (JobState.QUEUED, "KeyError")
    assert job.not_before > clock()


def test_a_killed_worker_leaves_the_job_to_the_next_one(workshop, job, db, clock):
    class Killed(BaseException):
        pass

    def dies(_workshop, _job):
        raise Killed

    with pytest.raises(Killed):
        run_job(workshop, job.id, dies)
    assert run_job(workshop, job.id, never) == "not free"
    clock.move(minutes=2)
    assert run_job(workshop, job.id, lambda _workshop, _job: None) == "done"
    db.refresh(job)
    assert job.attempts == 2


def test_the_machines_desk_works_for_one_station_and_for_no_person(workshop, station):
    with workshop.desk(station.id) as desk:
        assert (desk.station_id, desk.actor.user_id) == (station.id, None)
    workshop.close()
    with workshop.desk(station.id) as desk:
        assert desk.session.scalar(Job.__table__.select().limit(1)) is None
