"""The settings as an administrator and an onlooker meet them."""

import re

import pytest
from sqlalchemy import select

from broadcast.people.models import ApiKey
from broadcast.people.rules import Role
from broadcast.stations.models import RegulationRow, Station, UnitName, Zone

FORM = {
    "row_version": "1",
    "name": "Đài mới",
    "commune_name": "xã Ngọc Kỳ",
    "time_zone": "Asia/Ho_Chi_Minh",
    "speech_engine": "espeak",
    "speech_voice": "vi",
    "speech_speed_percent": "95",
    "loudness_lufs": "-16.0",
    "signature_tune": "sang",
    "opening_words": "Đây là {ten_dai}.",
    "closing_words": "",
    "region": "north",
    "thousand": "ngàn",
    "zero_tens": "",
    "four": "",
    "quarter_four": "tư",
    "letter_names": "",
    "list_markers": "",
    "document_numbers": "gọn",
}


@pytest.fixture
def admin(signed_in):
    return signed_in(Role.ADMINISTRATOR)


def test_the_settings_are_saved_and_shown_again(admin, db):
    assert admin.post("/cai-dat", data=FORM).status_code == 302
    db.expire_all()
    row = db.scalars(select(Station)).one()
    assert row.name == "Đài mới"
    assert row.reading_style == {
        "quarter_four": "tư",
        "region": "north",
        "thousand": "ngàn",
        "document_numbers": "gọn",
    }
    page = admin.get("/cai-dat").text
    assert re.search(r'<option selected value="ngàn">', page)


def test_a_conflict_keeps_what_was_typed(admin, db):
    admin.post("/cai-dat", data=FORM)
    page = admin.post("/cai-dat", data=FORM | {"name": "Tên của người đến sau"})
    assert page.status_code == 422
    assert "Có người vừa sửa" in page.text
    assert "Tên của người đến sau" in page.text
    assert db.scalars(select(Station.name)).one() == "Đài mới"


@pytest.mark.parametrize("version", ["", "x", "9" * 30, "-1"])
def test_a_version_of_nonsense_is_a_conflict_and_no_accident(admin, version):
    assert admin.post("/cai-dat", data=FORM | {"row_version": version}).status_code == 422


def test_a_number_outside_its_bounds_is_said_at_its_field(admin):
    page = admin.post("/cai-dat", data=FORM | {"speech_speed_percent": "500"})
    assert page.status_code == 422
    assert "Từ 70 đến 130" in page.text
    assert "Đài mới" in page.text


def test_an_onlooker_sees_and_cannot_press(signed_in):
    page = signed_in(Role.VIEWER).get("/cai-dat").text
    assert "Chỉ xem" in page
    assert '<fieldset class="whole" disabled' in page
    assert "Lưu cài đặt" not in page


def test_a_zone_is_added_changed_closed_and_reopened(admin, db):
    new = {"name": "Thôn Đồng", "kind": "hamlet", "parent_id": "", "sensitive": ""}
    assert admin.post("/cai-dat/khu-vuc", data=new).status_code == 302
    zone_id = db.scalars(select(Zone.id)).one()
    db.commit()
    assert "Thôn Đồng" in admin.get("/cai-dat/khu-vuc").text
    changed = admin.post(f"/cai-dat/khu-vuc/{zone_id}", data=new | {"name": "Thôn <i>Tâm</i>"})
    assert changed.status_code == 302
    assert "Thôn &lt;i&gt;Tâm&lt;/i&gt;" in admin.get("/cai-dat/khu-vuc").text
    admin.post(f"/cai-dat/khu-vuc/{zone_id}/dong")
    assert "Mở lại" in admin.get("/cai-dat/khu-vuc").text
    admin.post(f"/cai-dat/khu-vuc/{zone_id}/mo-lai")
    assert db.scalars(select(Zone.closed_at)).one() is None


def test_a_misplaced_zone_is_said_and_the_name_stays(admin, db, station):
    db.add(Zone(id="c", station_id=station.id, kind="cluster", name="Cụm"))
    db.commit()
    page = admin.post(
        "/cai-dat/khu-vuc",
        data={"name": "Thôn Gõ Dở", "kind": "hamlet", "parent_id": "c", "sensitive": ""},
    )
    assert page.status_code == 422
    assert "cụm loa nằm trong thôn" in page.text
    assert "Thôn Gõ Dở" in page.text


def test_a_decision_is_written_and_listed(admin, db):
    answer = admin.post(
        "/cai-dat/khung-gio",
        data={
            "decision_number": "15/QĐ-UBND",
            "decision_date": "2025-12-20",
            "valid_from": "2026-01-01",
            "weekdays": ["0", "1", "2", "3", "4"],
            "first_from": "05:00",
            "first_until": "07:00",
            "second_from": "16:30",
            "second_until": "18:30",
        },
    )
    assert answer.status_code == 302
    hours = db.scalars(select(RegulationRow.hours)).one()
    assert [(one["from"], one["to"], one["weekdays"]) for one in hours] == [
        ("05:00", "07:00", [0, 1, 2, 3, 4]),
        ("16:30", "18:30", [0, 1, 2, 3, 4]),
    ]
    assert "T2, T3, T4, T5, T6" in admin.get("/cai-dat/khung-gio").text


def test_a_decision_with_its_hours_reversed_comes_back_with_a_word(admin, db):
    page = admin.post(
        "/cai-dat/khung-gio",
        data={
            "decision_number": "15/QĐ-UBND",
            "valid_from": "2026-01-01",
            "first_from": "07:00",
            "first_until": "05:00",
        },
    )
    assert page.status_code == 422
    assert "giờ kết thúc sau giờ bắt đầu" in page.text
    assert db.scalars(select(RegulationRow)).all() == []


def test_names_are_written_and_offered_for_the_next_time(admin, db):
    admin.post(
        "/cai-dat/ten-don-vi",
        data={
            "valid_from": "2023-01-01",
            "issuing_body": "ỦY BAN NHÂN DÂN XÃ NGỌC KỲ",
            "place_name": "Ngọc Kỳ",
            "recipients": "Như trên\nLưu: VP",
        },
    )
    assert db.scalars(select(UnitName.recipients)).one() == ["Như trên", "Lưu: VP"]
    page = admin.get("/cai-dat/ten-don-vi").text
    assert 'value="Ngọc Kỳ"' in page
    assert "Như trên\nLưu: VP" in page


def test_a_key_is_shown_once_and_never_again(admin, db):
    page = admin.post("/cai-dat/khoa", data={"name": "Bảng CCHC"})
    secret = re.search(r"loa_report_[\w-]+", page.text).group()
    assert page.headers["Cache-Control"] == "no-store"
    assert secret not in admin.get("/cai-dat/khoa").text
    row = db.scalars(select(ApiKey)).one()
    assert secret not in row.key_hash
    db.commit()
    admin.post(f"/cai-dat/khoa/{row.id}/thu-hoi")
    db.refresh(row)
    assert row.revoked_at is not None
