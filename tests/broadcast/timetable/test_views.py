"""The pages of the timetable, as a browser meets them."""

from datetime import date, time

import pytest

from broadcast.people.rules import Role
from broadcast.stations.models import RegulationRow
from broadcast.timetable.feed import renew_feed_key
from broadcast.timetable.models import (
    ClosureRow,
    Emergency,
    HolidayRow,
    OccurrenceChangeRow,
    SlotRow,
    WishRow,
)
from tests.factories.sessions import make_session
from tests.factories.timetable import make_slot

READ = (
    "",
    "in",
    "hang-doi",
    "khung-gio",
    "ngung-phat",
    "nam",
    "lich-ngoai",
    "khan-cap",
    "khan-cap/tinh-hinh",
)
SLOT = {
    "name": "Buổi trưa",
    "local_time": "11:00",
    "planned_minutes": "15",
    "longest_minutes": "20",
    "frequency": "weekly",
    "weekdays": ["0", "4"],
    "interval": "2",
    "valid_from": "2026-11-23",
    "last_day": "2027-06-30",
    "signature_tune": "trua",
    "volume_percent": "80",
    "lock_minutes": "10",
    "opening_words": "Đây là {ten_dai}",
    "relays-0-name": "VOV1",
    "relays-0-stream": "https://vov.example/1",
    "relays-0-offset_minutes": "5",
    "relays-0-minutes": "10",
}


@pytest.fixture
def desk_page(office, signed_in):
    """`desk_page("hang-doi")` is the page as an operator sees it; with `data` it is sent."""

    def open_page(path, role=Role.OPERATOR, **more):
        office.let_go()
        client = signed_in(role)
        office.let_go()
        address = f"/lich-phat/{path}"
        if "data" in more:
            return client.post(address, **more)
        return client.get(address, **more)

    return open_page


def one(office, model):
    row = office.db.query(model).populate_existing().one()
    office.db.commit()
    return row


@pytest.mark.parametrize("path", READ)
def test_every_page_teaches_the_next_step_while_nothing_is_there(desk_page, path):
    answer = desk_page(path)
    assert answer.status_code == 200
    assert "style=" not in answer.text
    assert "onclick" not in answer.text


@pytest.mark.parametrize("path", READ)
def test_every_page_is_readable_for_who_may_only_look(office, desk_page, path):
    office.slot(at=time(17))
    office.wish(airings=2)
    office.fill()
    answer = desk_page(path, Role.VIEWER)
    assert answer.status_code == 200
    assert "Cất đi" not in answer.text
    assert "Phát ngay" not in answer.text


@pytest.mark.parametrize(
    "path", ["khung-gio/them", "khung-gio/x", "xep/x"], ids=["add", "edit", "queue"]
)
def test_who_may_not_schedule_is_refused(desk_page, path):
    assert desk_page(path, Role.VIEWER).status_code == 403
    assert desk_page(path, Role.VIEWER, data={}).status_code == 403


def test_nobody_reads_the_calendar_without_signing_in(app):
    assert app.test_client().get("/lich-phat/").status_code == 302


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

    def send(**data):
        version = office.fresh(session).row_version
        return desk_page(f"buoi/{session.id}/doi", data={"row_version": version} | data)

    assert send(kind="moved", to_time="18:30").status_code == 302
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
    data = {"kind": "moved", "to_time": "06:15", "row_version": session.row_version}
    answer = desk_page(f"buoi/{session.id}/doi", data=data)
    assert answer.status_code == 422
    assert "06:15" in answer.text
    assert "Giờ mới đã qua" in answer.text
    assert office.db.query(OccurrenceChangeRow).count() == 0


def test_a_slot_is_added_with_everything_the_form_asks(office, desk_page):
    assert desk_page("khung-gio/them").status_code == 200
    assert desk_page("khung-gio/them", data=SLOT).status_code == 302
    row = one(office, SlotRow)
    assert row.recurrence["weekdays"] == [0, 4]
    assert (row.recurrence["interval"], row.valid_until) == (2, date(2027, 7, 1))
    assert row.relays[0]["offset_ms"] == 300_000
    assert len(row.relays) == 1
    assert "2 tuần một lần vào thứ Hai, thứ Sáu" in desk_page("khung-gio").text
    assert len(office.sessions()) > 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"weekdays": []}, "ít nhất một thứ"),
        ({"planned_minutes": "chín"}, "không hợp lệ|Not a valid"),
        ({"longest_minutes": "10"}, "không quá thời lượng tối đa"),
        ({"frequency": "monthly", "month_days": "1, 45"}, "45"),
        ({"relays-0-stream": "ftp://x"}, "http"),
        ({"local_time": ""}, "Hãy chọn giờ"),
    ],
    ids=["no weekday", "letters", "too short", "no such day", "no stream", "no time"],
)
def test_a_wrong_slot_comes_back_with_what_was_typed(office, desk_page, wrong, said):
    answer = desk_page("khung-gio/them", data=SLOT | wrong)
    assert answer.status_code == 422
    assert any(words in answer.text for words in said.split("|"))
    assert "Buổi trưa" in answer.text
    assert "Đây là {ten_dai}" in answer.text
    assert office.db.query(SlotRow).count() == 0


