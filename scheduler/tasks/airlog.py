"""Doorbells of the log: days reconciled, silent airings closed, lost boxes noticed."""

from datetime import date

from broadcast.airlog.days import reconcile_day
from broadcast.airlog.rounds import close_airings, watch_boxes
from broadcast.desk import Desk
from broadcast.jobs.models import Job, JobKind
from scheduler.task_base import Workshop, job_task, station_round


@job_task(JobKind.RECONCILE)
def reconcile(workshop: Workshop, job: Job) -> None:
    """Makes the airings of the local day `job.subject` anew. A second run changes nothing."""
    with workshop.desk(job.station_id) as desk:
        reconcile_day(desk, date.fromisoformat(job.subject))


@station_round("airlog.close_airings")
def close(desk: Desk) -> int:
    """Says how many days and incidents it found. A second run finds none."""
    return close_airings(desk) + watch_boxes(desk)
