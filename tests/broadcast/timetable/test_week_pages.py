"""The week and one session, as a browser meets them."""

from datetime import date, time

import pytest

from broadcast.timetable.models import OccurrenceChangeRow


@pytest.mark.parametrize("day", ["2026-13-40", "x", "9999-12-31"])
def test_a_day_that_does_not_exist_is_not_found(desk_page, day):
    assert desk_page(f"?ngay={day}").status_code == 404


def test_the_week_shows_sessions_and_their_items(office, desk_page):
    office.slot(at=time(17))
    office.wish(airings=2)
    office.fill()
    page = desk_page("").text
    assert "2:00/15:00" in page
    assert "Tin 1" in page
    assert "Tin 1" in desk_page("in").text


def test_what_does_not_go_together_is_said_with_what_can_be_done(office, desk_page):
    office.slot("sớm", at=time(17))
    office.slot("muộn", at=time(17, 10))
    office.fill()
    page = desk_page("").text
    assert "trùng nhau" in page
    assert "Dời giờ một buổi" in page


def test_a_session_shows_its_order_and_lets_it_be_changed(office, desk_page):
    office.slot(at=time(17))
    for code in "ab":
        office.wish(office.approved(code), until_day=date(2026, 11, 24))
    office.fill()
    session, lines = office.sessions()[0], office.lines()
    page = desk_page(f"buoi/{session.id}").text
    assert "17:02:00" in page
    assert "Lượt 1/1" in page
    data = {"line": lines[1].id, "position": "0", "row_version": session.row_version}
    assert desk_page(f"buoi/{session.id}/thu-tu", data=data).status_code == 302
    assert [line.id for line in office.lines()] == [lines[1].id, lines[0].id]
    told = desk_page(f"buoi/{session.id}/thu-tu", data=data)
    assert told.status_code == 409
    assert "Có người vừa sửa" in told.text
    assert desk_page(f"buoi/{session.id}/tha", data={"line": lines[1].id}).status_code == 302
    assert not office.line(lines[1].id).manual


def test_an_item_is_carried_into_another_session(office, desk_page):
    office.slot(at=time(17))
    office.wish(airings=1)
    office.fill()
    tomorrow, line = office.sessions()[1], office.lines()[0]
    data = {"line": line.id, "to_session": tomorrow.id}
    assert desk_page("chuyen-tin", data=data).status_code == 302
    assert office.line(line.id).session_id == tomorrow.id


def test_one_session_is_moved_lengthened_cancelled_and_undone(office, desk_page):
    office.slot(at=time(17))
    office.fill()
    session = office.sessions()[0]

    def send(deed="doi", **data):
        version = office.fresh(session).row_version
        return desk_page(f"buoi/{session.id}/{deed}", data={"row_version": version} | data)

    assert send("doi-gio", to_day="2026-11-23", to_time="18:30", scope="one").status_code == 302
    assert office.fresh(session).starts_at == office.at(18, 30)
    assert send(kind="lengthened", planned_minutes="30").status_code == 302
    assert office.fresh(session).ends_at == office.at(19)
    assert send(kind="cancelled", reason="Mất điện").status_code == 302
    assert office.fresh(session).cancel_reason == "Mất điện"
    assert "Mất điện" in desk_page(f"buoi/{session.id}").text
    assert desk_page(f"buoi/{session.id}/hoan-tac", data={}).status_code == 302
    assert office.fresh(session).starts_at == office.at(17)


def test_a_move_into_the_past_comes_back_with_what_was_typed(office, desk_page):
    office.slot(at=time(17))
    office.fill()
    session = office.sessions()[0]
    data = {"to_day": "2026-11-23", "to_time": "06:15", "scope": "one"}
    data["row_version"] = session.row_version
    answer = desk_page(f"buoi/{session.id}/doi-gio", data=data)
    assert answer.status_code == 422
    assert "06:15" in answer.text
    assert "Giờ mới đã qua" in answer.text
    assert office.db.query(OccurrenceChangeRow).count() == 0
