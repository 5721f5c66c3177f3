"""The main job in few steps: counted where they happen, by mouse, by keyboard and by thumb."""

import pytest
from browser_stage import DESKTOP, PHONE
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.slow]

MOST_CLICKS = 6
SENTENCE = (
    "Ủy ban nhân dân xã thông báo lịch tiêm phòng cho trẻ nhỏ tại trạm y tế, bà con mang theo sổ. "
)
WORDS_300 = SENTENCE * 16
AUDIO_MS = 120_000
COUNTS = """() => {
  const count = () => Number(sessionStorage.clicks || 0);
  addEventListener("click", (event) => {
    if (event.isTrusted && event.detail > 0) sessionStorage.clicks = count() + 1;
  }, true);
}"""
"""Real presses of a pointer, through page loads; Enter on a button makes a click without detail."""


@pytest.fixture
def one_person(watched):
    """The officer who does everything alone: author and approver may be one."""
    settings = watched.page("quantri")
    box = settings.get_by_label("Đài chỉ có một người")
    for alone in (True, False):
        settings.goto("/cai-dat")
        box.set_checked(alone)
        settings.get_by_role("button", name="Lưu", exact=False).first.click()
        expect(settings.locator(".notice.done")).to_be_visible()
        if alone:
            yield


def counted(watched, size) -> Page:
    page = watched.page("quantri", size)
    page.context.add_init_script(f"({COUNTS})()")
    return page


def clicks(page: Page) -> int:
    return int(page.evaluate("sessionStorage.clicks || 0"))


def press(page: Page, button, size) -> None:
    button.tap() if size is PHONE else button.click()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["mouse", "thumb"])
def test_from_a_new_bulletin_to_the_queue_in_six_presses(watched, one_person, size):
    assert len(WORDS_300.split()) >= 300
    page = counted(watched, size)
    page.goto("/")
    press(page, page.get_by_role("link", name="Soạn tin bài"), size)
    expect(page.get_by_label("Tiêu đề")).to_be_focused()
    page.keyboard.type("Lịch tiêm phòng")
    press(page, page.get_by_label("Văn bản", exact=True), size)
    page.keyboard.insert_text(WORDS_300)
    press(page, page.get_by_role("button", name="Lưu và làm âm thanh"), size)
    expect(page.locator("audio")).to_be_attached(timeout=AUDIO_MS)
    press(page, page.get_by_role("button", name="Gửi duyệt"), size)
    press(page, page.get_by_role("button", name="Duyệt cho phát"), size)
    press(page, page.get_by_role("button", name="Xếp lịch"), size)
    expect(page.get_by_text("Đã xếp lịch.")).to_be_visible()
    assert 0 < clicks(page) <= MOST_CLICKS


def go_to(page: Page, name: str) -> None:
    """Tab until the focus has that name; the focus must be seen where it is."""
    for _ in range(150):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found["name"].startswith(name):
            assert found["is_seen"], f"{name} has the focus and nobody sees it"
            return
    pytest.fail(f"{name} is not reached by the keyboard on {page.url}")


FOCUSED = """() => {
  const it = document.activeElement;
  const name = it.labels?.[0]?.textContent || it.getAttribute("aria-label") || it.textContent || "";
  const look = getComputedStyle(it);
  return { name: name.trim(), is_seen: look.outlineStyle !== "none" || look.boxShadow !== "none" };
}"""


def test_the_same_without_a_pointer(watched, one_person):
    page = counted(watched, DESKTOP)
    page.goto("/")
    go_to(page, "Soạn tin bài")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Tiêu đề")).to_be_focused()
    page.keyboard.type("Chỉ bằng bàn phím")
    go_to(page, "Văn bản")
    page.keyboard.insert_text(WORDS_300)
    go_to(page, "Lưu và làm âm thanh")
    page.keyboard.press("Enter")
    expect(page.locator("audio")).to_be_attached(timeout=AUDIO_MS)
    for name in ("Gửi duyệt", "Duyệt cho phát", "Xếp lịch"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
        go_to(page, name)
        page.keyboard.press("Enter")
    expect(page.get_by_text("Đã xếp lịch.")).to_be_visible()
    assert clicks(page) == 0
