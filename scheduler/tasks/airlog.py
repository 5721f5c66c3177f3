"""Doorbells of the log: days reconciled, silent airings closed, lost boxes noticed."""

from datetime import date

from broadcast.airlog.days import reconcile_day
from broadcast.airlog.rounds import close_airings, watch_boxes
from broadcast.jobs.models import Job, JobKind
from broadcast.stations.queries import list_station_ids
from scheduler.task_base import Workshop, job_task, round_task


@job_task(JobKind.RECONCILE)
def reconcile(workshop: Workshop, job: Job) -> None:
    """Makes the airings of the local day `job.subject` anew. A second run changes nothing."""
    with workshop.desk(job.station_id) as desk:
        reconcile_day(desk, date.fromisoformat(job.subject))


@round_task("airlog.close_airings")
def close(workshop: Workshop) -> int:
    """Says how many days and incidents it found. A second run finds none."""
    with workshop.desk() as desk:
        stations = list_station_ids(desk)
    found = 0
    for station_id in stations:
        with workshop.desk(station_id) as desk:
            found += close_airings(desk) + watch_boxes(desk)
    return found
