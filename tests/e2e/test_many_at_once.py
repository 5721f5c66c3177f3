"""Several bulletins with one deed, its undo, and the order they are heard in: pointer and keys."""

import pytest
from browser_stage import DESKTOP, PHONE
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.slow]

TWO = ("Dịch vụ công trực tuyến: nộp hồ sơ tại nhà", "Niêm yết công khai thủ tục hành chính cấp xã")


def choose(page: Page, *titles: str) -> None:
    page.goto("/tin-bai/")
    for title in titles:
        page.get_by_label(f"Chọn “{title}”").check()


def approve(page: Page, title: str) -> None:
    page.goto("/tin-bai/cho-duyet")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("button", name="Duyệt cho phát").click()
    expect(page.get_by_text("Đã duyệt. Từ đây bài xếp lịch được.")).to_be_visible()


def titles_in_order(page: Page) -> list[str]:
    return [words.strip() for words in page.locator(".tt-order .tt-item b").all_inner_texts()]


def test_two_are_handed_in_queued_together_and_put_in_another_order(watched):
    page = watched.page("vanhanh")
    choose(page, *TWO)
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.get_by_text("Đã gửi duyệt 2 tin bài.")).to_be_visible()
    approver = watched.page("duyet")
    for title in TWO:
        approve(approver, title)

    choose(page, *TWO)
    page.get_by_role("button", name="Xếp lịch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xếp lịch cho 2 tin bài")
    page.get_by_label("Số lượt phát").fill("1")
    page.get_by_role("button", name="Xếp lịch").click()
    expect(page.get_by_text("Đã xếp lịch 2 tin bài.")).to_be_visible()

    page.get_by_role("link", name=TWO[0], exact=True).click()
    page.locator(".tt-heard a").first.click()
    expect(page.locator(".tt-order")).to_contain_text(TWO[1])
    before = titles_in_order(page)
    assert set(before) >= set(TWO)

    items = page.locator(".tt-order [data-line]")
    items.last.drag_to(items.first)
    expect(page.get_by_text("Đã đặt lại thứ tự.")).to_be_visible()
    dragged = titles_in_order(page)
    assert dragged == [before[-1], *before[:-1]]

    page.get_by_role("button", name=f"Đưa “{dragged[0]}” xuống sau").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã đặt lại thứ tự.")).to_be_visible()
    assert titles_in_order(page)[:2] == [dragged[1], dragged[0]]


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_was_put_away_comes_back_with_one_press(watched, size, scripted):
    title = "Kế hoạch cải cách hành chính năm 2023 của xã"
    page = watched.page("vanhanh", size, java_script_enabled=scripted)
    choose(page, title)
    page.get_by_role("button", name="Cất vào kho lưu").click()
    expect(page.get_by_text("Đã cất vào kho lưu 1 tin bài.")).to_be_visible()
    expect(page.get_by_role("link", name=title, exact=True)).to_have_count(0)
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_role("link", name=title, exact=True)).to_be_visible()


def test_choosing_needs_no_mouse_and_says_how_many(watched):
    page = watched.page("vanhanh")
    page.goto("/tin-bai/")
    boxes = page.get_by_role("checkbox", name="Chọn “")
    boxes.first.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-count]")).to_have_text("(1)")
    page.get_by_label("Chọn tất cả").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-count]")).to_have_text(f"({boxes.count()})")
