"""Doorbells of the reports: daily facts, and the audit of them."""

from datetime import date

from broadcast.desk import Desk
from broadcast.jobs.models import Job, JobKind
from broadcast.reports.audit import audit_and_mend
from broadcast.reports.rollup import roll_up_day
from scheduler.task_base import Workshop, job_task, station_round


@job_task(JobKind.ROLL_UP)
def roll_up(workshop: Workshop, job: Job) -> None:
    """Makes the facts of the local day `job.subject` anew. A second run changes nothing."""
    with workshop.desk(job.station_id) as desk:
        roll_up_day(desk, date.fromisoformat(job.subject))


@station_round("reports.audit_figures")
def audit(desk: Desk) -> int:
    """Recounts every station from its raw rows; says how many differences it found."""
    return len(audit_and_mend(desk))
