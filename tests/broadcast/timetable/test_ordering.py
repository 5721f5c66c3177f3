"""The order made by hand."""

from datetime import date, time

import pytest

from broadcast.errors import EditConflict, NotFound
from broadcast.timetable.ordering import (
    BeyondExpiry,
    CarriedTwice,
    NoRoom,
    get_line,
    get_session,
    move_line,
    release_line,
)
from broadcast.timetable.service import SessionBegun
from tests.factories.sessions import make_session


@pytest.fixture
def evening(office):
    """Three bulletins of four minutes in one session of fifteen."""
    office.slot(at=time(17), gap_ms=1_000)
    for code in "abc":
        office.wish(office.approved(code, minutes=4), until_day=date(2026, 11, 25))
        office.clock.move(seconds=1)
    office.fill()
    assert office.titles() == ["a", "b", "c"]
    return office


def move(office, title, session, position, row_version=None):
    line = next(one for one in office.lines() if one.title == f"Tin {title}")
    seen = office.fresh(session).row_version if row_version is None else row_version
    return move_line(office.desk(), line.id, session.id, position, row_version=seen)


def test_a_moved_item_stands_where_it_was_put_with_right_times_at_once(evening):
    session = evening.sessions()[0]
    before = {line.id for line in evening.lines()}
    move(evening, "c", session, 0)
    assert evening.titles() == ["c", "a", "b"]
    assert [line.offset_ms for line in evening.lines()] == [0, 241_000, 482_000]
    assert {line.id for line in evening.lines()} == before
    assert evening.lines()[0].why == "Cán bộ Hạnh đã đặt vào đây."


def test_the_order_by_hand_survives_every_refill(evening):
    session = evening.sessions()[0]
    move(evening, "a", session, 1)
    evening.wish(evening.approved("gấp", minutes=2), priority="priority", airings=2)
    evening.fill()
    evening.fill()
    assert evening.titles()[:3].index("a") == 1
    assert evening.lines()[1].manual


def test_a_move_beyond_the_last_place_is_the_last_place(evening):
    move(evening, "a", evening.sessions()[0], 99)
    evening.fill()
    assert evening.titles() == ["b", "c", "a"]


def test_a_released_item_belongs_to_the_fill_again(evening):
    line = move(evening, "c", evening.sessions()[0], 0)
    release_line(evening.desk(), line.id)
    evening.fill()
    assert not evening.line(line.id).manual


def test_an_item_is_carried_into_another_session_and_stays_there(evening):
    today, tomorrow = evening.sessions()[:2]
    line = move(evening, "a", tomorrow, 0)
    assert evening.titles() == ["b", "c", "a"]
    assert evening.lines()[0].offset_ms == 0
    evening.fill()
    kept = evening.line(line.id)
    assert (kept.session_id, kept.dropped_at, kept.manual) == (tomorrow.id, None, True)
    assert today.id != tomorrow.id


def test_two_people_at_one_order_and_the_second_is_told(evening):
    session = evening.sessions()[0]
    seen = session.row_version
    move(evening, "c", session, 0, row_version=seen)
    with pytest.raises(EditConflict):
        move(evening, "b", session, 0, row_version=seen)
    assert evening.titles() == ["c", "a", "b"]


def test_who_ordered_what_a_refill_has_changed_is_told(evening):
    session = evening.sessions()[0]
    seen = session.row_version
    evening.wish(evening.approved("d", minutes=1))
    evening.fill()
    with pytest.raises(EditConflict):
        move(evening, "b", session, 0, row_version=seen)


def test_a_full_session_takes_nothing_more(evening):
    evening.wish(evening.approved("dài", minutes=8), until_day=date(2026, 11, 30))
    evening.fill()
    before = evening.titles()
    with pytest.raises(NoRoom):
        move(evening, "dài", evening.sessions()[0], 0)
    assert evening.titles() == before


def test_nothing_is_heard_after_its_expiry(evening):
    with pytest.raises(BeyondExpiry):
        move(evening, "a", evening.sessions()[2], 0)


def test_a_session_carries_a_bulletin_once(office):
    office.slot(at=time(17))
    office.wish(airings=2)
    office.fill()
    with pytest.raises(CarriedTwice):
        move(office, "1", office.sessions()[1], 0)


def test_what_is_on_the_air_keeps_its_order(evening):
    session = evening.sessions()[0]
    evening.clock.at = evening.at(17)
    with pytest.raises(SessionBegun):
        move(evening, "c", session, 0)


def test_another_stations_lines_and_sessions_are_not_found(evening, other_station):
    foreign = make_session(evening.db, other_station, evening.at(17))
    desk = evening.desk()
    with pytest.raises(NotFound):
        get_session(desk, foreign.id)
    with pytest.raises(NotFound):
        get_line(desk, "không có")
