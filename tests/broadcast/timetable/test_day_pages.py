"""The day as a page, and what stands in the week where no session is."""

from datetime import date, time

import pytest

from broadcast.errors import NotFound
from broadcast.people.rules import Role
from broadcast.timetable.day import read_day
from broadcast.timetable.models import ClosureRow, HolidayRow
from broadcast.timetable.week import read_week
from scheduler.timetable.absence import Cause

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


def test_a_day_has_its_sessions_at_their_hour_with_items_to_the_second(office, desk_page):
    office.slot(at=time(17))
    office.wish(office.approved(minutes=1))
    office.fill()
    page = desk_page("ngay/2026-11-23").text
    assert "17:00:00" in page
    assert "1:00 trên 15:00" in page
    [hour] = [one for one in read_day(office.desk(), MONDAY).hours if not one.is_empty]
    assert hour.hour == 17


def test_sets_of_zones_stand_beside_each_other_and_one_zone_can_be_asked_for(office):
    east, west = office.zone("Đông"), office.zone("Tây")
    office.slot("dong", at=time(9), zone_ids=[east.id])
    office.slot("chung", at=time(17))
    office.fill()
    desk = office.desk()
    assert read_day(desk, MONDAY).columns == ["toàn xã", "Thôn Đông"]
    heard = read_day(desk, MONDAY, west.id)
    assert [sheet.card.row.name for sheet in heard.sheets] == ["Buổi chung"]
    with pytest.raises(NotFound):
        read_day(desk, MONDAY, "khu lạ")


def test_a_session_at_night_makes_the_day_longer(office):
    office.slot(at=time(23))
    office.fill()
    hours = [one.hour for one in read_day(office.desk(), MONDAY).hours]
    assert (hours[0], hours[-1]) == (4, 23)


@pytest.mark.parametrize("day", ["2026-13-40", "x", "9999-12-31"])
def test_a_day_that_does_not_exist_has_no_page(desk_page, day):
    assert desk_page(f"ngay/{day}").status_code == 404


def test_who_may_only_look_has_nothing_to_carry(office, desk_page):
    office.slot(at=time(17))
    office.fill()
    session = office.sessions()[0]
    for path in ("", "ngay/2026-11-23"):
        page = desk_page(path, Role.VIEWER).text
        assert "data-block" not in page
        assert "data-grip" not in page
    assert desk_page(f"buoi/{session.id}/doi-gio", Role.VIEWER).status_code == 403


def test_a_whole_week_of_holidays_still_shows_the_slot_and_says_why(office):
    office.slot(at=time(17), skip_holidays=True)
    for number in range(7):
        day = date(2026, 11, 23 + number)
        office.keep(
            HolidayRow(
                id=f"tết {number}",
                station_id=office.station.id,
                day=day,
                name="Tết Nguyên đán",
                created_at=office.clock(),
            )
        )
    office.fill()
    [row] = read_week(office.desk(), MONDAY).rows
    assert {cell.absence.sentence for cell in row.cells} == {"Nghỉ: Tết Nguyên đán"}


def test_a_skipped_session_says_so_in_its_cell_and_is_taken_back_there(office, desk_page):
    row = office.slot(at=time(17))
    office.fill()
    session = office.sessions()[0]
    office.change(row, kind="cancelled", reason="mất điện")
    office.fill()
    cell = read_week(office.desk(), MONDAY).rows[0].cells[0]
    assert (cell.cards, cell.skipped) == ([], session.id)
    assert cell.absence.sentence == "Bỏ buổi này (mất điện)"
    answer = desk_page(f"buoi/{session.id}/hoan-tac", data={"back": "week"})
    assert answer.location.endswith("/lich-phat/?ngay=2026-11-23")
    assert office.fresh(session).cancelled_at is None


def test_a_closure_is_told_in_the_cell_on_the_day_and_as_the_sessions_reason(office, desk_page):
    office.slot(at=time(17))
    office.fill()
    office.keep(
        ClosureRow(
            id="tang",
            station_id=office.station.id,
            from_day=FRIDAY,
            until_day=date(2026, 11, 28),
            reason="Quốc tang",
            created_at=office.clock(),
        )
    )
    office.fill()
    cell = read_week(office.desk(), MONDAY).rows[0].cells[4]
    assert (cell.absence.cause, cell.absence.sentence) == (Cause.CLOSED, "Ngừng phát: Quốc tang")
    assert "Ngừng phát: Quốc tang" in desk_page("ngay/2026-11-27").text


def test_the_question_answers_as_a_page_and_as_a_piece(office, desk_page):
    office.slot(at=time(17))
    office.fill()
    session = office.sessions()[0]
    where = f"buoi/{session.id}/doi-gio?ngay=2026-11-27&gio=17:05"
    page = desk_page(where).text
    assert "<html" in page
    assert "Trùng với Buổi chieu 17:00–17:15" in page
    piece = desk_page(where, headers={"HX-Request": "true"}).text
    assert piece.lstrip().startswith('<div id="move-question">')
    assert 'value="2026-11-27"' in piece


def test_a_piece_is_told_where_to_go_and_the_calendar_offers_to_take_it_back(office, desk_page):
    office.slot(at=time(17))
    office.fill()
    session = office.sessions()[0]
    data = {"to_day": "2026-11-23", "to_time": "18:00", "scope": "one", "back": "day"}
    data["row_version"] = session.row_version
    answer = desk_page(f"buoi/{session.id}/doi-gio", data=data, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    there = answer.headers["HX-Redirect"].removeprefix("/lich-phat/")
    assert there == f"ngay/2026-11-23?vua-doi={session.id}"
    assert "vừa được dời riêng" in desk_page(there).text
    assert desk_page(f"buoi/{session.id}/hoan-tac", data={"back": "day"}).status_code == 302
    assert "vừa được dời riêng" not in desk_page(there).text


def test_a_line_that_not_all_zones_hear_says_who_hears_it(office, desk_page):
    east = office.zone("dong")
    office.zone("tay")
    office.slot(at=time(17))
    office.wish(zone_ids=[east.id])
    office.fill()
    said = f"chỉ {east.name} nghe"
    session = office.sessions()[0]
    assert said in desk_page(f"buoi/{session.id}").text
    assert said in desk_page("ngay/2026-11-23").text
    assert desk_page("ngay/2026-11-23").text.count("nghe</small>") == 1
