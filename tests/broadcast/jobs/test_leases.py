"""Work as rows: one worker at a time, none lost, none for ever."""

from datetime import timedelta

import pytest

from broadcast.errors import LoaError, NotFound
from broadcast.jobs import service as jobs_of
from broadcast.jobs.models import Job, JobKind, JobState
from broadcast.jobs.queue import Ring
from broadcast.jobs.service import LEASE, MOST_ATTEMPTS


class SpeechLost(LoaError):
    code = "test.speech_lost"
    message = "Mất giọng."


@pytest.fixture
def desk(db, clock, jobs, people_of):
    """`desk()` is a desk at the clock's moment now."""
    from broadcast.desk import Desk
    from broadcast.people.rules import Actor, Role

    person = people_of[Role.OPERATOR]
    actor = Actor.person(person.station_id, person.id, person.display_name, Role.OPERATOR)
    return lambda: Desk(db, actor, clock(), jobs)


@pytest.fixture
def wanted(desk):
    """`wanted("v1")` is a job that waits, committed, its ring sent."""

    def ask(subject="v1", kind=JobKind.RENDER):
        at = desk()
        job = jobs_of.want(at, kind, subject)
        at.session.commit()
        return job

    return ask


def test_wanting_the_same_work_twice_is_one_job_and_rings_once_more(desk, wanted):
    assert wanted("v1").id == wanted("v1").id
    assert wanted("v2").id != wanted("v1").id


def test_a_running_job_does_not_stand_for_a_change_made_after_it_read(desk, wanted):
    first = wanted()
    jobs_of.lease_job(desk(), first.id)
    assert wanted().id != first.id


def test_only_one_worker_holds_a_job(desk, wanted):
    job = wanted()
    leased = jobs_of.lease_job(desk(), job.id)
    assert (leased.state, leased.attempts) == (JobState.RUNNING, 1)
    assert jobs_of.lease_job(desk(), job.id) is None


def test_two_jobs_on_one_subject_do_not_run_beside_each_other(desk, wanted):
    first = wanted()
    jobs_of.lease_job(desk(), first.id)
    second = wanted()
    assert jobs_of.lease_job(desk(), second.id) is None
    jobs_of.finish_job(desk(), first.id)
    assert jobs_of.lease_job(desk(), second.id).id == second.id


def test_a_dead_workers_job_is_free_when_its_lease_is_over(desk, wanted, clock):
    job = wanted()
    jobs_of.lease_job(desk(), job.id)
    clock.at += LEASE - timedelta(seconds=1)
    assert jobs_of.lease_job(desk(), job.id) is None
    clock.move(seconds=1)
    assert jobs_of.lease_job(desk(), job.id).attempts == 2


def test_progress_renews_the_lease(desk, wanted, clock):
    job = wanted()
    jobs_of.lease_job(desk(), job.id)
    clock.at += LEASE - timedelta(seconds=1)
    assert jobs_of.report_progress(desk(), job.id, 3, 23, "câu")
    clock.move(seconds=30)
    assert jobs_of.lease_job(desk(), job.id) is None
    assert (job.done_count, job.total_count, job.step) == (3, 23, "câu")


def test_progress_of_a_cancelled_job_tells_the_worker_to_stop(desk, wanted):
    job = wanted()
    jobs_of.lease_job(desk(), job.id)
    jobs_of.cancel_job(desk(), job.id)
    assert jobs_of.report_progress(desk(), job.id, 3, 23) is False
    assert job.state is JobState.CANCELLED


def test_progress_of_an_unknown_job_tells_the_worker_to_stop(desk):
    assert jobs_of.report_progress(desk(), "nowhere", 1, 2) is False


def test_a_cancelled_job_stays_cancelled_whatever_its_worker_says_later(desk, wanted):
    job = wanted()
    jobs_of.lease_job(desk(), job.id)
    jobs_of.cancel_job(desk(), job.id)
    jobs_of.finish_job(desk(), job.id)
    jobs_of.fail_job(desk(), job.id, SpeechLost())
    jobs_of.put_back(desk(), job.id, "KeyError")
    assert (job.state, job.error_code) == (JobState.CANCELLED, "")
    assert jobs_of.lease_job(desk(), job.id) is None


def test_nobody_cancels_another_stations_job(desk, wanted, other_station, db):
    job = wanted()
    job.station_id = other_station.id
    db.commit()
    with pytest.raises(NotFound):
        jobs_of.cancel_job(desk(), job.id)


