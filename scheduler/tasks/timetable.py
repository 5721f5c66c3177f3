"""Doorbells of the timetable."""

from functools import partial

from broadcast.bulletins.studio import open_studio
from broadcast.desk import Desk
from broadcast.jobs.models import Job, JobKind
from broadcast.jobs.service import want_everywhere
from broadcast.timetable.filling import fill_station
from broadcast.timetable.openings import prepare_frames
from broadcast.timetable.queueing import expire_wishes
from scheduler.task_base import Workshop, job_task, round_task, station_round


@job_task(JobKind.FILL)
def fill(workshop: Workshop, job: Job) -> None:
    """Fills one station's sessions, then once more when a frame sound was made for them."""
    open_desk = partial(workshop.desk, job.station_id)
    with open_desk() as desk:
        fill_station(desk)
    if prepare_frames(open_desk, open_studio(workshop.settings)):
        with open_desk() as desk:
            fill_station(desk)


@round_task("timetable.extend_horizon")
def extend_horizon(workshop: Workshop) -> int:
    """Wants a fill of every station. Filling without change changes nothing."""
    with workshop.desk() as desk:
        return want_everywhere(desk, JobKind.FILL)


@station_round("timetable.expire")
def expire(desk: Desk) -> int:
    """Closes wishes past their last local day. A second run finds none."""
    return expire_wishes(desk)
