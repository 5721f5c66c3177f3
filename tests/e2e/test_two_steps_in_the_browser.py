"""The second step of signing in, and the list of signed-in browsers, as a person uses them."""

import re
from datetime import UTC, datetime

import pytest
from browser_stage import PASSWORD, PHONE
from playwright.sync_api import Page, expect

from broadcast.people.totp import code_at, step_of

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.slow]

LOGIN = "xem"
MEETING_ROOM = "Mozilla/5.0 (Windows NT 6.1) Chrome/95.0 Safari/537.36 OPR/81.0"


class Phone:
    """The application on a person's phone: it knows the key and the time, and counts on."""

    def __init__(self, secret: str) -> None:
        self.secret, self.last = secret, 0

    def code(self) -> str:
        """A code not shown before: each opens once. One ahead is taken of a phone that is fast."""
        self.last = max(step_of(datetime.now(UTC)), self.last + 1)
        return code_at(self.secret, self.last)


def knock(page: Page) -> None:
    page.goto("/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(LOGIN)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def give(page: Page, code: str, button: str) -> None:
    page.get_by_label("Mã").fill(code)
    page.get_by_role("button", name=button, exact=True).click()


def test_the_second_step_is_switched_on_asked_for_and_switched_off(watched):
    page = watched.page("", PHONE)
    knock(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hôm nay")
    page.goto("/tai-khoan")
    page.get_by_role("link", name="Bật mã trên điện thoại").tap()
    phone = Phone(page.locator("code.secret").inner_text().replace(" ", ""))
    give(page, phone.code(), "Bật")
    expect(page).to_have_url(re.compile("/tai-khoan$"))
    expect(page.get_by_text("Đang bật")).to_be_visible()

    other = watched.page("", PHONE)
    knock(other)
    expect(other.get_by_role("heading", level=1)).to_have_text("Nhập mã trên điện thoại")
    give(other, "000000", "Đăng nhập")
    expect(other.get_by_role("heading", level=1)).to_have_text("Nhập mã trên điện thoại")
    expect(other.get_by_role("alert").first).to_be_visible()
    give(other, phone.code(), "Đăng nhập")
    expect(other.get_by_role("heading", level=1)).to_contain_text("Hôm nay")

    page.goto("/tai-khoan/hai-buoc")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tắt hai bước").tap()
    expect(page).to_have_url(re.compile("/tai-khoan$"))
    expect(page.get_by_text("Đang tắt")).to_be_visible()
    watched.forgive("422")


def test_a_browser_that_was_signed_out_from_another_is_out_at_its_next_step(watched):
    here, there = watched.page("", PHONE), watched.page("", PHONE, user_agent=MEETING_ROOM)
    knock(here)
    knock(there)
    here.goto("/tai-khoan")
    here.get_by_role("button", name="Đăng xuất Opera, Windows").first.tap()
    expect(here.get_by_role("button", name="Đăng xuất Opera, Windows")).to_have_count(0)
    there.goto("/tin-bai/")
    expect(there.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    here.goto("/tin-bai/")
    expect(here.get_by_role("heading", level=1)).to_have_text("Tin bài")
