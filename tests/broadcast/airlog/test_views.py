from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from broadcast.airlog.days import reconcile_day
from broadcast.airlog.models import AiringRow, Incident, LogEntry, QuarantinedPlay
from broadcast.people.rules import Role
from tests.factories.boxes import make_box
from tests.factories.plays import sent_play

PAGES = ("/nhat-ky/", "/nhat-ky/so.xlsx", "/nhat-ky/su-co", "/nhat-ky/cach-ly")


@pytest.fixture
def operator(signed_in):
    return signed_in(Role.OPERATOR)


@pytest.fixture
def played(statuses, clock, desk_as, look):
    """One play of today in the book; answers its entry id."""

    def play(title="Tin sáng", **facts):
        statuses([sent_play(clock(), title=title, **facts)])
        clock.move(minutes=5)
        desk = desk_as(Role.OPERATOR)
        reconcile_day(desk, (clock() + timedelta(hours=7)).date())
        return look(select(LogEntry.id).order_by(LogEntry.id.desc()))[0]

    return play


def test_the_book_shows_the_day_with_its_chain_head(operator, played, look):
    played()
    text = operator.get("/nhat-ky/").text
    assert "Tin sáng" in text
    assert "Ngoài lịch" in text
    (head,) = look(select(LogEntry.row_hash))
    assert head in text
    assert "Đã nhận 1 trên 1 dòng" in text


def test_another_day_is_another_page(operator, played):
    played()
    text = operator.get("/nhat-ky/?ngay=2026-11-22").text
    assert "Tin sáng" not in text
    assert "Chưa có lượt phát nào" in text


@pytest.mark.parametrize("written", ["x", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_is_not_there(operator, written):
    assert operator.get(f"/nhat-ky/?ngay={written}").status_code == 404


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("ket_qua=unplanned", True),
        ("ket_qua=missed", False),
        ("ket_qua=nonsense", True),
        ("loai=relay", False),
        ("cum=box-1-ngoc-ky", True),
        ("cum=other", False),
    ],
)
def test_the_book_can_be_filtered(operator, played, query, shown):
    played()
    assert ("Tin sáng" in operator.get(f"/nhat-ky/?{query}").text) is shown


def test_the_book_comes_out_as_excel_and_titles_stay_text(operator, played):
    played("=1+1")
    answer = operator.get("/nhat-ky/so.xlsx?ngay=2026-11-23")
    assert 'filename="so-nhat-ky-2026-11-23.xlsx"' in answer.headers["Content-Disposition"]
    page = load_workbook(BytesIO(answer.data)).active
    rows = list(page.iter_rows(values_only=True))
    assert rows[2][0] == "STT"
    assert rows[3][1] == "08:00"
    assert rows[3][2] == "=1+1"
    assert page["C4"].data_type == "s"


def test_an_airing_leads_to_the_entries_it_rests_on(operator, played, look):
    entry_id = played()
    (key,) = look(select(AiringRow.key))
    text = operator.get(f"/nhat-ky/luot/{key}").text
    assert f"/nhat-ky/dong/{entry_id}" in text
    assert "Cụm 1" in text


def test_a_correction_is_a_new_row_with_name_and_reason(operator, played, look):
    entry_id = played()
    form = {"outcome": "partial", "seconds": "61.5", "reason": "Loa mất tiếng giữa chừng"}
    answer = operator.post(f"/nhat-ky/dong/{entry_id}", data=form, follow_redirects=True)
    assert "đính chính số 2" in answer.text
    assert "Loa mất tiếng giữa chừng" in answer.text
    assert look(select(LogEntry.played_ms).order_by(LogEntry.number)) == [120_000, 61_500]


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"seconds": "nhiều"}, {"seconds": "-1"}, {"outcome": "heard"}]
)
def test_a_wrong_correction_keeps_what_was_typed_and_adds_nothing(operator, played, look, wrong):
    entry_id = played()
    form = {"outcome": "missed", "seconds": "0", "reason": "Loa không kêu"} | wrong
    answer = operator.post(f"/nhat-ky/dong/{entry_id}", data=form)
    assert "chỗ cần sửa" in answer.text
    assert len(look(select(LogEntry.id))) == 1


def test_who_only_looks_may_not_correct(signed_in, played, look):
    entry_id = played()
    viewer = signed_in(Role.VIEWER)
    assert "Thêm đính chính" not in viewer.get(f"/nhat-ky/dong/{entry_id}").text
    form = {"outcome": "missed", "seconds": "0", "reason": "Loa không kêu"}
    assert viewer.post(f"/nhat-ky/dong/{entry_id}", data=form).status_code == 403
    assert len(look(select(LogEntry.id))) == 1


def test_an_incident_is_written_down_in_local_time_and_closed_with_a_reason(operator, look, box):
    form = {
        "kind": "foreign_content",
        "at": "2026-11-23T07:30",
        "box": box.id,
        "sentence": "Tiếng lạ",
    }
    assert "Đã ghi sự cố" in operator.post("/nhat-ky/su-co", data=form, follow_redirects=True).text
    (incident,) = look(select(Incident))
    assert incident.at.isoformat() == "2026-11-23T00:30:00+00:00"
    assert "Tiếng lạ" in operator.get("/nhat-ky/su-co").text
    path = f"/nhat-ky/su-co/{incident.id}/dong"
    assert operator.post(path, data={"reason": " "}).status_code == 422
    operator.post(path, data={"reason": "Đã thay bộ thu"})
    assert "Đã thay bộ thu" in operator.get("/nhat-ky/su-co").text


def test_a_quarantined_row_stays_in_sight_until_somebody_has_looked(
    operator, statuses, clock, look
):
    statuses([sent_play(clock(), outcome="<b>heard</b>")])
    text = operator.get("/nhat-ky/cach-ly").text
    assert "outcome" in text
    assert "<b>heard</b>" not in text
    (row_id,) = look(select(QuarantinedPlay.id))
    operator.post(f"/nhat-ky/cach-ly/{row_id}/da-xem")
    assert "Không có dòng nào" in operator.get("/nhat-ky/cach-ly").text
    assert len(look(select(QuarantinedPlay.id))) == 1


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_for_those_signed_in(app, signed_in, path):
    assert app.test_client().get(path).status_code == 302
    assert signed_in(Role.VIEWER).get(path).status_code == 200


def test_another_stations_log_is_not_there(db, clock, other_station, operator):
    theirs = make_box(db, clock, other_station, "9")
    db.add(
        AiringRow(
            key="theirs@1", station_id=other_station.id, local_day=clock().date(), outcome="aired"
        )
    )
    db.add(
        LogEntry(
            station_id=other_station.id,
            number=1,
            box_id=theirs.id,
            kind="bulletin",
            local_day=clock().date(),
            played_ms=0,
            planned_ms=0,
            outcome="missed",
            received_at=clock(),
            previous_hash="",
            row_hash="",
        )
    )
    db.commit()
    entry_id = db.scalar(select(LogEntry.id))
    db.commit()
    assert operator.get("/nhat-ky/luot/theirs@1").status_code == 404
    assert operator.get(f"/nhat-ky/dong/{entry_id}").status_code == 404
    assert operator.get("/nhat-ky/luot/none").status_code == 404
