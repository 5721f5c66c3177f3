"""Housekeeping over all stations."""

from broadcast.bulletins.leftovers import clear_leftovers
from broadcast.jobs import service as jobs
from scheduler.task_base import Workshop, round_task


@round_task("keeping.sweep_jobs")
def sweep_jobs(workshop: Workshop) -> int:
    """Rings again for what was lost. A second run rings twice; leases make that harmless."""
    with workshop.desk() as desk:
        return jobs.sweep_jobs(desk)


@round_task("keeping.tidy")
def tidy(workshop: Workshop) -> int:
    """Forgets jobs that ended a month ago, and files that killed workers left half made."""
    with workshop.desk() as desk:
        forgotten = jobs.forget_old_jobs(desk)
    return forgotten + clear_leftovers(workshop.settings.data_dir, workshop.clock())
