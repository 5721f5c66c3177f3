"""Doorbells of the boxes: plan documents."""

from broadcast.boxes.plans import rebuild_plans
from broadcast.jobs.models import Job, JobKind
from broadcast.stations.queries import list_station_ids
from scheduler.task_base import Workshop, job_task, round_task


@job_task(JobKind.PLANS)
def rebuild(workshop: Workshop, job: Job) -> None:
    """A second run finds nothing stale and writes nothing."""
    with workshop.desk(job.station_id) as desk:
        rebuild_plans(desk)


@round_task("boxes.refresh_plans")
def refresh_plans(workshop: Workshop) -> int:
    """Moves every station's documents on when a day has passed; says how many changed."""
    with workshop.desk() as desk:
        stations = list_station_ids(desk)
    changed = 0
    for station_id in stations:
        with workshop.desk(station_id) as desk:
            changed += rebuild_plans(desk)
    return changed
