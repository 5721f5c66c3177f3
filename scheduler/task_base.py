"""What every task has: a session, the clock, a lease on its job, and what happens when it fails."""

import logging
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from celery import shared_task

from broadcast.clock import Clock
from broadcast.config import Settings
from broadcast.db import make_engine, make_sessions
from broadcast.desk import Desk
from broadcast.errors import LoaError
from broadcast.jobs import service as jobs
from broadcast.jobs.models import Job, JobKind
from broadcast.jobs.queue import JobQueue
from broadcast.people.rules import Actor, Right
from broadcast.stations.queries import list_station_ids
from broadcast.supervision.pulse import WORKER, mark_pulse

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger("loa.tasks")

WORKER_NAME = "máy chủ"


class Workshop:
    """What a worker process was given. The engine is made on first use, in the forked child."""

    def __init__(self, settings: Settings, clock: Clock, queue: JobQueue) -> None:
        self.settings = settings
        self.clock = clock
        self.queue = queue
        self.worker = WORKER
        self._sessions: Any = None

    @contextmanager
    def desk(self, station_id: str = "") -> "Iterator[Desk]":
        """A desk for the machine itself; each one has a session of its own.

        Opened by every round and by every step of a long job, it is the worker's pulse.
        """
        mark_pulse(self.settings.data_dir, self.worker)
        if self._sessions is None:
            from broadcast import tables

            assert tables.Base.metadata.tables  # noqa: S101 -- every table known to the mapper
            self._sessions = make_sessions(make_engine(self.settings.database_url))
        actor = Actor.machine(station_id, WORKER_NAME, *Right)
        with self._sessions() as session:
            yield Desk(session, actor, self.clock(), self.queue)

    def close(self) -> None:
        if self._sessions is not None:
            self._sessions.kw["bind"].dispose()
            self._sessions = None


Deed = Callable[[Workshop, Job], None]


def job_task(kind: JobKind) -> Callable[[Deed], Any]:
    """Makes a Celery task out of `deed(workshop, job)`: leases, runs, finishes or fails the job.

    A second message for the same job finds the lease and goes away. An expected failure becomes
    the job's state; an unexpected one is put back with a growing pause and raised for the log.
    """

    def make(deed: Deed) -> Any:
        def run(task: Any, job_id: str) -> str:
            return run_job(task.app.loa, job_id, deed)

        run.__doc__ = deed.__doc__
        return shared_task(name=kind.value, bind=True)(run)

    return make


def round_task(name: str) -> Callable[[Callable[[Workshop], int]], Any]:
    """Makes a Celery task out of a round that beat asks for; it says how much it found to do."""

    def make(deed: Callable[[Workshop], int]) -> Any:
        def run(task: Any) -> int:
            return deed(task.app.loa)

        run.__doc__ = deed.__doc__
        return shared_task(name=name, bind=True)(run)

    return make


def station_round(name: str) -> Callable[[Callable[[Desk], int]], Any]:
    """A round over all stations: `deed` works at the desk of one; the round says the sum."""

    def make(deed: Callable[[Desk], int]) -> Any:
        def everywhere(workshop: Workshop) -> int:
            return at_each_station(workshop, deed)

        everywhere.__doc__ = deed.__doc__
        return round_task(name)(everywhere)

    return make


def at_each_station(workshop: Workshop, deed: Callable[[Desk], int]) -> int:
    """The sum of what `deed` found. A station where it fails does not stop the others.

    :raises ExceptionGroup: after the last station, with what was raised.
    """
    with workshop.desk() as desk:
        stations = list_station_ids(desk)
    found, errors = 0, []
    for station_id in stations:
        try:
            with workshop.desk(station_id) as desk:
                found += deed(desk)
        except Exception as err:  # noqa: BLE001 -- raised again after the last station
            err.add_note(f"at station {station_id}")
            errors.append(err)
    if errors:
        raise ExceptionGroup(f"{len(errors)} of {len(stations)} stations failed", errors)
    return found


def run_job(workshop: Workshop, job_id: str, deed: Deed) -> str:
    """Runs the job the message is about, or one that goes before it, to its end; says what became
    of it.
    """
    with workshop.desk() as desk:
        job = jobs.lease_next(desk, job_id)
    if job is None:
        return "not free"
    try:
        deed(workshop, job)
    except Exception as err:
        with workshop.desk(job.station_id) as desk:
            if isinstance(err, LoaError) or _is_named(err):
                jobs.fail_job(desk, job.id, _as_ours(err))
                return f"failed: {getattr(err, 'code', '')}"
            jobs.put_back(desk, job.id, type(err).__name__)
        raise
    with workshop.desk(job.station_id) as desk:
        jobs.finish_job(desk, job.id)
    return "done"


def _is_named(error: Exception) -> bool:
    """Audio's errors have a code and a sentence too, but may not know ours."""
    return hasattr(error, "code") and hasattr(error, "message")


def _as_ours(error: Any) -> LoaError:
    ours = LoaError(error.message)
    ours.code = error.code
    return ours
