"""The library, the dictionary and the topics in the browser."""

import pytest

from broadcast.bulletins import service
from broadcast.bulletins.models import Bulletin, DictionaryWord, Topic
from broadcast.people.rules import Role


def test_the_library_finds_words_without_accents_inside_texts(browser, written, desk_as, draft):
    service.start_bulletin(desk_as(), draft(title="Họp thôn", text="Nhà văn hóa."))
    client = browser(Role.VIEWER)
    assert client.get("/tin-bai/?words=TIEM+chung").text.count("Lịch tiêm phòng</a>") == 1
    assert "Họp thôn" not in client.get("/tin-bai/?words=tiem+chung").text
    assert "Không có tin bài nào như vậy" in client.get("/tin-bai/?words=%25%00_").text


def test_the_library_filters_by_step_topic_and_archive(browser, written, desk_as):
    client = browser()
    has = lambda query: written.title in client.get(f"/tin-bai/?{query}").text  # noqa: E731
    assert has("state=drafted")
    assert not has("state=approved")
    assert has(f"topic={written.topic_id}")
    assert not has("topic=topic-cds-ngoc-ky")
    client.post(f"/tin-bai/{written.id}/kho-luu", data={"archived": "yes"})
    assert not has("")
    assert has("archived=y")
    client.post(f"/tin-bai/{written.id}/kho-luu", data={"archived": "no"})
    assert has("")


@pytest.mark.parametrize("query", ["page=9999999999999", "page=-1", "page=x", "state=x", "topic=x"])
def test_the_library_takes_any_address(browser, written, query):
    assert browser().get(f"/tin-bai/?{query}").status_code == 200


def test_the_library_has_pages_of_thirty(browser, desk_as, draft, clock):
    for number in range(31):
        clock.move(seconds=1)
        service.start_bulletin(desk_as(), draft(title=f"Tin số {number:02}"))
    client = browser()
    first, second = (client.get(f"/tin-bai/?page={page}").text for page in (1, 2))
    assert "1–30 trên 31" in first
    assert "Tin số 00" not in first
    assert "Tin số 00" in second


def test_an_empty_library_says_what_to_do_first(browser, station):
    assert "Soạn tin đầu tiên" in browser().get("/tin-bai/").text


def test_the_dictionary_learns_and_forgets(browser, db, station):
    client = browser()
    fields = {"written": "NTM", "spoken": "nông thôn mới"}
    assert client.post("/tin-bai/tu-dien", data=fields).status_code == 302
    quick = client.post(
        "/tin-bai/tu-dien", data=fields | {"spoken": "nông thôn"}, headers={"HX-Request": "true"}
    )
    assert (quick.status_code, quick.headers["HX-Trigger"]) == (204, "word-taught")
    word = db.query(DictionaryWord).one()
    assert word.spoken == "nông thôn"
    client.post(f"/tin-bai/tu-dien/{word.id}/xoa")
    assert db.query(DictionaryWord).count() == 0


def test_the_page_shows_what_the_audio_says_though_the_dictionary_has_moved_on(
    browser, approved, written
):
    client = browser()
    client.post("/tin-bai/tu-dien", data={"written": "xã", "spoken": "xã nhà"})
    page = client.get(f"/tin-bai/{approved.id}").text
    assert "xã nhà" not in page
    assert 'data-starts="500"' in page


def test_a_click_on_a_wrong_reading_fills_the_dictionarys_form(browser, station):
    page = browser().get("/tin-bai/tu-dien?written=NTM&spoken=n%22x").text
    assert 'value="NTM"' in page
    assert 'value="n&#34;x"' in page


@pytest.mark.parametrize("fields", [{}, {"written": "x" * 121, "spoken": "y"}, {"written": "x"}])
def test_half_a_word_is_refused_on_the_page(browser, station, fields):
    assert browser().post("/tin-bai/tu-dien", data=fields).status_code == 422


def test_topics_are_added_renamed_merged_and_put_away(browser, written, db):
    client = browser()
    client.post("/tin-bai/chu-de", data={"name": "Y tế <b>"})
    new = db.query(Topic).filter_by(name="Y tế <b>").one()
    client.post(f"/tin-bai/chu-de/{new.id}/ten", data={"name": "Y tế"})
    client.post(f"/tin-bai/chu-de/{written.topic_id}/gop", data={"into": new.id})
    assert db.get(Bulletin, written.id).topic_id == new.id
    client.post(f"/tin-bai/chu-de/{new.id}/cat", data={"archived": "yes"})
    assert db.get(Topic, new.id).archived_at is not None
    assert "Y tế" in client.get(f"/tin-bai/{written.id}/soan").text
