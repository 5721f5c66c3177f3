"""One deed for several bulletins: who cannot follow is named, and all of it can be taken back."""

from datetime import date

import pytest

from broadcast.bulletins import bulk, decisions, service
from broadcast.bulletins.queries import get_bulletin
from broadcast.bulletins.rules import BulletinState
from broadcast.errors import NotAllowed, NotFound
from broadcast.people.rules import Role
from broadcast.timetable.models import WishRow
from broadcast.timetable.queueing import WishDraft

WISHES = WishDraft(airings=2, from_day=date(2026, 11, 23), until_day=date(2026, 12, 1))


@pytest.fixture
def another(desk_as, draft):
    """A second bulletin, only begun."""
    return service.start_bulletin(desk_as(), draft(title="Tin thứ hai"))


def open_wishes(db):
    return db.query(WishRow).filter(WishRow.closed_at.is_(None)).count()


def test_one_that_cannot_follow_leaves_the_others_done_and_is_named_with_its_reason(
    desk_as, written, another, give_audio
):
    give_audio(written)
    outcome = bulk.submit_several(desk_as(), [written.id, another.id])
    assert outcome.done == 1
    assert outcome.refused == (("Tin thứ hai", service.AudioNotReady.message),)
    assert get_bulletin(desk_as(), written.id).state is BulletinState.WAITING
    assert get_bulletin(desk_as(), another.id).state is BulletinState.DRAFTED


def test_handing_in_is_taken_back_once_and_not_twice(desk_as, written, give_audio):
    give_audio(written)
    undo = bulk.submit_several(desk_as(), [written.id]).undo
    assert bulk.undo_several(desk_as(), undo).done == 1
    assert get_bulletin(desk_as(), written.id).state is BulletinState.DRAFTED
    with pytest.raises(bulk.TooLateToUndo):
        bulk.undo_several(desk_as(), undo)


def test_all_are_queued_with_the_same_wishes_and_leave_the_queue_again(desk_as, approved, db):
    outcome = bulk.queue_several(desk_as(), [approved.id], WISHES)
    assert (outcome.done, open_wishes(db)) == (1, 1)
    bulk.undo_several(desk_as(), outcome.undo)
    assert open_wishes(db) == 0


def test_each_goes_back_to_the_topic_it_came_from(desk_as, written, another, station):
    old = written.topic_id
    moved = bulk.move_several(desk_as(), [written.id, another.id], f"topic-cchc-{station.code}")
    assert {written.topic_id, another.topic_id} == {f"topic-cchc-{station.code}"}
    bulk.undo_several(desk_as(), moved.undo)
    assert {written.topic_id, another.topic_id} == {old}


@pytest.mark.parametrize("deed", ["withdraw", "archive"])
def test_what_was_taken_off_the_air_comes_back_with_its_approval_and_its_wishes(
    desk_as, approved, db, deed
):
    bulk.queue_several(desk_as(), [approved.id], WISHES)
    if deed == "withdraw":
        outcome = bulk.withdraw_several(desk_as(), [approved.id], "Sai số điện thoại.")
    else:
        outcome = bulk.archive_several(desk_as(), [approved.id], archived=True)
    assert open_wishes(db) == 0
    assert decisions.airable_version(desk_as(), approved) is None
    assert bulk.undo_several(desk_as(), outcome.undo).done == 1
    assert decisions.airable_version(desk_as(), approved) is not None
    assert open_wishes(db) == 1


def test_what_left_the_archive_goes_back_into_it(desk_as, written):
    service.archive_bulletin(desk_as(), written.id, archived=True)
    outcome = bulk.archive_several(desk_as(), [written.id], archived=False)
    assert written.archived_at is None
    bulk.undo_several(desk_as(), outcome.undo)
    assert written.archived_at is not None


def test_only_the_one_who_did_it_takes_it_back(desk_as, written):
    undo = bulk.archive_several(desk_as(), [written.id], archived=True).undo
    with pytest.raises(bulk.TooLateToUndo):
        bulk.undo_several(desk_as(Role.APPROVER), undo)


def test_after_ten_minutes_it_stays_done(desk_as, written, clock):
    undo = bulk.archive_several(desk_as(), [written.id], archived=True).undo
    clock.move(seconds=bulk.UNDO_WITHIN.total_seconds() + 1)
    with pytest.raises(bulk.TooLateToUndo):
        bulk.undo_several(desk_as(), undo)


