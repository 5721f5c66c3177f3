"""The desk a use case works at: one session, one actor, one moment, one outbox of messages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy.orm import Session

from broadcast.ids import new_id
from broadcast.jobs.queue import JobQueue, Ring
from broadcast.people.rules import Actor

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class Desk:
    """`now` is the same for the whole use case. `rings` leave after the commit, never before."""

    session: Session
    actor: Actor
    now: datetime
    jobs: JobQueue
    rings: list[Ring] = field(default_factory=list)
    depth: int = 0

    @property
    def station_id(self) -> str:
        return self.actor.station_id

    def new_id(self) -> str:
        return new_id(self.now)

    def ring(self, ring: Ring) -> None:
        """Ask for a message to leave once the transaction stands."""
        if ring not in self.rings:
            self.rings.append(ring)

    def acting_as(self, actor: Actor) -> "Desk":
        """The same transaction on behalf of somebody else (a box, the set-up page)."""
        return Desk(self.session, actor, self.now, self.jobs, self.rings, self.depth)


def use_case(
    deed: Callable[Concatenate[Desk, P], R],
) -> Callable[Concatenate[Desk, P], R]:
    """One use case, one transaction: commits when `deed` returns, rolls back when it raises.

    A use case called by another joins its transaction; only the outermost commits, and only after
    that do the messages leave.
    """

    @wraps(deed)
    def in_one_transaction(desk: Desk, *args: P.args, **kwargs: P.kwargs) -> R:
        if desk.depth:
            return deed(desk, *args, **kwargs)
        desk.depth = 1
        try:
            result = deed(desk, *args, **kwargs)
            desk.session.commit()
        except BaseException:
            desk.session.rollback()
            desk.rings.clear()
            raise
        finally:
            desk.depth = 0
        _let_rings_leave(desk)
        return result

    return cast("Callable[Concatenate[Desk, P], R]", in_one_transaction)


def rehearse(desk: Desk, deed: Callable[[], R]) -> R:
    """What `deed` would do: its use cases run in one transaction that is always taken back.

    Give back values, not rows: after the rollback rows say what stands again.
    """
    if desk.depth:
        raise RuntimeError("a rehearsal inside a use case would take that back too")
    desk.depth = 1
    try:
        return deed()
    finally:
        desk.session.rollback()
        desk.rings.clear()
        desk.depth = 0


def _let_rings_leave(desk: Desk) -> None:
    rings, desk.rings[:] = list(desk.rings), []
    for ring in rings:
        desk.jobs.ring(ring)
