"""An emergency in the browser: confirmed by typing, on the air, approved after."""

from broadcast.people.rules import Role
from broadcast.timetable.models import Emergency


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
    row = office.only(Emergency)
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
    row = office.only(Emergency)
    answer = desk_page(f"khan-cap/{row.id}/duyet", Role.APPROVER, data={"seen": "khác"})
    assert answer.status_code == 409
