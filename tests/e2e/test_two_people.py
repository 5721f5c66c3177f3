"""One writes and another approves, both with a thumb: the way there, back and there again."""

import os
import re
from pathlib import Path

import pytest
from browser_stage import PHONE
from playwright.sync_api import Page, expect
from test_in_the_browser import HEARS, hand_in, make_audio, write

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.slow]

TITLE = "Hướng dẫn nộp hồ sơ trực tuyến tại bộ phận một cửa"
WRONG, RIGHT = "từ 7h30 đến 16h30", "từ 7h30 đến 11h30"
REASON = "Buổi chiều bộ phận một cửa nghỉ: sửa lại giờ."


def open_need(page: Page, deed: str) -> None:
    """From today's page, by the one action its line offers."""
    page.goto("/")
    page.get_by_role("link", name=f"{deed}: {TITLE}").tap()
    expect(page).to_have_url(re.compile("/(duyet|soan)$"))


def keep(page: Page, name: str) -> None:
    """For eyes, where CI collects what tests leave behind."""
    if folder := os.environ.get("LOA_TEST_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def never_wider_than_the_phone(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url


def test_two_phones_bring_a_bulletin_on_its_way_with_one_correction(watched):
    writer, approver = watched.page("vanhanh", PHONE), watched.page("duyet", PHONE)
    write(writer, TITLE)
    make_audio(writer)
    address = hand_in(writer)
    keep(writer, "1-handed-in")

    open_need(approver, "Nghe và duyệt")
    never_wider_than_the_phone(approver)
    assert approver.evaluate(HEARS) > 10
    expect(approver.get_by_text("Cán bộ Hạnh (mẫu) viết, gửi duyệt")).to_be_visible()
    expect(approver.locator("#spoken mark[data-kind='date']").first).to_contain_text("ba mươi")
    expect(approver.get_by_role("heading", name="Khi nào nghe được")).to_be_visible()
    keep(approver, "2-review")
    approver.get_by_label("Lý do").fill(REASON)
    approver.get_by_role("button", name="Trả lại để sửa").tap()
    expect(approver.get_by_text("Đã trả lại kèm lý do.")).to_be_visible()

    writer.goto("/")
    expect(writer.get_by_text(f"Trả lại: {REASON}")).to_be_visible()
    keep(writer, "3-returned")
    open_need(writer, "Sửa lại")
    expect(writer.get_by_text(REASON).first).to_be_visible()
    words = writer.get_by_label("Văn bản", exact=True)
    words.fill(words.input_value().replace(WRONG, RIGHT))
    make_audio(writer)
    hand_in(writer)

    open_need(approver, "Nghe và duyệt")
    expect(approver.get_by_role("heading", name="Khác gì bản 1")).to_be_visible()
    expect(approver.locator(".diff del")).to_contain_text("16h30")
    expect(approver.locator(".diff ins")).to_contain_text("11h30")
    expect(approver.get_by_text(REASON).first).to_be_visible()
    keep(approver, "4-again")
    never_wider_than_the_phone(approver)
    approver.get_by_role("button", name="Duyệt cho phát").tap()
    expect(approver.get_by_text("Đã duyệt. Từ đây bài xếp lịch được.")).to_be_visible()

    writer.goto(address)
    writer.get_by_role("link", name="Xếp lịch phát").tap()
    expect(writer.get_by_role("button", name="Xếp lịch")).to_be_visible()
    never_wider_than_the_phone(writer)
    keep(writer, "5-queue")
    writer.get_by_role("button", name="Xếp lịch").tap()
    expect(writer.get_by_text("Đã xếp lịch.")).to_be_visible()
    writer.locator(".tt-heard a").first.tap()
    expect(writer.locator(".tt-order")).to_contain_text(TITLE)
    keep(writer, "6-session")
