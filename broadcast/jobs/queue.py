"""The door-bell: a message says that there is work, the `job` row says which."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Ring:
    """`task` is a Celery task name, `job_id` the row it should look at.

    An `urgent` one is sent to the worker that is kept free for emergencies.
    """

    task: str
    job_id: str
    urgent: bool = False


class JobQueue(Protocol):
    def ring(self, ring: Ring) -> None:
        """Send the message, or fail quickly and quietly: the sweep finds the row all the same."""


@dataclass(slots=True)
class CallingQueue:
    """Hands each ring to a function; the tests' queue and the worker's own are made of it."""

    answer: Callable[[Ring], None]

    def ring(self, ring: Ring) -> None:
        self.answer(ring)
