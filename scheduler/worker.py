"""The Celery app, made from Settings; every limit with its reason."""

import os

from celery import Celery
from celery.signals import worker_process_shutdown

from broadcast.clock import wall_clock
from broadcast.config import Settings
from broadcast.jobs.celery_queue import BROKER_OPTIONS, CeleryQueue
from scheduler.beat import SCHEDULE
from scheduler.task_base import Workshop

TASKS = (
    "scheduler.tasks.bulletins",
    "scheduler.tasks.timetable",
    "scheduler.tasks.boxes",
    "scheduler.tasks.airlog",
    "scheduler.tasks.reports",
    "scheduler.tasks.keeping",
)


def make_worker(settings: Settings) -> Celery:
    """`celery -A scheduler.worker worker` finds it as `app`."""
    app = Celery("loa", broker=settings.redis_url or "redis://127.0.0.1:6379/0", include=TASKS)
    app.conf.update(
        broker_transport_options=BROKER_OPTIONS,
        broker_connection_retry_on_startup=True,
        # A message is acknowledged after the work: a killed worker's job runs again.
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        # One at a time: a two-hour rendering must not hold ten small jobs in its pocket.
        worker_prefetch_multiplier=1,
        # pydub and ffmpeg leave memory behind; a fresh child after 200 tasks stays small.
        worker_max_tasks_per_child=200,
        task_ignore_result=True,
        # The job row is the result; a text of two hours takes 4 minutes here.
        task_soft_time_limit=1800,
        task_time_limit=2000,
        worker_hijack_root_logger=False,
        timezone="UTC",
        beat_schedule=SCHEDULE,
        beat_schedule_filename=str(settings.data_dir / "beat-schedule"),
    )
    app.loa = Workshop(settings, wall_clock, CeleryQueue(app))
    worker_process_shutdown.connect(lambda **_facts: app.loa.close(), weak=False)
    return app


def __getattr__(name: str) -> Celery:
    """Made when Celery asks for it: importing this module reads no environment."""
    if name != "app":
        raise AttributeError(name)
    made = make_worker(Settings.from_env(os.environ))
    globals()["app"] = made
    return made
