from datetime import UTC, datetime

from broadcast.airlog.completeness import Completeness, completeness
from broadcast.people.rules import Role
from tests.factories.boxes import make_box
from tests.factories.plays import sent_play

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def rows(*numbers):
    return [sent_play(MORNING, seq=number) for number in numbers]


def test_gaps_are_found_by_number_per_start_of_the_box(desk_as, statuses):
    statuses(rows(1, 2, 5), boot="a")
    statuses(rows(2), boot="b")
    assert completeness(desk_as(Role.VIEWER)) == Completeness(received=4, existing=7)


def test_a_row_that_arrives_late_closes_its_gap(desk_as, statuses):
    statuses(rows(1, 3))
    statuses(rows(2))
    assert completeness(desk_as(Role.VIEWER)).percent == 100


def test_one_box_can_be_asked_for(db, clock, station, desk_as, statuses, box):
    other = make_box(db, clock, station, "2")
    statuses(rows(1, 4))
    statuses(rows(1, 2), of=other)
    desk = desk_as(Role.VIEWER)
    assert completeness(desk, box.id) == Completeness(2, 4)
    assert completeness(desk, other.id) == Completeness(2, 2)


def test_where_nothing_was_to_come_nothing_is_missing(desk_as):
    assert completeness(desk_as(Role.VIEWER)).percent == 100
