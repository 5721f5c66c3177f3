"""The main job and what goes wrong around it, in a real browser against real processes."""

import io
import re
import zipfile

import pytest
from browser_stage import DESKTOP, PASSWORD, PHONE
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.slow]

TEXT = (
    "Thực hiện Kế hoạch số 72/KH-UBND ngày 30/12/2022, từ 7h30 đến 16h30 các ngày trong tuần, "
    "bộ phận một cửa của Ủy ban nhân dân xã nhận hồ sơ trực tuyến của bà con.\n\n"
    "Bà con chưa có tài khoản được hướng dẫn tại chỗ, không mất phí."
)
AUDIO_MS = 90_000


def write(page: Page, title: str, text: str = TEXT) -> None:
    page.goto("/tin-bai/moi")
    page.get_by_label("Tiêu đề").fill(title)
    page.get_by_label("Chủ đề").select_option(label="Cải cách hành chính")
    page.get_by_label("Văn bản", exact=True).fill(text)


def make_audio(page: Page) -> None:
    """From the writing page to the page where it is listened to."""
    page.get_by_role("button", name="Lưu và làm âm thanh").click()
    expect(page.locator(".making progress")).to_be_visible()
    expect(page.locator("audio")).to_be_attached(timeout=AUDIO_MS)


def hand_in(page: Page) -> str:
    """The bulletin's address."""
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.get_by_text("Đã gửi duyệt")).to_be_visible()
    return page.url.partition("?")[0]


