"""The strip says what boxes say, never what the plan hopes."""

from datetime import timedelta

import pytest

from broadcast.boxes.rules import BoxState
from broadcast.console.boxes_now import list_boxes_now
from broadcast.console.on_air import on_air_now
from broadcast.people.rules import Role

PLAYING = {"title": "Lịch tiêm", "session": "s", "position_ms": 30_000, "duration_ms": 200_000}


@pytest.fixture
def desk(desk_as):
    return desk_as(Role.VIEWER)


def test_a_silent_commune_has_an_empty_strip(desk):
    strip = on_air_now(desk)
    assert (strip.title, strip.due, strip.next_name, strip.next_at) == ("", "", "", None)


def test_what_most_boxes_play_is_on_the_air_until_it_ends(desk, put, clock):
    put.box("A", playing=PLAYING)
    put.box("B", playing=PLAYING)
    put.box("C", playing=PLAYING | {"title": "Khác"})
    strip = on_air_now(desk)
    assert (strip.title, strip.boxes) == ("Lịch tiêm", 3)
    assert strip.ends_at == clock() - timedelta(seconds=10) + timedelta(seconds=170)


def test_an_end_that_has_passed_is_not_shown(desk, put):
    put.box("A", seconds_ago=80, playing=PLAYING | {"position_ms": 190_000})
    strip = on_air_now(desk)
    assert strip.title == "Lịch tiêm"
    assert strip.ends_at is None


def test_a_box_that_fell_silent_no_longer_counts_as_playing(desk, put):
    put.box("A", seconds_ago=400, playing=PLAYING)
    assert on_air_now(desk).title == ""


def test_a_session_that_should_be_heard_and_is_not_is_named_as_due(desk, put):
    put.item_in(put.session("Buổi sáng", minutes=-5))
    put.box("A")
    strip = on_air_now(desk)
    assert (strip.title, strip.due) == ("", "Buổi sáng")


def test_a_session_with_nothing_left_to_say_is_silent_rightly(desk, put, clock):
    put.session("Trống", minutes=-5)
    put.item_in(put.session("Đã hết", minutes=-20), minutes=-20)
    put.item_in(put.session("Bỏ hết", minutes=-5), dropped_at=clock())
    put.box("A")
    assert on_air_now(desk).due == ""


def test_the_next_session_is_the_next_that_was_not_cancelled(desk, put, clock):
    put.session("Bỏ", minutes=10, cancelled_at=clock())
    put.session("Buổi trưa", minutes=60)
    put.session("Buổi chiều", minutes=300)
    strip = on_air_now(desk)
    assert (strip.next_name, strip.next_at) == ("Buổi trưa", clock() + timedelta(minutes=60))


def test_an_emergency_is_told_on_every_page_until_it_is_ended(desk, put, clock, db, signed_in):
    row = put.emergency("Xả lũ")
    assert on_air_now(desk).alarm == "Xả lũ"
    desk.session.rollback()
    browser = signed_in(Role.VIEWER)
    assert "Đang phát khẩn cấp: Xả lũ" in browser.get("/cai-dat").text
    assert browser.get("/").text.count("Đang phát khẩn cấp: Xả lũ") == 1
    row.ended_at = clock()
    db.commit()
    assert on_air_now(desk).alarm == ""


def test_an_emergency_whose_time_is_up_is_over(desk, put, clock):
    put.emergency("Xả lũ")
    desk.now = clock.move(hours=3)
    assert on_air_now(desk).alarm == ""


def test_nothing_of_another_station_is_heard_here(desk, put, other_station):
    put.box("A", playing=PLAYING, of=other_station)
    put.session("Xa", minutes=-5, of=other_station)
    put.session("Xa", minutes=5, of=other_station)
    assert on_air_now(desk) == type(on_air_now(desk))()


def test_boxes_in_trouble_stand_first_with_their_reason_and_since_when(desk, put, clock):
    put.box("A tốt")
    put.box("B mất", seconds_ago=3600)
    put.box("C lỗi", faults=[{"code": "player", "message": "Không mở được cổng âm thanh"}])
    put.box("D mới", seconds_ago=None)
    put.box("E chậm", seconds_ago=120)
    found = {box.name: box for box in list_boxes_now(desk)}
    assert list(found) == ["B mất", "C lỗi", "A tốt", "D mới", "E chậm"]
    assert found["B mất"].since == clock() - timedelta(hours=1)
    assert found["C lỗi"].reason == "Không mở được cổng âm thanh"
    assert found["A tốt"].since == clock() - timedelta(hours=2)
    assert found["D mới"].state is BoxState.NEVER_SEEN
    assert found["E chậm"].state is BoxState.LATE


@pytest.mark.parametrize("told", [{}, {"title": None}, {"title": "x", "duration_ms": "long"}])
def test_a_heartbeat_of_nonsense_breaks_nothing(desk, put, told):
    put.box("A", playing=told)
    assert on_air_now(desk).ends_at is None
