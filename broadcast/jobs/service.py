"""Jobs: wanted with the change that needs them, leased by a worker, found again by the sweep."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, or_, select, true, update

from broadcast.desk import Desk, use_case
from broadcast.errors import LoaError, NotFound
from broadcast.jobs.models import Job, JobKind, JobState
from broadcast.jobs.queue import Ring
from broadcast.stations.models import Station

LEASE = timedelta(minutes=2)
"""A worker renews with every sentence it has spoken; the slowest sentence takes 30 s."""
MOST_ATTEMPTS = 5
CANDIDATES = 8
"""Two workers may look at the same moment; the second takes the next job, not its leave."""
OPEN = (JobState.QUEUED, JobState.RUNNING)


def want(desk: Desk, kind: JobKind, subject: str, *, urgent: bool = False) -> Job:
    """Ask for work inside the caller's transaction; an equal job that waits already is enough.

    One that is running does not count: it may have read the rows before this change. What is
    `urgent` to one who asks is urgent: an emergency must not wait behind ordinary renderings.
    """
    job = desk.session.scalar(
        select(Job).where(
            Job.station_id == desk.station_id,
            Job.kind == kind,
            Job.subject == subject,
            Job.state == JobState.QUEUED,
        )
    )
    if job is None:
        job = Job(
            id=desk.new_id(),
            station_id=desk.station_id,
            kind=kind,
            subject=subject,
            urgent=urgent,
            created_at=desk.now,
        )
        desk.session.add(job)
        desk.session.flush()
    job.urgent = job.urgent or urgent
    desk.ring(Ring(kind.value, job.id, job.urgent))
    return job


@use_case
def want_everywhere(desk: Desk, kind: JobKind) -> int:
    """One job of `kind` for every station, about the station itself."""
    stations = list(desk.session.scalars(select(Station.id).order_by(Station.id)))
    for station_id in stations:
        want(desk.acting_as(replace(desk.actor, station_id=station_id)), kind, station_id)
    return len(stations)


@use_case
def lease_next(desk: Desk, job_id: str) -> Job | None:
    """The job to do at the message about `job_id`: of its kind and at least as urgent, the most
    urgent that is free, then the oldest. None when there is nothing to do.

    Never a less urgent one: that would fill the worker which is kept free for emergencies.
    """
    rung = desk.session.get(Job, job_id)
    if rung is None:
        return None
    at_least = Job.urgent.is_(True) if rung.urgent else true()
    waiting = desk.session.scalars(
        select(Job.id)
        .where(Job.kind == rung.kind, at_least, *_waits(desk))
        .order_by(Job.urgent.desc(), Job.created_at, Job.id)
        .limit(CANDIDATES)
    ).all()
    found = (lease_job(desk, candidate) for candidate in waiting)
    return next((job for job in found if job is not None), None)


@use_case
def lease_job(desk: Desk, job_id: str) -> Job | None:
    """Take the job, or None when another worker has it or it is over.

    A job on the same subject that runs elsewhere is waited for by the sweep, not run beside it.
    """
    job = desk.session.get(Job, job_id, with_for_update=True)
    if job is None or job.state not in OPEN or not _is_free(desk, job):
        return None
    if job.attempts >= MOST_ATTEMPTS:
        _close(desk, job, JobState.FAILED)
        job.error_code = job.error_code or "jobs.worn_out"
        job.error_message = job.error_message or (
            f"Đã thử {MOST_ATTEMPTS} lần mà không xong. Hãy bấm làm lại."
        )
        return None
    job.state = JobState.RUNNING
    job.attempts += 1
    job.lease_until = desk.now + LEASE
    return job


def _is_free(desk: Desk, job: Job) -> bool:
    if job.not_before is not None and job.not_before > desk.now:
        return False
    if job.lease_until is not None and job.lease_until > desk.now:
        return False
    neighbour = select(Job.id).where(
        Job.station_id == job.station_id,
        Job.kind == job.kind,
        Job.subject == job.subject,
        Job.state == JobState.RUNNING,
        Job.lease_until > desk.now,
        Job.id != job.id,
    )
    return desk.session.scalar(neighbour) is None


@use_case
def report_progress(desk: Desk, job_id: str, done: int, total: int, step: str = "") -> bool:
    """Write how far it is and renew the lease. False when somebody has cancelled it."""
    job = desk.session.get(Job, job_id, with_for_update=True)
    if job is None or job.state is not JobState.RUNNING:
        return False
    job.done_count, job.total_count, job.step = done, total, step
    job.lease_until = desk.now + LEASE
    return True


@use_case
def finish_job(desk: Desk, job_id: str) -> None:
    job = desk.session.get(Job, job_id, with_for_update=True)
    if job is not None and job.state is JobState.RUNNING:
        _close(desk, job, JobState.DONE)


@use_case
def fail_job(desk: Desk, job_id: str, error: LoaError) -> None:
    """An expected failure becomes state that the operator sees."""
    job = desk.session.get(Job, job_id, with_for_update=True)
    if job is not None and job.state in OPEN:
        _close(desk, job, JobState.FAILED)
        job.error_code, job.error_message = error.code, error.message


@use_case
def put_back(desk: Desk, job_id: str, error_code: str) -> None:
    """An unexpected failure: try again later, each time twice as late."""
    job = desk.session.get(Job, job_id, with_for_update=True)
    if job is not None and job.state is JobState.RUNNING:
        job.state = JobState.QUEUED
        job.lease_until = None
        job.error_code = error_code
        job.not_before = desk.now + timedelta(seconds=5 * 2**job.attempts)


@use_case
def cancel_job(desk: Desk, job_id: str) -> None:
    """:raises NotFound: for an unknown job, or another station's."""
    job = desk.session.get(Job, job_id, with_for_update=True)
    if job is None or job.station_id != desk.station_id:
        raise NotFound(job=job_id)
    if job.state in OPEN:
        _close(desk, job, JobState.CANCELLED)