def approve(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Nghe và duyệt").click()
    page.get_by_role("button", name="Duyệt cho phát").click()
    expect(page.get_by_text("Đã duyệt. Từ đây bài xếp lịch được.")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_main_job_from_a_new_bulletin_to_the_calendar(watched, size):
    title = f"Nhận hồ sơ trực tuyến, bề ngang {size['width']}"
    page = watched.page("vanhanh", size)
    page.goto("/")
    page.get_by_role("link", name="Soạn tin bài").click()
    write(page, title)
    expect(page.locator("#spoken")).to_contain_text("bảy mươi hai")
    make_audio(page)
    assert page.evaluate(HEARS) > 10
    address = hand_in(page)

    approve(watched.page("duyet", PHONE), address)

    page.goto(address)
    page.get_by_role("link", name="Xếp lịch phát").click()
    page.get_by_role("button", name="Xếp lịch").click()
    expect(page.get_by_text("Đã xếp lịch.")).to_be_visible()
    page.locator(".tt-heard a").first.click()
    expect(page.locator(".tt-order")).to_contain_text(title)
    page.get_by_role("link", name="Về lịch tuần").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tuần")


HEARS = """async () => {
  const audio = document.querySelector("audio");
  audio.muted = true;
  await audio.play();
  audio.pause();
  return audio.duration;
}"""
"""Really decodes: `play` fails on bytes that are no sound."""


def test_what_the_approver_sends_back_comes_home_with_its_reason_and_every_word(watched):
    writer = watched.page("vanhanh")
    write(writer, "Bài còn thiếu số điện thoại")
    make_audio(writer)
    address = hand_in(writer)

    approver = watched.page("duyet", PHONE)
    approver.goto(f"{address}/duyet")
    approver.get_by_role("button", name="Trả lại để sửa").click()
    expect(approver.get_by_text("Hãy ghi lý do")).to_be_visible()
    approver.get_by_label("Lý do").fill("Thêm số điện thoại của bộ phận một cửa.")
    approver.get_by_role("button", name="Trả lại để sửa").click()
    expect(approver.get_by_text("Đã trả lại kèm lý do.")).to_be_visible()

    writer.goto(address)
    expect(writer.get_by_text("Thêm số điện thoại của bộ phận một cửa.").first).to_be_visible()
    writer.get_by_role("link", name="Sửa bài").click()
    expect(writer.get_by_label("Văn bản", exact=True)).to_have_value(TEXT)
    watched.forgive("422")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is focused is called so; a page where it cannot be reached fails."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if name in page.evaluate(FOCUSED):
            return
    pytest.fail(f"{name} is not reached by the keyboard on {page.url}")


FOCUSED = """() => {
  const it = document.activeElement;
  return (it.labels?.[0]?.textContent || it.getAttribute("aria-label") || it.textContent || "").trim();
}"""


def test_the_main_job_needs_no_mouse(watched):
    page = watched.page("vanhanh")
    page.goto("/")
    tab_to(page, "Soạn tin bài")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Soạn tin bài")
    tab_to(page, "Tiêu đề")
    page.keyboard.type("Viết không cần chuột")
    tab_to(page, "Chủ đề")
    page.keyboard.type("Chuyển")
    tab_to(page, "Văn bản")
    page.keyboard.insert_text(TEXT)
    tab_to(page, "Lưu và làm âm thanh")
    page.keyboard.press("Enter")
    expect(page.locator("audio")).to_be_attached(timeout=AUDIO_MS)
    tab_to(page, "Gửi duyệt")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã gửi duyệt")).to_be_visible()

    approver = watched.page("duyet")
    approver.goto(page.url.partition("?")[0] + "/duyet")
    tab_to(approver, "Duyệt cho phát")
    approver.keyboard.press("Enter")
    expect(approver.get_by_text("Đã duyệt. Từ đây bài xếp lịch được.")).to_be_visible()


def test_an_emergency_from_a_phone_is_begun_and_ended_with_a_thumb(watched):
    page = watched.page("duyet", PHONE)
    page.goto("/")
    page.get_by_role("link", name="Phát khẩn cấp").tap()
    page.get_by_role("button", name="Cháy").tap()
    expect(page.get_by_label("Lời thông báo")).to_have_value(re.compile("Đang có cháy lớn"))
    page.get_by_role("button", name="Phát ngay").tap()
    expect(page.get_by_role("alert").first).to_contain_text("Hãy gõ đúng chữ")
    expect(page.get_by_label("Lời thông báo")).to_have_value(re.compile("Đang có cháy lớn"))
    page.get_by_label("Gõ “PHÁT” để xác nhận").fill("phát")
    page.get_by_role("button", name="Phát ngay").tap()
    expect(page.get_by_text("Đang trên sóng").first).to_be_visible(timeout=AUDIO_MS)
    page.get_by_role("button", name="Kết thúc cho mọi loa").tap()
    expect(page.get_by_text("Đã kết thúc cho mọi loa.")).to_be_visible()
    expect(page.get_by_role("button", name="Kết thúc cho mọi loa")).to_have_count(0)
    watched.forgive("422")


def save_draft(page: Page) -> None:
    page.get_by_role("button", name="Lưu bản nháp").click()


def test_the_second_of_two_tabs_is_told_and_loses_nothing(watched):
    first = watched.page("vanhanh")
    write(first, "Hai người cùng sửa")
    save_draft(first)
    expect(first.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    address = first.url.partition("?")[0]
    second = watched.page("vanhanh")
    second.goto(address)

    first.get_by_label("Tiêu đề").fill("Tên của người thứ nhất")
    save_draft(first)
    expect(first.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    second.get_by_label("Tiêu đề").fill("Tên của người thứ hai")
    save_draft(second)

    expect(second.get_by_text("Có người vừa sửa bài này")).to_be_visible()
    expect(second.get_by_label("Tiêu đề")).to_have_value("Tên của người thứ hai")
    save_draft(second)
    expect(second.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    first.goto(address)
    expect(first.get_by_label("Tiêu đề")).to_have_value("Tên của người thứ hai")
    watched.forgive("409")


def test_words_typed_after_the_sign_in_ended_come_back_with_the_next_one(watched):
    page = watched.page("vanhanh")
    write(page, "Phiên đăng nhập hết giữa chừng")
    page.context.clear_cookies()
    save_draft(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    page.get_by_label("Tên đăng nhập").fill("vanhanh")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.goto("/tin-bai/moi")
    expect(page.get_by_label("Tiêu đề")).to_have_value("Phiên đăng nhập hết giữa chừng")
    expect(page.get_by_label("Văn bản", exact=True)).to_have_value(TEXT)


def test_what_was_typed_while_the_wire_was_cut_is_saved_when_it_is_back(watched):
    page = watched.page("vanhanh")
    write(page, "Mất mạng một lát")
    save_draft(page)
    expect(page.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    address = page.url.partition("?")[0]

    page.context.set_offline(True)
    page.get_by_label("Tiêu đề").fill("Gõ lúc mất mạng")
    expect(page.locator("p[data-saved]")).to_contain_text("Chưa lưu được lên máy chủ")
    page.context.set_offline(False)
    expect(page.locator("p[data-saved]")).to_contain_text("Đã lưu")
    page.goto(address)
    expect(page.get_by_label("Tiêu đề")).to_have_value("Gõ lúc mất mạng")
    page.get_by_label("Tiêu đề").press("End")
    page.keyboard.type(", đã có lại")
    expect(page.locator("p[data-saved]")).to_contain_text("Đã lưu")
    page.evaluate("localStorage.clear()")
    page.goto(address)
    expect(page.get_by_label("Tiêu đề")).to_have_value("Gõ lúc mất mạng, đã có lại")
    watched.forgive("ERR_INTERNET_DISCONNECTED")


def test_without_javascript_the_main_job_is_the_same(watched):
    page = watched.page("vanhanh", java_script_enabled=False)
    write(page, "Không có JavaScript")
    page.get_by_role("button", name="Đọc thử").click()
    expect(page.locator("#spoken")).to_contain_text("bảy mươi hai")
    page.get_by_role("button", name="Lưu và làm âm thanh").click()
    again_until(page, page.get_by_role("button", name="Gửi duyệt"), "Xem đã tới đâu")
    address = hand_in(page)
    approve(watched.page("duyet", java_script_enabled=False), address)
    page.goto(address)
    page.get_by_role("link", name="Xếp lịch phát").click()
    page.get_by_role("button", name="Xếp lịch").click()
    expect(page.get_by_text("Đã xếp lịch.")).to_be_visible()
    expect(page.locator(".tt-heard li")).not_to_have_count(0)


def again_until(page: Page, wanted, link: str) -> None:
    """Without a script the page is asked anew by its own link, as often as somebody would."""
    for _ in range(600):
        if wanted.count():
            return
        page.get_by_role("link", name=link).click()
    pytest.fail(f"never seen: {wanted}")


def test_a_report_is_made_and_comes_down_as_a_word_file(watched):
    page = watched.page("vanhanh")
    page.goto("/bao-cao/")
    page.get_by_role("button", name="Lập báo cáo").click()
    page.get_by_label("Năm", exact=True).fill("2023")
    page.get_by_label("Tồn tại, hạn chế").click()
    expect(page.locator("h1")).to_contain_text("năm 2023")
    page.get_by_role("button", name="Lưu và xem trước").click()
    expect(page.locator(".paper").first).to_contain_text("55")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Word", exact=True).click()
    with zipfile.ZipFile(io.BytesIO(coming.value.path().read_bytes())) as word:
        assert word.testzip() is None
        text = re.sub(r"<[^>]+>", "", word.read("word/document.xml").decode())
    assert re.search(r"25 tin", text)
    assert re.search(r"55 lượt", text)
    assert re.search(r"900 phút", text)


def test_the_dark_theme_is_chosen_once_and_stays(watched):
    page = watched.page("xem")
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Nền tối").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/nhat-ky/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light