def test_a_withdrawal_by_somebody_else_is_not_undone(desk_as, approved):
    decisions.withdraw_bulletin(desk_as(Role.APPROVER), approved.id, "Nội dung chưa chắc.")
    with pytest.raises(decisions.StepNotPossible):
        decisions.reinstate_bulletin(desk_as(), approved.id)


def test_nobody_who_only_looks_changes_anything(desk_as, written):
    outcome = bulk.archive_several(desk_as(Role.VIEWER), [written.id], archived=True)
    assert outcome.done == 0
    assert outcome.undo == ""
    assert outcome.refused == ((written.title, NotAllowed.message),)


def test_another_stations_bulletin_stops_it_before_anything_is_done(desk_as, written):
    with pytest.raises(NotFound):
        bulk.archive_several(desk_as(), [written.id, "of-another-station"], archived=True)
    assert written.archived_at is None


def test_nothing_chosen_is_said(desk_as):
    with pytest.raises(bulk.NothingChosen):
        bulk.chosen_bulletins(desk_as(), [])


# ---- the pages ----


def press(browser, deed, *chosen, **more):
    fields = {"deed": deed, "chosen": [one.id for one in chosen]} | more
    return browser.post("/tin-bai/nhieu", data=fields, follow_redirects=True)


def undo_of(page) -> str:
    return page.text.split('name="undo" value="')[1].split('"')[0]


def test_the_library_offers_a_box_before_each_title_and_the_deeds_of_the_role(browser, written):
    page = browser().get("/tin-bai/").text
    assert f'value="{written.id}" form="several"' in page
    for words in ("Gửi duyệt", "Xếp lịch", "Thu hồi", "Cất vào kho lưu"):
        assert words in page
    assert 'name="chosen"' not in browser(Role.VIEWER).get("/tin-bai/").text


def test_put_away_and_back_with_the_button_beneath_the_word(browser, written):
    client = browser()
    page = press(client, "archive", written)
    assert "Đã cất vào kho lưu 1 tin bài." in page.text
    back = client.post("/tin-bai/nhieu/hoan-tac", data={"undo": undo_of(page)})
    assert back.location.endswith("/tin-bai/")
    assert f'value="{written.id}" form="several"' in client.get("/tin-bai/").text


def test_the_list_stays_filtered_after_the_deed(browser, written):
    answer = browser().post(
        "/tin-bai/nhieu",
        data={"deed": "archive", "chosen": written.id, "kept": "words=tiem&state=drafted"},
    )
    assert answer.location.endswith("/tin-bai/?words=tiem&state=drafted")


def test_queueing_asks_once_for_all_what_they_wish(browser, approved, db):
    client = browser()
    page = press(client, "queue", approved)
    assert "Xếp lịch cho 1 tin bài" in page.text
    wishes = {
        "chosen": approved.id,
        "airings": "2",
        "from_day": "2026-11-23",
        "last_day": "2026-11-30",
        "spacing_minutes": "0",
        "priority": "normal",
        "place": "",
    }
    wrong = client.post("/tin-bai/nhieu/xep", data=wishes | {"airings": "0"})
    assert wrong.status_code == 422
    page = client.post("/tin-bai/nhieu/xep", data=wishes, follow_redirects=True)
    assert "Đã xếp lịch 1 tin bài." in page.text
    assert open_wishes(db) == 1


def test_withdrawing_asks_for_a_reason_first(browser, approved):
    client = browser()
    assert "Thu hồi 1 tin bài?" in press(client, "withdraw", approved).text
    bare = client.post("/tin-bai/nhieu/thu-hoi", data={"chosen": approved.id, "reason": " "})
    assert bare.status_code == 422
    done = client.post(
        "/tin-bai/nhieu/thu-hoi",
        data={"chosen": approved.id, "reason": "Sai giờ."},
        follow_redirects=True,
    )
    assert "Đã thu hồi 1 tin bài." in done.text


def test_a_press_without_a_choice_says_what_to_do(browser, written):
    assert "Hãy đánh dấu ít nhất một tin bài trước." in press(browser(), "archive").text
    assert "Hãy chọn chủ đề muốn chuyển tới." in press(browser(), "topic", written).text


def test_what_could_not_follow_is_said_with_its_title(browser, written):
    page = press(browser(), "submit", written)
    assert f"“{written.title}”: {service.AudioNotReady.message}" in page.text
