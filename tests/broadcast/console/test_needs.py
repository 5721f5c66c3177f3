"""What needs me: only what I may act on, each once, gone when it is done."""

from datetime import timedelta

import pytest

from broadcast.bulletins.rules import BulletinState
from broadcast.console.needs import MOST, list_needs
from broadcast.people.rules import Role


def needs_of(desk):
    found = list_needs(desk)
    desk.session.rollback()
    return found


def kinds(desk):
    return [need.kind for need in needs_of(desk)]


def test_a_quiet_day_needs_nobody(desk_as):
    assert needs_of(desk_as(Role.ADMINISTRATOR)) == []


def test_what_waits_for_approval_needs_those_who_approve(desk_as, put):
    put.bulletin("Lịch tiêm", BulletinState.WAITING)
    (need,) = needs_of(desk_as(Role.APPROVER))
    assert (need.kind, need.title, need.detail) == ("to_approve", "Lịch tiêm", "Cán bộ Hạnh")
    assert kinds(desk_as(Role.OPERATOR)) == []
    assert kinds(desk_as(Role.VIEWER)) == []


def test_what_came_back_needs_its_writers_and_says_why(desk_as, put):
    put.returned("Lịch tiêm", "thiếu ngày")
    (need,) = needs_of(desk_as(Role.OPERATOR))
    assert (need.kind, need.detail) == ("returned", "thiếu ngày")


def test_audio_that_failed_needs_somebody_until_it_is_tried_again(desk_as, put):
    row = put.bulletin("Lịch tiêm")
    put.render_job(row, "failed", "Máy chủ giọng đọc không trả lời.")
    (need,) = needs_of(desk_as(Role.OPERATOR))
    assert (need.kind, need.detail) == ("not_rendered", "Máy chủ giọng đọc không trả lời.")


def test_audio_that_is_being_made_again_needs_nobody(desk_as, put):
    row = put.bulletin("Lịch tiêm")
    put.render_job(row, "failed", "x")
    put.render_job(row, "running")
    assert kinds(desk_as(Role.OPERATOR)) == []


def test_a_wish_the_timetable_could_not_meet_says_why(desk_as, put):
    put.wish(put.bulletin("Rầy nâu", BulletinState.APPROVED), unmet="Buổi chiều đã đầy.")
    (need,) = needs_of(desk_as(Role.OPERATOR))
    assert (need.kind, need.detail) == ("unmet", "Buổi chiều đã đầy.")


def test_what_ends_within_three_days_is_told_with_its_last_day(desk_as, put):
    put.wish(put.bulletin("Sắp hết", BulletinState.APPROVED), until=put.today + timedelta(days=2))
    put.wish(put.bulletin("Còn lâu", BulletinState.APPROVED))
    (need,) = needs_of(desk_as(Role.OPERATOR))
    assert (need.kind, need.detail) == ("expiring", "24/11/2026")


@pytest.mark.parametrize("over", ["closed", "ended", "withdrawn"])
def test_a_wish_that_is_over_needs_nobody(desk_as, put, clock, over):
    state = BulletinState.WITHDRAWN if over == "withdrawn" else BulletinState.APPROVED
    put.wish(
        put.bulletin("Cũ", state),
        until=put.today if over == "ended" else put.today + timedelta(days=1),
        unmet="x",
        closed_at=clock() if over == "closed" else None,
    )
    assert kinds(desk_as(Role.OPERATOR)) == []


def test_a_lost_box_needs_those_who_broadcast_and_comes_first(desk_as, put):
    put.bulletin("Lịch tiêm", BulletinState.WAITING)
    put.box("Cụm mất", seconds_ago=3600)
    put.box("Cụm chậm", seconds_ago=120)
    assert kinds(desk_as(Role.APPROVER)) == ["box_lost", "to_approve"]
    assert kinds(desk_as(Role.VIEWER)) == []


def test_archived_work_needs_nobody(desk_as, put, clock):
    put.bulletin("Cất", BulletinState.WAITING, archived_at=clock())
    put.bulletin("Cất", BulletinState.RETURNED, archived_at=clock())
    assert kinds(desk_as(Role.ADMINISTRATOR)) == []


def test_work_of_another_station_needs_nobody_here(desk_as, put, other_station):
    put.bulletin("Xa", BulletinState.WAITING, of=other_station)
    put.bulletin("Xa", BulletinState.RETURNED, of=other_station)
    put.box("Xa", seconds_ago=9999, of=other_station)
    assert kinds(desk_as(Role.ADMINISTRATOR)) == []


def test_the_list_ends_where_the_screen_does(desk_as, put):
    for number in range(MOST + 3):
        put.bulletin(f"Tin {number}", BulletinState.WAITING)
    assert len(needs_of(desk_as(Role.APPROVER))) == MOST
