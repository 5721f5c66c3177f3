"""A round goes to every station, and one station's fault is not another's."""

import pytest

from broadcast.people.rules import Right
from scheduler.task_base import Workshop, at_each_station


@pytest.fixture
def workshop(settings, clock, jobs, db):
    db.commit()
    shop = Workshop(settings, clock, jobs)
    yield shop
    shop.close()


def test_a_round_works_at_each_station_once_and_says_the_sum(workshop, db, station, other_station):
    db.commit()
    seen = []

    def deed(desk):
        seen.append(desk.station_id)
        return len(seen)

    assert at_each_station(workshop, deed) == 1 + 2
    assert sorted(seen) == sorted([station.id, other_station.id])


def test_without_stations_a_round_finds_nothing(workshop):
    assert at_each_station(workshop, lambda _desk: pytest.fail("no station")) == 0


def test_every_desk_of_a_round_holds_all_rights_and_a_session_of_its_own(
    workshop, db, station, other_station
):
    db.commit()
    sessions = []

    def deed(desk):
        for right in Right:
            desk.actor.must(right)
        sessions.append(desk.session)
        return 0

    at_each_station(workshop, deed)
    assert len({id(session) for session in sessions}) == 2


@pytest.mark.parametrize("broken", [0, 1], ids=["the first fails", "the last fails"])
def test_a_station_where_the_round_fails_does_not_stop_the_others(
    workshop, db, station, other_station, broken
):
    db.commit()
    stations = sorted([station.id, other_station.id])
    done = []

    def deed(desk):
        if desk.station_id == stations[broken]:
            raise ValueError("a row nobody expected")
        done.append(desk.station_id)
        return 1

    with pytest.raises(ExceptionGroup, match="1 of 2 stations") as raised:
        at_each_station(workshop, deed)
    assert done == [stations[1 - broken]]
    (error,) = raised.value.exceptions
    assert error.__notes__ == [f"at station {stations[broken]}"]
