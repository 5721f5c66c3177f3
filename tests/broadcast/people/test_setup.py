"""The first visit: a link that opens once, and a station that can work at once."""

import pytest
from sqlalchemy import func, select

from broadcast.bulletins.models import Topic
from broadcast.people.forms import slug
from broadcast.people.models import User
from broadcast.people.rules import Role
from broadcast.people.setup import (
    FirstAccount,
    NewStation,
    SetupLinkUsed,
    TimeZoneUnknown,
    is_set_up,
    new_setup_link,
    set_up,
)
from broadcast.stations.models import CountingRuleVersion, Station, UnitName, Zone

NEW = NewStation("ngoc-ky", "Đài truyền thanh xã Ngọc Kỳ", "xã Ngọc Kỳ")
FIRST = FirstAccount("hanh.vh", "Cán bộ Hạnh", "một mật khẩu đủ dài")
FORM = {
    "station_name": NEW.name,
    "commune_name": NEW.commune_name,
    "time_zone": "Asia/Ho_Chi_Minh",
    "display_name": FIRST.display_name,
    "login": FIRST.login,
    "password": FIRST.password,
    "again": FIRST.password,
}


def test_a_link_founds_one_station_and_never_a_second(door, db):
    link = new_setup_link(door())
    user = set_up(door(), link, NEW, FIRST)
    assert user.role is Role.ADMINISTRATOR
    with pytest.raises(SetupLinkUsed):
        set_up(door(), link, NEW, FIRST)
    assert db.scalar(select(func.count()).select_from(Station)) == 1


def test_a_new_link_ends_the_earlier_one(door):
    first, second = new_setup_link(door()), new_setup_link(door())
    with pytest.raises(SetupLinkUsed):
        set_up(door(), first, NEW, FIRST)
    assert set_up(door(), second, NEW, FIRST)


def test_a_guessed_link_opens_nothing(door, app):
    new_setup_link(door())
    with pytest.raises(SetupLinkUsed):
        set_up(door(), "setup_guessed", NEW, FIRST)
    assert app.test_client().get("/bat-dau/setup_guessed").status_code == 404


def test_a_new_station_has_topics_a_zone_a_rule_and_its_name(door, db):
    set_up(door(), new_setup_link(door()), NEW, FIRST)
    assert db.scalars(select(Topic.code).order_by(Topic.hue)).all()[:2] == ["cchc", "chuyen-doi-so"]
    assert db.scalars(select(Zone.name)).all() == ["Toàn xã Ngọc Kỳ"]
    assert db.scalars(select(CountingRuleVersion.version)).all() == [1]
    assert db.scalars(select(UnitName.place_name)).all() == ["Ngọc Kỳ"]


def test_what_cannot_be_founded_leaves_the_link_good(door):
    link = new_setup_link(door())
    nowhere = NewStation("x", "Đài", "xã X", time_zone="Asia/Ngoc_Ky")
    with pytest.raises(TimeZoneUnknown):
        set_up(door(), link, nowhere, FIRST)
    assert set_up(door(), link, NEW, FIRST)


def test_a_deployment_knows_whether_it_has_a_station(door):
    before = door()
    assert not is_set_up(before)
    before.session.rollback()
    set_up(door(), new_setup_link(door()), NEW, FIRST)
    assert is_set_up(door())


def test_the_first_visit_in_the_browser_ends_at_the_door(app, door):
    link = new_setup_link(door())
    browser = app.test_client()
    assert "Cài đặt lần đầu" in browser.get(f"/bat-dau/{link}").text
    answer = browser.post(f"/bat-dau/{link}", data=FORM)
    assert answer.headers["Location"] == "/dang-nhap"
    assert browser.get(f"/bat-dau/{link}").status_code == 404
    opened = browser.post("/dang-nhap", data={"login": "hanh.vh", "password": FIRST.password})
    assert opened.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"login": "Có Dấu"}, "chữ thường không dấu"),
        ({"password": "ngắn"}, "ít nhất 10 ký tự"),
        ({"again": "khác hẳn lần trước"}, "chưa giống nhau"),
        ({"time_zone": "Mars/Olympus"}, "Không có múi giờ"),
        ({"station_name": ""}, "Cần điền"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(app, door, db, typed, said):
    link = new_setup_link(door())
    page = app.test_client().post(f"/bat-dau/{link}", data=FORM | typed).text
    assert said in page
    assert "Cán bộ Hạnh" in page
    assert FIRST.password not in page
    assert db.scalars(select(User)).all() == []


@pytest.mark.parametrize(
    ("name", "code"),
    [("xã Ngọc Kỳ", "xa-ngoc-ky"), ("Đặc khu Phú Quý", "dac-khu-phu-quy"), ("???", "dai")],
)
def test_the_code_of_a_station_has_no_accents(name, code):
    assert slug(name) == code
