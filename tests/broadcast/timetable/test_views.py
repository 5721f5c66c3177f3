"""Every page of the timetable: empty, for a viewer, refused, of another station."""

from datetime import time

import pytest

from broadcast.people.rules import Role
from broadcast.timetable.feed import renew_feed_key
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
