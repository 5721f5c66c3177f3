"""From handing in to the approval, the return and the withdrawal, in two browsers."""

import re

from broadcast.bulletins import decisions, service
from broadcast.bulletins.models import Bulletin, Decision
from broadcast.bulletins.queries import get_bulletin
from broadcast.bulletins.rules import BulletinState
from broadcast.people.rules import Role
from broadcast.stations.models import Station


def test_the_whole_way_from_handing_in_to_the_approval(browser, written, give_audio, db):
    give_audio(written)
    author, approver = browser(), browser(Role.APPROVER)
    assert author.post(f"/tin-bai/{written.id}/gui-duyet").status_code == 302
    assert written.title in approver.get("/tin-bai/cho-duyet").text
    page = approver.get(f"/tin-bai/{written.id}/duyet").text
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', page).group(1)
    fields = {"seen": seen, "authority": "Chủ tịch"}
    assert approver.post(f"/tin-bai/{written.id}/duyet", data=fields).status_code == 302
    assert db.query(Decision).one().authority == "Chủ tịch"
    assert db.get(Bulletin, written.id).state is BulletinState.APPROVED
    assert "Chủ tịch" in author.get(f"/tin-bai/{written.id}").text


def test_an_approval_of_an_older_page_is_refused_in_words(browser, waiting, seen, give_audio):
    old = seen(waiting)
    give_audio(waiting, sha256="b" * 64)
    answer = browser(Role.APPROVER).post(f"/tin-bai/{waiting.id}/duyet", data={"seen": old})
    assert answer.status_code == 409
    assert "đã đổi sau khi bạn mở trang" in answer.text


def test_one_person_goes_straight_from_handing_in_to_the_review(browser, written, give_audio, db):
    db.query(Station).one().one_person = True
    db.commit()
    give_audio(written)
    answer = browser(Role.ADMINISTRATOR).post(f"/tin-bai/{written.id}/gui-duyet")
    assert answer.location.endswith("/duyet")


def test_sending_back_without_a_reason_comes_back_to_the_page(browser, waiting, db):
    client = browser(Role.APPROVER)
    answer = client.post(f"/tin-bai/{waiting.id}/tra-lai", data={"reason": "  "})
    assert answer.status_code == 422
    assert "Hãy ghi lý do" in answer.text
    assert 'name="seen"' in answer.text
    client.post(f"/tin-bai/{waiting.id}/tra-lai", data={"reason": "Thiếu <ngày>."})
    assert "Thiếu &lt;ngày&gt;." in browser().get(f"/tin-bai/{waiting.id}").text


def test_the_reason_stands_above_the_text_that_is_to_be_corrected(browser, waiting, desk_as):
    decisions.return_bulletin(desk_as(Role.APPROVER), waiting.id, "Sai ngày họp.")
    assert "Sai ngày họp." in browser().get(f"/tin-bai/{waiting.id}/soan").text


def test_the_approver_sees_what_changed_since_the_last_decision(
    browser, waiting, desk_as, draft, give_audio, db, clock
):
    decisions.return_bulletin(desk_as(Role.APPROVER), waiting.id, "Sai ngày.")
    clock.move(minutes=1)
    row = get_bulletin(desk_as(), waiting.id).row_version
    service.save_draft(
        desk_as(), waiting.id, draft(text=draft().text.replace("mai", "kia")), row_version=row
    )
    give_audio(waiting, sha256="c" * 64)
    service.submit_bulletin(desk_as(), waiting.id)
    page = browser(Role.APPROVER).get(f"/tin-bai/{waiting.id}/duyet").text
    assert "<del>mai </del><ins>kia </ins>" in page
    assert "Sai ngày." in page
    assert "<ins>kia </ins>" in browser().get(f"/tin-bai/{waiting.id}/ban/2").text


def test_withdrawing_asks_for_a_reason_and_keeps_it(browser, approved, db):
    client = browser()
    assert client.post(f"/tin-bai/{approved.id}/thu-hoi", data={"reason": ""}).status_code == 422
    client.post(f"/tin-bai/{approved.id}/thu-hoi", data={"reason": "Hoãn họp."})
    assert "Hoãn họp." in client.get(f"/tin-bai/{approved.id}").text
    client.post(f"/tin-bai/{approved.id}/soan-lai")
    assert db.get(Bulletin, approved.id).state is BulletinState.DRAFTED
