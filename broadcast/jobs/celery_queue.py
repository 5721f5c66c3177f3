"""Rings by Celery. A broker that is away costs a page one second, not the page."""

import logging

from celery import Celery
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from broadcast.jobs.queue import Ring

log = logging.getLogger("loa.jobs")

ORDINARY_QUEUE = "celery"
URGENT_QUEUE = "urgent"
"""`loa up` runs a worker for it alone: twenty long renderings never hold back an emergency."""

BROKER_OPTIONS = {
    # Longer than the longest task (a two-hour text): a message is not given twice meanwhile.
    "visibility_timeout": 3 * 3600,
    # A killed worker's message comes back within seconds instead of 101 s (measured).
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "socket_keepalive": True,
}


def make_sender(redis_url: str) -> Celery:
    """A Celery client that only sends; it knows no task and runs none."""
    app = Celery("loa", broker=redis_url)
    app.conf.update(
        broker_transport_options=BROKER_OPTIONS,
        broker_connection_retry_on_startup=True,
        task_ignore_result=True,
    )
    return app


class CeleryQueue:
    """Sends by task name, so that the web process imports no task."""

    def __init__(self, sender: Celery) -> None:
        self.sender = sender

    def ring(self, ring: Ring) -> None:
        try:
            queue = URGENT_QUEUE if ring.urgent else ORDINARY_QUEUE
            self.sender.send_task(ring.task, args=(ring.job_id,), queue=queue, retry=False)
        except (OperationalError, RedisError, ConnectionError, TimeoutError) as err:
            log.warning("ring of %s lost, the sweep will find it: %s", ring.task, err)
