"""The Celery app, made from Settings; every limit with its reason."""

import os

from celery import Celery
from celery.signals import celeryd_init, worker_process_shutdown
from kombu import Queue

from broadcast.clock import wall_clock
from broadcast.config import Settings
from broadcast.jobs.celery_queue import BROKER_OPTIONS, ORDINARY_QUEUE, URGENT_QUEUE, CeleryQueue
from broadcast.supervision.pulse import URGENT_WORKER
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
        # Told no queue, a worker takes both; `loa up` runs one for the urgent alone.
        task_queues=[Queue(ORDINARY_QUEUE), Queue(URGENT_QUEUE)],
        task_default_queue=ORDINARY_QUEUE,
        # A lost ring is found in 20 s also while two long renderings hold the ordinary worker.
        task_routes={"keeping.sweep_jobs": {"queue": URGENT_QUEUE}},
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
    celeryd_init.connect(lambda sender, **_facts: _name_worker(app, sender), weak=False)
    worker_process_shutdown.connect(lambda **_facts: app.loa.close(), weak=False)
    return app


def _name_worker(app: Celery, node: str) -> None:
    """Before it forks: its children mark the pulse of this worker, not of the other one."""
    if node.partition("@")[0] == URGENT_WORKER:
        app.loa.worker = URGENT_WORKER


def __getattr__(name: str) -> Celery:
    """Made when Celery asks for it: importing this module reads no environment."""
    if name != "app":
        raise AttributeError(name)
    made = make_worker(Settings.from_env(os.environ))
    globals()["app"] = made
    return made
