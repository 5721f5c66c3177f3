"""Wishes, silent days, holidays and the year's plan in the browser."""

from datetime import date, time

from broadcast.timetable.models import ClosureRow, HolidayRow, WishRow


def test_a_bulletin_is_queued_and_the_page_says_when_it_is_heard(office, desk_page):
    office.slot(at=time(17))
    bulletin = office.approved()
    assert 'value="3"' in desk_page(f"xep/{bulletin.id}").text
    data = {
        "airings": "2",
        "from_day": "2026-11-23",
        "last_day": "2026-11-29",
        "priority": "normal",
        "spacing_minutes": "0",
        "place": "0",
    }
    answer = desk_page(f"xep/{bulletin.id}", data=data, follow_redirects=True)
    assert "17:00" in answer.text
    assert "Lượt 2/2" in answer.text
    wish = office.only(WishRow)
    assert (wish.until_day, wish.pin_position) == (date(2026, 11, 30), 0)
    assert desk_page(f"hang-doi/{wish.id}/rut", data={}).status_code == 200
    assert office.lines() == []
    assert desk_page(f"hang-doi/{wish.id}/tra-lai", data={}).status_code == 302
    assert len(office.lines()) == 2


def test_a_wrong_wish_comes_back_with_what_was_typed(office, desk_page):
    bulletin = office.approved()
    data = {"airings": "7", "from_day": "2026-11-29", "last_day": "2026-11-23"}
    answer = desk_page(f"xep/{bulletin.id}", data=data)
    assert answer.status_code == 422
    assert 'value="7"' in answer.text
    assert "Ngày cuối phải từ ngày đầu" in answer.text


def test_silence_and_holidays_are_written_and_taken_back(office, desk_page):
    data = {"kind": "exam", "from_day": "2026-11-24", "last_day": "2026-11-24", "reason": "Kỳ thi"}
    assert desk_page("ngung-phat", data=data).status_code == 302
    row = office.only(ClosureRow)
    assert row.until_day == date(2026, 11, 25)
    assert "Kỳ thi" in desk_page("ngung-phat").text
    assert desk_page(f"ngung-phat/{row.id}/bo", data={}).status_code == 302
    wrong = desk_page("ngung-phat", data=data | {"last_day": "2026-11-20"})
    assert (wrong.status_code, office.db.query(ClosureRow).count()) == (422, 0)
    assert desk_page("ngay-le", data={"day": "2026-12-01", "name": "Hội làng"}).status_code == 302
    assert "Hội làng" in desk_page("ngung-phat").text
    assert desk_page("ngay-le/2026-12-01/bo", data={"deed": "forget"}).status_code == 302
    assert desk_page("ngay-le/2026-11-24/bo", data={"deed": "take_out"}).status_code == 302
    assert [row.name for row in office.db.query(HolidayRow)] == [""]
    assert desk_page("ngay-le/x/bo", data={}).status_code == 404
    assert desk_page("ngay-le", data={"day": ""}).status_code == 422


def test_the_years_plan_is_saved_and_letters_come_back(office, desk_page):
    field = f"topic-topic-cds-{office.station.code}"
    assert desk_page("nam/2026", data={field: "24"}).status_code == 302
    assert 'value="24"' in desk_page("nam").text
    answer = desk_page("nam/2026", data={field: "nhiều"})
    assert answer.status_code == 422
    assert 'value="nhiều"' in answer.text
    assert desk_page("nam?nam=x").status_code == 404
