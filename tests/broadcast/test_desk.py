"""One use case, one transaction; messages leave after it, or never."""

import pytest
from sqlalchemy import func, select

from broadcast.desk import use_case
from broadcast.jobs.queue import Ring
from broadcast.people.models import AuditEntry
from broadcast.people.rules import Actor, Right, Role
from broadcast.people.trail import note_deed

RING = Ring("bulletins.render", "job-1")


class Stop(Exception):
    pass


@use_case
def write(desk, word="one"):
    note_deed(desk, word)
    desk.ring(RING)
    return word


@use_case
def write_and_fail(desk):
    write(desk)
    raise Stop


@use_case
def write_twice(desk, jobs):
    write(desk, "one")
    assert jobs.rings == []
    write(desk, "two")
    assert jobs.rings == []
    return desk.depth


@use_case
def interrupted(desk):
    note_deed(desk, "one")
    raise KeyboardInterrupt


def kept(db):
    count = db.scalar(select(func.count()).select_from(AuditEntry))
    db.rollback()
    return count


@pytest.fixture
def desk(desk_as):
    return desk_as(Role.OPERATOR)


def test_a_deed_that_returns_is_kept_and_its_message_leaves(desk, db, jobs):
    assert write(desk) == "one"
    assert kept(db) == 1
    assert jobs.rings == [RING]


def test_a_deed_that_raises_leaves_no_row_and_no_message(desk, db, jobs):
    with pytest.raises(Stop):
        write_and_fail(desk)
    assert kept(db) == 0
    assert jobs.rings == []
    assert desk.rings == []


def test_a_deed_within_a_deed_joins_it_and_one_message_leaves_at_the_end(desk, db, jobs):
    assert write_twice(desk, jobs) == 1
    assert kept(db) == 2
    assert jobs.rings == [RING]


def test_even_an_interrupt_rolls_back(desk, db):
    with pytest.raises(KeyboardInterrupt):
        interrupted(desk)
    assert kept(db) == 0


def test_a_desk_is_good_again_after_a_failure(desk, db, jobs):
    with pytest.raises(Stop):
        write_and_fail(desk)
    write(desk)
    assert kept(db) == 1
    assert jobs.take() == [RING]


def test_the_message_leaves_only_when_others_can_see_the_row(desk, db):
    seen = []

    class Looking:
        def ring(self, ring):
            seen.append(kept(db))

    desk.jobs = Looking()
    write(desk)
    assert seen == [1]


def test_acting_as_somebody_else_shares_the_transaction(desk, db, jobs):
    @use_case
    def by_a_machine(desk):
        other = desk.acting_as(Actor.machine(desk.station_id, "máy", Right.LOOK))
        write(other)
        raise Stop

    with pytest.raises(Stop):
        by_a_machine(desk)
    assert kept(db) == 0
    assert jobs.rings == []


def test_ids_of_one_desk_carry_its_moment(desk, clock):
    stamp = int(desk.new_id().replace("-", "")[:12], 16)
    assert stamp == int(clock().timestamp() * 1000)
