"""Doorbells of the reports: daily facts, and the audit of them."""

from datetime import date

from broadcast.jobs.models import Job, JobKind
from broadcast.reports.audit import audit_and_mend
from broadcast.reports.rollup import roll_up_day
from broadcast.stations.queries import list_station_ids
from scheduler.task_base import Workshop, job_task, round_task


@job_task(JobKind.ROLL_UP)
def roll_up(workshop: Workshop, job: Job) -> None:
    """Makes the facts of the local day `job.subject` anew. A second run changes nothing."""
    with workshop.desk(job.station_id) as desk:
        roll_up_day(desk, date.fromisoformat(job.subject))


@round_task("reports.audit_figures")
def audit(workshop: Workshop) -> int:
    """Recounts every station from its raw rows; says how many differences it found."""
    with workshop.desk() as desk:
        stations = list_station_ids(desk)
    found = 0
    for station_id in stations:
        with workshop.desk(station_id) as desk:
            found += len(audit_and_mend(desk))
    return found
