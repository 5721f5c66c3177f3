"""Doorbells of the boxes: plan documents."""

from broadcast.boxes.plans import rebuild_plans
from broadcast.desk import Desk
from broadcast.jobs.models import Job, JobKind
from scheduler.task_base import Workshop, job_task, station_round


@job_task(JobKind.PLANS)
def rebuild(workshop: Workshop, job: Job) -> None:
    """A second run finds nothing stale and writes nothing."""
    with workshop.desk(job.station_id) as desk:
        rebuild_plans(desk)


@station_round("boxes.refresh_plans")
def refresh_plans(desk: Desk) -> int:
    """Moves every station's documents on when a day has passed; says how many changed."""
    return rebuild_plans(desk)
