"""Sessions carried in the calendar: mouse, finger, keys, two people at once, no script at all."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from browser_stage import DESKTOP, PHONE
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.slow]

HANOI = timedelta(hours=7)
DAY = timedelta(days=1)


def week_from_now(weeks: int) -> date:
    """A Monday: each test has a week of its own, far from the sessions that air meanwhile."""
    today = (datetime.now(UTC) + HANOI).date()
    return today - timedelta(days=today.weekday()) + weeks * 7 * DAY


def open_week(page: Page, monday: date) -> None:
    page.goto(f"/lich-phat/?ngay={monday}")
    page.wait_for_selector("html.scripted")


def block(page: Page, day: date, at: str = "17:00") -> Locator:
    board = ".tt-week-wide" if page.viewport_size == DESKTOP else ".tt-week-narrow"
    return page.locator(f'{board} [data-block][data-day="{day}"][data-at="{at}"]')


def cell(page: Page, day: date, at: str = "17:00") -> Locator:
    return page.locator(f'.tt-week-wide [data-day="{day}"][data-at="{at}"][data-slot]')


def drag(page: Page, one: Locator, there: Locator) -> None:
    """By hand: press, move in steps, let go."""
    one.scroll_into_view_if_needed()
    start, end = one.bounding_box(), there.bounding_box()
    page.mouse.move(start["x"] + 40, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 40, end["y"] + end["height"] / 2, steps=8)
    expect(page.locator("#move-label")).to_be_visible()
    page.mouse.up()


def question(page: Page) -> Locator:
    return page.locator("#move-question")


def decide(page: Page) -> None:
    question(page).get_by_role("button", name="Dời buổi phát").click()


def take_back(page: Page) -> None:
    page.locator(".tt-undo").get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác").first).to_be_visible()


def test_a_session_dragged_with_the_mouse_asks_offers_room_and_is_taken_back(watched):
    page = watched.page("vanhanh")
    monday = week_from_now(1)
    open_week(page, monday)
    drag(page, block(page, monday), cell(page, monday + 3 * DAY))

    asked = question(page)
    expect(asked.get_by_label("Sang ngày")).to_have_value(str(monday + 3 * DAY))
    expect(asked.get_by_text("Trùng với Buổi chiều 17:00–17:30")).to_be_visible()
    expect(asked.get_by_text("Chỉ dời buổi này.")).to_be_visible()
    decide(page)
    expect(asked.get_by_role("alert")).to_contain_text("Giờ mới trùng với buổi khác")
    asked.get_by_role("button", name="Dời tới 17:30").click()

    expect(page.locator(".tt-undo")).to_contain_text("vừa được dời riêng")
    expect(block(page, monday + 3 * DAY, "17:30")).to_contain_text("đổi riêng")
    expect(cell(page, monday)).to_contain_text("Dời sang thứ Năm")
    take_back(page)
    expect(block(page, monday)).to_be_visible()
    expect(block(page, monday + 3 * DAY, "17:30")).to_have_count(0)
    watched.forgive("422")


def test_let_go_where_it_was_nothing_is_asked(watched):
    page = watched.page("vanhanh")
    monday = week_from_now(1)
    open_week(page, monday)
    drag(page, block(page, monday), cell(page, monday))

    expect(question(page)).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/lich-phat/\?ngay="))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_session_is_carried_by_keys_and_told_where_it_is(watched, size):
    page = watched.page("vanhanh", size)
    monday = week_from_now(2)
    open_week(page, monday)
    block(page, monday).locator("a.tt-open").focus()
    told, label = page.locator("#move-told"), page.locator("#move-label")

    page.keyboard.press("Space")
    expect(told).to_contain_text("Đã nhấc Buổi chiều")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(told).to_contain_text("17:05")
    page.keyboard.press("Escape")
    expect(told).to_contain_text("vẫn ở chỗ cũ")
    expect(label).to_be_hidden()

    page.keyboard.press("Space")
    for key in ("PageDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(label).to_contain_text("18:10")
    page.keyboard.press("Enter")
    expect(question(page).get_by_label("Lúc")).to_have_value("18:10")
    decide(page)
    expect(block(page, monday, "18:10")).to_be_visible()
    take_back(page)
    expect(block(page, monday)).to_be_visible()


def test_a_finger_drags_the_handle_to_another_day(watched):
    page = watched.page("vanhanh", PHONE)
    monday = week_from_now(2)
    open_week(page, monday)
    grip = block(page, monday + DAY).locator("[data-grip]")
    grip.scroll_into_view_if_needed()
    start = grip.bounding_box()
    end = page.locator(f'.tt-week-narrow section[data-day="{monday}"] h2').bounding_box()
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        told = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    touch("touchStart", (start["x"] + 20, start["y"] + 20))
    touch("touchMove", (start["x"] + 10, start["y"] - 20))
    touch("touchMove", (end["x"] + 60, end["y"] + 10))
    touch("touchEnd")

    expect(question(page).get_by_label("Sang ngày")).to_have_value(str(monday))
    question(page).get_by_role("link", name="Thôi").tap()
    expect(question(page)).to_be_hidden()


def test_one_thumb_presses_the_handle_and_says_when(watched):
    page = watched.page("vanhanh", PHONE)
    monday = week_from_now(2)
    open_week(page, monday)
    block(page, monday + DAY).get_by_role("button", name=re.compile("Dời Buổi chiều")).tap()
    question(page).get_by_label("Lúc").fill("18:45")
    question(page).get_by_role("button", name="Dời buổi phát").tap()
    expect(block(page, monday + DAY, "18:45")).to_be_visible()
    take_back(page)


def test_the_second_of_two_is_told_and_nothing_is_overwritten(watched):
    day = week_from_now(1) + 4 * DAY
    first, second = watched.page("vanhanh"), watched.page("vanhanh")
    for page, at in ((first, "18:00"), (second, "19:00")):
        open_week(page, day)
        block(page, day).locator("[data-grip]").focus()
        page.keyboard.press("Enter")
        question(page).get_by_label("Lúc").fill(at)
    decide(first)
    expect(block(first, day, "18:00")).to_be_visible()

    decide(second)
    expect(question(second).get_by_role("alert")).to_contain_text("Có người vừa sửa")
    expect(question(second)).to_contain_text("Đang ở 18:00")
    first.reload()
    expect(block(first, day, "18:00")).to_be_visible()
    take_back(first)
    watched.forgive("409")


def test_this_and_all_following_go_together_and_come_back_together(watched):
    page = watched.page("vanhanh")
    day = week_from_now(1) + 2 * DAY
    open_week(page, day)
    block(page, day).locator("a.tt-open").focus()
    for key in ("Space", "PageDown", "Enter"):
        page.keyboard.press(key)
    expect(question(page).get_by_role("radio", name="Chỉ buổi này")).to_be_checked()
    question(page).get_by_role("radio", name="Buổi này và mọi buổi sau").check()
    decide(page)
    expect(block(page, day, "18:00")).to_be_visible()
    expect(block(page, day + DAY, "18:00")).to_be_visible()
    expect(block(page, day - DAY)).to_be_visible()
    take_back(page)
    open_week(page, day)
    expect(block(page, day)).to_be_visible()
    expect(block(page, day + DAY)).to_be_visible()


def test_on_the_page_of_a_day_the_height_is_the_hour(watched):
    page = watched.page("vanhanh")
    day = week_from_now(1) + 5 * DAY
    page.goto(f"/lich-phat/ngay/{day}")
    one = page.locator('[data-block][data-at="17:00"]')
    drag(page, one, page.locator('[data-hour="15"]'))
    expect(question(page).get_by_label("Lúc")).to_have_value(re.compile("^15:"))
    question(page).get_by_label("Lúc").fill("20:00")
    decide(page)
    expect(page.locator('[data-hour="20"] [data-block]')).to_contain_text("Buổi chiều")
    expect(page).to_have_url(re.compile(f"/ngay/{day}"))
    take_back(page)
    expect(page.locator('[data-hour="17"] [data-block]')).to_be_visible()


def test_without_javascript_a_session_moves_by_its_form(watched):
    page = watched.page("vanhanh", java_script_enabled=False)
    day = week_from_now(2) + 3 * DAY
    page.goto(f"/lich-phat/?ngay={day}")
    block(page, day).locator("a.tt-open").click()
    page.get_by_role("link", name="Dời sang lúc khác").click()
    page.get_by_label("Lúc").fill("18:20")
    decide(page)
    expect(block(page, day, "18:20")).to_be_visible()
    take_back(page)
    expect(block(page, day)).to_be_visible()


def test_what_has_been_heard_stays_and_says_why(watched):
    page = watched.page("vanhanh")
    page.goto("/lich-phat/")
    past = page.locator(".tt-week-wide [data-block][data-stays]").first
    past.locator("a.tt-open").focus()
    page.keyboard.press("Space")
    expect(page.locator("#toasts")).to_contain_text("không dời được")
    expect(page.locator("#move-label")).to_be_hidden()


def queue_twice(page: Page, day: date) -> None:
    """Two wishes for the bulletin that the demonstration approved, into that afternoon."""
    page.goto("/tin-bai/")
    approved = (
        page.locator("tr").filter(has_text="Đường dây nóng").locator('a[href^="/tin-bai/"]').first
    )
    address = approved.get_attribute("href").replace("/tin-bai/", "/lich-phat/xep/")
    for _ in range(2):
        page.goto(address)
        page.get_by_label("Số lượt phát").fill("1")
        page.get_by_label("Từ ngày").fill(str(day))
        page.get_by_label("Đến hết ngày").fill(str(day))
        page.get_by_role("checkbox", name=re.compile("Buổi chiều")).check()
        page.get_by_role("button", name="Xếp lịch").click()
        expect(page.get_by_text("Đã xếp lịch.")).to_be_visible()


def order_of(page: Page) -> list[str]:
    return [one.get_attribute("data-line") for one in page.locator("[data-line]").all()]


def test_the_order_is_changed_by_hand_with_the_mouse_and_with_keys(watched):
    page = watched.page("vanhanh")
    day = week_from_now(2) + 4 * DAY
    queue_twice(page, day)
    open_week(page, day)
    block(page, day).locator("a.tt-open").click()
    first, second = order_of(page)

    page.locator(f'[data-line="{second}"]').drag_to(page.locator(f'[data-line="{first}"]'))
    expect(page.get_by_text("Đã đặt lại thứ tự.")).to_be_visible()
    assert order_of(page) == [second, first]

    page.get_by_role("button", name=re.compile("xuống sau")).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã đặt lại thứ tự.")).to_be_visible()
    expect(page.locator("[data-line]").first).to_have_attribute("data-line", first)
    assert order_of(page) == [first, second]
