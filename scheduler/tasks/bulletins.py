"""Doorbells of the bulletins."""

from functools import partial

from broadcast.bulletins.production import produce
from broadcast.bulletins.studio import open_studio
from broadcast.jobs.models import Job, JobKind
from broadcast.timetable.emergencies import emergency_ready
from scheduler.task_base import Workshop, job_task


@job_task(JobKind.RENDER)
def render(workshop: Workshop, job: Job) -> None:
    """Produces one version's audio. A second run finds everything made and ends at once.

    An emergency that waited for it begins with the same breath.
    """
    open_desk = partial(workshop.desk, job.station_id)
    produce(open_desk, open_studio(workshop.settings), job)
    with open_desk() as desk:
        emergency_ready(desk, job.subject)