def test_outside_the_regulation_the_form_asks_for_a_reason(office, desk_page):
    office.keep(
        RegulationRow(
            id="quy chế",
            station_id=office.station.id,
            valid_from=date(2026, 1, 1),
            decision_number="78/QĐ-UBND",
            created_at=office.clock(),
            hours=[{"weekdays": [], "from": "05:30", "to": "10:00", "zones": None}],
        )
    )
    answer = desk_page("khung-gio/them", data=SLOT)
    assert answer.status_code == 422
    assert "78/QĐ-UBND" in answer.text
    again = desk_page("khung-gio/them", data=SLOT | {"quiet_reason": "Mùa gặt"})
    assert again.status_code == 302


def test_a_slot_is_edited_from_a_day_on_archived_and_undone(office, desk_page):
    row = office.slot(at=time(17))
    assert desk_page(f"khung-gio/{row.id}").status_code == 200
    data = SLOT | {"row_version": "1", "frequency": "daily", "interval": "1", "weekdays": []}
    assert desk_page(f"khung-gio/{row.id}", data=data).status_code == 302
    assert office.fresh(row).name == "Buổi trưa"
    stale = desk_page(f"khung-gio/{row.id}", data=data | {"name": "Đến sau"})
    assert stale.status_code == 422
    assert "Đến sau" in stale.text
    assert desk_page(f"khung-gio/{row.id}/hoan-tac", data={}).status_code == 302
    assert office.fresh(row).local_time == time(17)
    version = str(row.row_version)
    split = data | {"row_version": version, "apply_from": "2026-11-26"}
    assert desk_page(f"khung-gio/{row.id}", data=split).status_code == 302
    assert office.fresh(row).valid_until == date(2026, 11, 26)
    assert desk_page(f"khung-gio/{row.id}/cat", data={}).status_code == 302
    assert office.fresh(row).archived_at is not None
    assert desk_page(f"khung-gio/{row.id}/cat", data={"archived": "no"}).status_code == 302
    assert office.fresh(row).archived_at is None


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
    wish = one(office, WishRow)
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
    row = one(office, ClosureRow)
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


def test_the_feed_needs_its_key_and_no_sign_in(office, app, desk_page):
    office.slot(at=time(17))
    office.fill()
    key = renew_feed_key(office.desk())
    office.let_go()
    stranger = app.test_client()
    answer = stranger.get(f"/lich-phat/lich/{key}.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.text.startswith("BEGIN:VCALENDAR\r\n")
    assert stranger.get("/lich-phat/lich/lich_doan-mo.ics").status_code == 404
    assert key in desk_page("lich-ngoai").text
    assert desk_page("lich-ngoai", data={}).status_code == 302
    assert stranger.get(f"/lich-phat/lich/{key}.ics").status_code == 404


def test_an_emergency_is_confirmed_by_typing_and_ended(office, desk_page):
    data = {
        "text": "Nước đang lên.",
        "repeat_minutes": "10",
        "last_minutes": "60",
        "bulletin_id": "",
    }
    refused = desk_page("khan-cap", data=data | {"word": "phá"})
    assert refused.status_code == 422
    assert "Nước đang lên." in refused.text
    assert office.db.query(Emergency).count() == 0
    assert desk_page("khan-cap", data=data | {"word": "phat"}).status_code == 302
    row = one(office, Emergency)
    assert "Máy đang đọc" in desk_page("khan-cap").text
    assert desk_page(f"khan-cap/{row.id}/ket-thuc", data={}).status_code == 302
    assert office.fresh(row).ended_at is not None
    assert desk_page("khan-cap", data={"word": "PHÁT"}).status_code == 422


def test_an_emergency_of_a_ready_bulletin_is_on_the_air_and_approved_after(office, desk_page):
    bulletin = office.approved()
    data = {
        "text": "",
        "bulletin_id": bulletin.id,
        "repeat_minutes": "",
        "last_minutes": "30",
        "word": "PHÁT",
    }
    assert desk_page("khan-cap", data=data).status_code == 302
    page = desk_page("khan-cap/tinh-hinh")
    assert "Đang trên sóng" in page.text
    row = one(office, Emergency)
    answer = desk_page(f"khan-cap/{row.id}/duyet", Role.APPROVER, data={"seen": "khác"})
    assert answer.status_code == 409


def test_what_belongs_to_another_station_is_not_found(office, desk_page, other_station):
    slot = make_slot(office.db, office.clock, other_station)
    session = make_session(office.db, other_station, office.at(17))
    assert desk_page(f"khung-gio/{slot.id}").status_code == 404
    assert desk_page(f"khung-gio/{slot.id}/cat", data={}).status_code == 404
    assert desk_page(f"buoi/{session.id}").status_code == 404
    assert desk_page("bao-gio/x").status_code == 404
    assert desk_page("hang-doi/x/rut", data={}).status_code == 404
    assert desk_page("ngung-phat/x/bo", data={}).status_code == 404
    assert desk_page("khan-cap/x/ket-thuc", data={}).status_code == 404
