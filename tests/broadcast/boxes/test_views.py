import re
from html import unescape

import pytest
from sqlalchemy import select

from broadcast.boxes.models import Box, BoxHealth, BoxToken
from broadcast.people.rules import Role
from tests.factories.boxes import make_box
from tests.factories.plays import sent_play

GET_PAGES = ("/cum-loa/", "/cum-loa/{box}")
POSTS = (
    "/cum-loa/",
    "/cum-loa/{box}",
    "/cum-loa/{box}/ma",
    "/cum-loa/{box}/ma/thu-hoi",
    "/cum-loa/{box}/duong-dan",
    "/cum-loa/{box}/duong-dan/thu-hoi",
    "/cum-loa/{box}/thao",
)


@pytest.fixture
def admin(signed_in):
    return signed_in(Role.ADMINISTRATOR)


def secret_of(page, prefix):
    return re.search(rf"{prefix}_[\w-]{{32}}", unescape(page.text)).group()


def test_the_list_says_how_each_box_is(db, clock, station, admin, ask, box):
    make_box(db, clock, station, "quiet")
    ask("POST", "heartbeat", json={"playing": {"title": "Tin sáng"}})
    text = admin.get("/cum-loa/").text
    assert "Đang phát" in text
    assert "Tin sáng" in text
    assert "Chưa báo tín hiệu" in text
    clock.move(minutes=6)
    assert "Mất kết nối" in admin.get("/cum-loa/").text


def test_an_empty_list_teaches_the_next_step(admin):
    assert "Thêm cụm loa đầu tiên" in admin.get("/cum-loa/").text


def test_a_clock_that_is_wrong_is_shown(admin, ask):
    ask("POST", "heartbeat", json={"clock": {"trusted": False, "offset_ms": -90_000}})
    assert "đồng hồ lệch" in admin.get("/cum-loa/").text


def test_a_fault_is_shown_in_the_boxs_own_words(admin, ask, box):
    ask("POST", "heartbeat", json={"faults": [{"code": "box.disk_full", "message": "Hết chỗ"}]})
    for path in ("/cum-loa/", f"/cum-loa/{box.id}"):
        assert "Hết chỗ" in admin.get(path).text


def test_a_token_is_shown_once_and_lets_the_box_in(db, admin, client):
    page = admin.post("/cum-loa/", data={"name": "Cụm mới", "zone": ""})
    token = secret_of(page, "b")
    assert page.headers["Cache-Control"] == "no-store"
    assert "data:image/svg+xml" in page.text
    assert "loa-box.pyz run" in page.text
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/box/v1/plan", headers=headers).status_code == 200
    box_id = db.scalar(select(Box.id))
    assert token not in admin.get(f"/cum-loa/{box_id}").text


def test_a_rotated_token_works_beside_the_old_one(admin, box, client, ask):
    token = secret_of(admin.post(f"/cum-loa/{box.id}/ma"), "b")
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/box/v1/plan", headers=headers).status_code == 200
    assert ask("GET", "plan").status_code == 200
    admin.post(f"/cum-loa/{box.id}/ma/thu-hoi")
    assert ask("GET", "plan").status_code == 401


def test_a_path_is_shown_once_and_can_be_revoked(admin, box, client):
    key = secret_of(admin.post(f"/cum-loa/{box.id}/duong-dan"), "p")
    assert client.get(f"/p/{key}/today.m3u").status_code == 200
    admin.post(f"/cum-loa/{box.id}/duong-dan/thu-hoi")
    assert client.get(f"/p/{key}/today.m3u").status_code == 404


def test_a_change_is_saved_and_a_wrong_one_is_said_at_the_field(db, admin, box):
    good = {"name": "Tên mới", "zone": "", "volume_percent": "60", "trim_ms": "-15"}
    answer = admin.post(f"/cum-loa/{box.id}", data=good, follow_redirects=True)
    assert "Đã lưu" in answer.text
    db.expire_all()
    kept = db.get(Box, box.id)
    assert (kept.name, kept.volume_percent, kept.trim_ms) == ("Tên mới", 60, -15)
    db.commit()
    wrong = admin.post(f"/cum-loa/{box.id}", data=good | {"volume_percent": "160"})
    assert "chỗ cần sửa" in wrong.text
    assert 'value="160"' in wrong.text


def test_the_page_of_a_box_tells_what_it_played(admin, ask, box, clock):
    row = sent_play(clock(), title="Lịch tiêm", reason="ended_early", outcome="partial")
    ask("POST", "plays", json={"boot": "b", "plays": [row]})
    text = admin.get(f"/cum-loa/{box.id}").text
    assert "Lịch tiêm" in text
    assert "tệp hết sớm" in text


def test_a_box_that_was_taken_down_leaves_the_list_and_keeps_its_page(admin, box):
    admin.post(f"/cum-loa/{box.id}/thao")
    assert box.name not in admin.get("/cum-loa/").text.partition("<h2>")[0]
    assert "Đã tắt" in admin.get(f"/cum-loa/{box.id}").text


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR, Role.APPROVER])
def test_only_administrators_change_boxes(db, signed_in, box, role, path):
    answer = signed_in(role).post(path.format(box=box.id), data={"name": "x", "zone": ""})
    assert answer.status_code == 403
    assert len(db.scalars(select(BoxToken)).all()) == 1


@pytest.mark.parametrize("path", GET_PAGES)
def test_who_only_looks_sees_the_boxes_and_no_buttons(signed_in, box, path):
    page = signed_in(Role.VIEWER).get(path.format(box=box.id))
    assert page.status_code == 200
    assert "Cấp mã mới" not in page.text
    assert "Thêm</button>" not in page.text


@pytest.mark.parametrize("path", GET_PAGES)
def test_nobody_else_sees_them(client, box, path):
    assert client.get(path.format(box=box.id)).status_code == 302


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_stations_box_is_not_there(db, clock, other_station, admin, method):
    theirs = make_box(db, clock, other_station, "9")
    data = {"name": "x", "zone": "", "volume_percent": "5", "trim_ms": "0"}
    answer = admin.open(f"/cum-loa/{theirs.id}", method=method, data=data)
    assert answer.status_code == 404
    for path in POSTS[2:]:
        assert admin.post(path.format(box=theirs.id)).status_code == 404


def test_a_name_cannot_bring_html_into_the_page(db, admin, box):
    box.name = "<script>alert(1)</script>"
    db.add(BoxHealth(box_id=box.id, station_id=box.station_id, seen_at=box.created_at, facts={}))
    db.commit()
    for path in GET_PAGES:
        assert "<script>alert" not in admin.get(path.format(box=box.id)).text
