"""Housekeeping over all stations."""

from typing import Any

from celery import shared_task

from broadcast.jobs import service as jobs


@shared_task(name="keeping.sweep_jobs", bind=True)
def sweep_jobs(task: Any) -> int:
    """Rings again for what was lost. A second run rings twice; leases make that harmless."""
    with task.app.loa.desk() as desk:
        return jobs.sweep_jobs(desk)


@shared_task(name="keeping.tidy", bind=True)
def tidy(task: Any) -> int:
    """Forgets jobs that ended a month ago."""
    with task.app.loa.desk() as desk:
        return jobs.forget_old_jobs(desk)
