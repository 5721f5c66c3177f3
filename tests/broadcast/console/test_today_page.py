"""Today's page, the part that lives, and the strip, as browsers ask for them."""

import re

import pytest
from sqlalchemy import event

from broadcast.bulletins.rules import BulletinState
from broadcast.people.rules import Role
from broadcast.reports.rollup import roll_up_all

PLAYING = {"title": "Lịch <b>tiêm</b>", "session": "s", "position_ms": 0, "duration_ms": 200_000}


@pytest.fixture
def browser(signed_in):
    return signed_in(Role.ADMINISTRATOR)


def tag_of(page):
    return re.search(r'"If-None-Match": "\\"(\w+)\\""', page).group(1)


def test_an_empty_station_is_taught_its_next_steps(browser):
    page = browser.get("/").text
    assert "Hôm nay không có buổi phát" in page
    assert "Chưa có cụm loa nào" in page
    assert "Không có việc nào chờ bạn" in page
    assert "Chưa có kế hoạch năm" in page


def test_all_of_the_desk_is_in_the_first_answer_without_scripts(browser, put):
    put.session("Buổi trưa", minutes=180)
    put.box("Trụ sở UBND", playing=PLAYING)
    put.bulletin("Chờ <i>duyệt</i>", BulletinState.WAITING)
    page = browser.get("/").text
    for words in (
        "Thứ Hai, 23/11/2026",
        "Buổi trưa",
        "sau <time",
        "3 giờ",
        "Trụ sở UBND",
        "Đang phát",
        "Lịch &lt;b&gt;tiêm&lt;/b&gt;",
        "Chờ &lt;i&gt;duyệt&lt;/i&gt;",
    ):
        assert words in page, words


def test_nothing_new_is_answered_with_nothing(browser, put):
    put.session("Buổi trưa", minutes=180)
    tag = tag_of(browser.get("/").text)
    answer = browser.get("/hom-nay", headers={"If-None-Match": f'"{tag}"'})
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["HX-Reswap"] == "none"


def test_something_new_comes_with_a_tag_of_its_own(browser, put):
    tag = tag_of(browser.get("/").text)
    put.bulletin("Mới gửi duyệt", BulletinState.WAITING)
    answer = browser.get("/hom-nay", headers={"If-None-Match": f'"{tag}"'})
    assert answer.status_code == 200
    assert "Mới gửi duyệt" in answer.text
    assert answer.text.lstrip().startswith('<div id="live"')
    assert tag_of(answer.text) != tag
    assert answer.headers["ETag"] == f'"{tag_of(answer.text)}"'
    assert "private" in answer.headers["Cache-Control"]


def test_the_years_figures_come_by_themselves_when_they_have_moved(browser, desk_as, put):
    page = browser.get("/").text
    [tag] = re.findall(r'id="year".*?If-None-Match": "\\"(\w+)', page, re.DOTALL)
    same = browser.get("/hom-nay/nam", headers={"If-None-Match": f'"{tag}"'})
    assert (same.status_code, same.data, same.headers["HX-Reswap"]) == (304, b"", "none")
    put.airing("aired", heard_ms=30_000, planned_ms=30_000)
    roll_up_all(desk_as(Role.VIEWER))
    moved = browser.get("/hom-nay/nam", headers={"If-None-Match": f'"{tag}"'})
    assert moved.status_code == 200
    assert '<section id="year"' in moved.text
    assert re.search(r">0,5<.*?phút", moved.text, re.DOTALL), "as exact as the report"


def test_the_now_line_moves_with_the_minute(browser, clock):
    tag = tag_of(browser.get("/").text)
    clock.move(seconds=30)
    same = browser.get("/hom-nay", headers={"If-None-Match": f'"{tag}"'})
    clock.move(seconds=31)
    moved = browser.get("/hom-nay", headers={"If-None-Match": f'"{tag}"'})
    assert (same.status_code, moved.status_code) == (304, 200)


def test_two_people_never_share_a_tag_when_they_see_different_work(signed_in, put):
    put.bulletin("Chờ duyệt", BulletinState.WAITING)
    approver, viewer = signed_in(Role.APPROVER), signed_in(Role.VIEWER)
    assert tag_of(approver.get("/").text) != tag_of(viewer.get("/").text)


def test_an_unchanged_answer_asks_few_questions_and_renders_nothing(browser, app, put):
    """50 open dashboards ask five times a second; this is what each of them may cost."""
    put.session("Buổi trưa", minutes=180)
    for number in range(10):
        put.box(f"Cụm {number}")
    tag = tag_of(browser.get("/").text)
    asked = []
    engine = app.extensions["loa"].reading.kw["bind"]
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    answer = browser.get("/hom-nay", headers={"If-None-Match": f'"{tag}"'})
    assert answer.status_code == 304
    assert len([sql for sql in asked if sql.startswith("SELECT")]) <= 13


def test_the_strip_is_a_piece_of_a_page(browser, put):
    put.box("A", playing=PLAYING)
    strip = browser.get("/tren-song", headers={"HX-Request": "true"}).text
    assert "Lịch &lt;b&gt;tiêm" in strip
    assert "data-countdown" in strip
    assert "<html" not in strip


def test_the_strip_stands_on_every_page_from_the_first_answer(browser, put):
    put.box("A", playing=PLAYING)
    assert "Lịch &lt;b&gt;tiêm" in browser.get("/cai-dat").text


def test_a_session_nobody_plays_is_said_plainly(browser, put):
    put.item_in(put.session("Buổi sáng", minutes=-5))
    strip = browser.get("/tren-song").text
    assert "Đến giờ Buổi sáng" in strip
    assert "chưa cụm loa nào báo đang phát" in strip


def test_the_menu_counts_what_needs_me(browser, put):
    put.bulletin("A", BulletinState.WAITING)
    put.bulletin("B", BulletinState.RETURNED)
    assert re.search(r'nav-count">2<', browser.get("/cai-dat").text)


@pytest.mark.parametrize("address", ["/huong-dan", "/huong-dan/the"])
def test_the_guide_is_there_for_everybody(signed_in, address):
    assert signed_in(Role.VIEWER).get(address).status_code == 200