def latest_job(desk: Desk, kind: JobKind, subject: str) -> Job | None:
    """The newest job on `subject`, whatever its state."""
    return desk.session.scalar(
        select(Job)
        .where(Job.station_id == desk.station_id, Job.kind == kind, Job.subject == subject)
        .order_by(Job.created_at.desc(), Job.id.desc())
        .limit(1)
    )


@use_case
def sweep_jobs(desk: Desk, most: int = 500) -> int:
    """Ring again for every job whose message may have been lost or whose worker has died.

    Looks at all stations; a job that a worker leased meanwhile is refused there.
    """
    jobs = desk.session.execute(
        select(Job.id, Job.kind, Job.urgent)
        .where(*_waits(desk))
        .order_by(Job.urgent.desc(), Job.created_at)
        .limit(most)
    ).all()
    for job_id, kind, urgent in jobs:
        desk.ring(Ring(kind.value, job_id, urgent))
    return len(jobs)


def _waits(desk: Desk) -> tuple[ColumnElement[bool], ...]:
    """Open, held by no living worker, and not resting after a failure."""
    return (
        Job.state.in_(OPEN),
        or_(Job.lease_until.is_(None), Job.lease_until <= desk.now),
        or_(Job.not_before.is_(None), Job.not_before <= desk.now),
    )


@use_case
def free_leases(desk: Desk) -> int:
    """Every running job waits again: for a start at which no worker can be alive."""
    freed = desk.session.execute(
        update(Job)
        .where(Job.state == JobState.RUNNING)
        .values(state=JobState.QUEUED, lease_until=None)
    )
    return int(getattr(freed, "rowcount", 0))


@use_case
def forget_old_jobs(desk: Desk, keep: timedelta = timedelta(days=30)) -> int:
    """Finished jobs are of no interest after a month; the rows they made stay."""
    gone = desk.session.execute(
        delete(Job).where(Job.finished_at.is_not(None), Job.finished_at < desk.now - keep)
    )
    return int(getattr(gone, "rowcount", 0))


def _close(desk: Desk, job: Job, state: JobState) -> None:
    job.state = state
    job.lease_until = None
    job.finished_at = desk.now
