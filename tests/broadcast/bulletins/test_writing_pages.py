"""Writing in the browser: nothing typed is lost, nobody's text is overwritten."""

import re

import pytest

from broadcast.bulletins.models import Bulletin, BulletinVersion
from broadcast.bulletins.rules import BulletinState
from broadcast.jobs.models import Job, JobState
from broadcast.people.rules import Role


def test_from_an_empty_page_to_a_job_in_one_press(browser, form, db, jobs):
    answer = browser().post("/tin-bai/moi", data=form(audio="yes"))
    bulletin = db.query(Bulletin).one()
    assert answer.location.startswith(f"/tin-bai/{bulletin.id}?saved=new")
    assert db.query(Job).one().state is JobState.QUEUED
    assert [ring.task for ring in jobs.rings] == ["bulletins.render"]


def test_what_was_typed_stays_when_a_field_is_wrong(browser, form):
    answer = browser().post("/tin-bai/moi", data=form(title="", text="Chữ đã gõ <b>"))
    assert answer.status_code == 422
    assert "Chữ đã gõ &lt;b&gt;" in answer.text
    assert "Hãy đặt tiêu đề" in answer.text


def test_100_000_letters_come_back_whole_with_the_limit(browser, form):
    text = "bà con " * 14_300
    answer = browser().post("/tin-bai/moi", data=form(text=text))
    assert answer.status_code == 422
    assert "60.000" in answer.text
    assert text.strip() in answer.text


def test_text_of_an_old_font_is_refused_with_how_to_convert_it(browser, form):
    old = "§µi truyÒn thanh x· Ngäc Kú xin th«ng b¸o tíi toµn thÓ bµ con nh©n d©n"
    answer = browser().post("/tin-bai/moi", data=form(text=old))
    assert answer.status_code == 422
    assert "UniKey" in answer.text


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "phim"},
        {"topic_id": "nowhere"},
        {"voice": "x" * 50},
        {"speed_percent": "nhanh"},
        {"speed_percent": "9" * 30},
        {"title": "x" * 400},
        {"title": "\x00\x01"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_no_field_can_break_the_server(browser, form, db, bad):
    assert browser().post("/tin-bai/moi", data=form(**bad)).status_code == 422
    assert db.query(Bulletin).count() == 0


def test_reading_aloud_on_trial_saves_nothing(browser, form, db):
    answer = browser().post("/tin-bai/moi", data=form(preview="yes", text="Họp lúc 7h30."))
    assert "bảy giờ ba mươi" in answer.text
    assert db.query(Bulletin).count() == 0


def test_the_preview_underlines_each_change_and_says_why(browser):
    answer = browser().post("/tin-bai/doc-thu", data={"text": "UBND họp 7h30, mã XQZW <i>."})
    page = answer.text
    assert re.search(r'data-written="UBND"[^>]*title="Viết “UBND”.[^"]+"', page)
    assert '<mark data-kind="unknown">XQZW</mark>' in page
    assert "<i>" not in page


def test_typing_is_kept_by_itself_and_the_next_keeping_follows_on(browser, form, written, db):
    client = browser()
    row = str(get_bulletin_row(db, written))
    first = client.post(f"/tin-bai/{written.id}/tu-luu", data=form(text="Một.", row_version=row))
    assert first.status_code == 204
    follow = first.headers["X-Version"]
    second = client.post(
        f"/tin-bai/{written.id}/tu-luu", data=form(text="Hai.", row_version=follow)
    )
    assert second.status_code == 204
    assert db.query(BulletinVersion).one().text == "Hai."


def get_bulletin_row(db, bulletin):
    return db.get(Bulletin, bulletin.id).row_version


def test_typing_never_overwrites_what_another_saved(browser, form, written, clock, db):
    stale = str(get_bulletin_row(db, written))
    clock.move(seconds=1)
    browser(Role.APPROVER).post(
        f"/tin-bai/{written.id}/soan", data=form(text="Người kia.", row_version=stale)
    )
    answer = browser().post(
        f"/tin-bai/{written.id}/tu-luu", data=form(text="Tôi.", row_version=stale)
    )
    assert answer.status_code == 409
    assert db.query(BulletinVersion).one().text == "Người kia."


def test_on_a_conflict_both_texts_are_shown_and_a_second_press_saves_mine(
    browser, form, written, clock, db
):
    stale = str(get_bulletin_row(db, written))
    clock.move(seconds=1)
    browser(Role.APPROVER).post(
        f"/tin-bai/{written.id}/soan", data=form(text="Người kia.", row_version=stale)
    )
    client = browser()
    answer = client.post(
        f"/tin-bai/{written.id}/soan", data=form(text="Tôi gõ.", row_version=stale)
    )
    page = answer.text
    assert answer.status_code == 409
    assert "Người kia." in page
    assert "Tôi gõ." in page
    fresh = re.search(r'name="row_version"[^>]*value="(\d+)"', page).group(1)
    again = client.post(f"/tin-bai/{written.id}/soan", data=form(text="Tôi gõ.", row_version=fresh))
    assert again.status_code == 302
    assert db.query(BulletinVersion).one().text == "Tôi gõ."


def test_an_approved_bulletin_is_never_saved_by_typing_alone(browser, form, approved, db):
    row = str(get_bulletin_row(db, approved))
    client = browser()
    answer = client.post(
        f"/tin-bai/{approved.id}/tu-luu", data=form(text="Một chữ.", row_version=row)
    )
    assert answer.status_code == 409
    page = client.get(f"/tin-bai/{approved.id}/soan").text
    assert "data-autosave" not in page
    assert "duyệt lại" in page
    assert db.get(Bulletin, approved.id).state is BulletinState.APPROVED


def test_a_warning_is_set_aside_with_its_reason_while_the_text_is_saved(browser, form, written, db):
    row = str(get_bulletin_row(db, written))
    fields = form(
        text="Nộp ở huyện.",
        row_version=row,
        aside="1",
        **{"doubt-kind-1": "stale_term", "doubt-written-1": "huyện", "doubt-reason-1": "Tên cũ"},
    )
    client = browser()
    answer = client.post(f"/tin-bai/{written.id}/soan", data=fields)
    assert db.query(BulletinVersion).one().text == "Nộp ở huyện."
    assert "bỏ qua, vì: Tên cũ" in client.get(answer.location).text


def test_a_warning_without_a_reason_stays_and_the_text_is_saved(browser, form, written, db):
    fields = form(row_version=str(get_bulletin_row(db, written)), text="Ở huyện.", aside="1")
    assert browser().post(f"/tin-bai/{written.id}/soan", data=fields).status_code == 302
    assert db.query(BulletinVersion).one().overridden == []
    assert db.query(BulletinVersion).one().text == "Ở huyện."
