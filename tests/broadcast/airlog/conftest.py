"""A station with one box, and its journal's way into the log."""

import pytest

from broadcast.airlog.intake import accept_plays
from broadcast.boxes.wire import BatchWire
from broadcast.db import make_sessions
from broadcast.desk import Desk
from tests.factories.boxes import identity_of, make_box


@pytest.fixture
def box(db, clock, station):
    return make_box(db, clock, station)


@pytest.fixture
def send(engine, clock, jobs, box, station):
    """`send([row, …])` is one POST of the station's first box; answers as they come back."""

    def send_rows(rows, *, of=box, boot="boot-1"):
        with make_sessions(engine)() as session:
            box_identity = identity_of(of, station)
            desk = Desk(session, box_identity.actor, clock(), jobs)
            return accept_plays(desk, box_identity, BatchWire(boot=boot, plays=rows))

    return send_rows


@pytest.fixture
def statuses(send):
    return lambda rows, **more: [str(answer.status) for answer in send(rows, **more)]


@pytest.fixture
def look(engine):
    """`look(statement)` lists what it finds, and holds no lock afterwards."""

    def find(statement):
        with make_sessions(engine.execution_options(loa_read_only=True))() as session:
            return list(session.scalars(statement))

    return find