def test_an_expected_failure_is_kept_as_the_sentence_that_the_operator_reads(desk, wanted, clock):
    job = wanted()
    jobs_of.lease_job(desk(), job.id)
    jobs_of.fail_job(desk(), job.id, SpeechLost())
    assert (job.state, job.error_code, job.error_message) == (
        JobState.FAILED,
        "test.speech_lost",
        "Mất giọng.",
    )
    assert job.finished_at == clock()


def test_each_unexpected_failure_waits_twice_as_long_as_the_one_before(desk, wanted, clock):
    job = wanted()
    waits = []
    for _attempt in range(MOST_ATTEMPTS):
        assert jobs_of.lease_job(desk(), job.id) is not None
        jobs_of.put_back(desk(), job.id, "KeyError")
        waits.append(int((job.not_before - clock()).total_seconds()))
        assert jobs_of.lease_job(desk(), job.id) is None
        clock.at = job.not_before
    assert waits == [10, 20, 40, 80, 160]


def test_after_the_last_attempt_the_job_fails_with_what_to_do(desk, wanted, clock):
    job = wanted()
    for _attempt in range(MOST_ATTEMPTS):
        jobs_of.lease_job(desk(), job.id)
        clock.at += LEASE
    assert jobs_of.lease_job(desk(), job.id) is None
    assert (job.state, job.error_code) == (JobState.FAILED, "jobs.worn_out")
    assert "làm lại" in job.error_message


def test_the_sweep_rings_for_lost_messages_and_dead_workers_and_for_nothing_else(
    desk, wanted, clock, jobs
):
    lost, dead, held, later, over = (wanted(f"v{number}") for number in range(5))
    jobs_of.lease_job(desk(), dead.id)
    clock.at += LEASE
    jobs_of.lease_job(desk(), held.id)
    jobs_of.lease_job(desk(), later.id)
    jobs_of.put_back(desk(), later.id, "KeyError")
    jobs_of.lease_job(desk(), over.id)
    jobs_of.finish_job(desk(), over.id)
    jobs.take()
    assert jobs_of.sweep_jobs(desk()) == 2
    assert {ring.job_id for ring in jobs.take()} == {lost.id, dead.id}
    clock.move(seconds=10)
    assert jobs_of.sweep_jobs(desk()) == 3


def test_the_sweep_takes_the_oldest_first_and_no_more_than_it_was_told(desk, wanted, clock, jobs):
    first = wanted("v1")
    clock.move(seconds=1)
    wanted("v2")
    jobs.take()
    assert jobs_of.sweep_jobs(desk(), most=1) == 1
    assert jobs.take() == [Ring("bulletins.render", first.id)]


def test_a_ring_leaves_only_after_the_commit(desk, jobs, db):
    from broadcast.desk import use_case

    @use_case
    def want_and_fail(at):
        jobs_of.want(at, JobKind.RENDER, "v1")
        assert jobs.rings == []
        raise SpeechLost

    with pytest.raises(SpeechLost):
        want_and_fail(desk())
    assert jobs.rings == []
    assert db.query(Job).count() == 0


def test_work_for_every_station_is_one_job_each(desk, other_station, jobs, db):
    assert jobs_of.want_everywhere(desk(), JobKind.FILL) == 2
    assert {job.station_id for job in db.query(Job)} == {job.subject for job in db.query(Job)}


def test_the_newest_job_of_a_subject_is_the_one_that_is_shown(desk, wanted, clock):
    first = wanted()
    jobs_of.lease_job(desk(), first.id)
    jobs_of.fail_job(desk(), first.id, SpeechLost())
    clock.move(seconds=1)
    second = wanted()
    assert jobs_of.latest_job(desk(), JobKind.RENDER, "v1").id == second.id
    assert jobs_of.latest_job(desk(), JobKind.RENDER, "nothing") is None


def test_finished_jobs_are_forgotten_after_a_month_and_open_ones_never(desk, wanted, clock, db):
    done, open_ = wanted("v1"), wanted("v2")
    jobs_of.lease_job(desk(), done.id)
    jobs_of.finish_job(desk(), done.id)
    clock.move(days=30)
    assert jobs_of.forget_old_jobs(desk()) == 0
    clock.move(seconds=1)
    assert jobs_of.forget_old_jobs(desk()) == 1
    assert [job.id for job in db.query(Job)] == [open_.id]


def test_at_a_start_no_worker_can_be_alive_and_every_running_job_waits_again(desk, wanted):
    job = wanted()
    assert jobs_of.lease_job(desk(), job.id) is not None
    assert jobs_of.free_leases(desk()) == 1
    assert jobs_of.lease_job(desk(), job.id).attempts == 2
