"""What was typed survives the wire, the clock and the other tab; what is pasted comes clean."""

import re

import pytest
from browser_stage import PASSWORD
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.slow]


def begin(page: Page, title: str) -> str:
    """A saved draft, its address."""
    page.goto("/tin-bai/moi")
    page.get_by_label("Tiêu đề").fill(title)
    page.get_by_label("Văn bản", exact=True).fill("Câu đầu tiên.")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    return page.url.partition("?")[0]


def test_the_wire_flickers_while_it_saves_and_the_last_word_arrives(watched):
    page = watched.page("vanhanh")
    address = begin(page, "Mạng chập chờn")
    text, said = page.get_by_label("Văn bản", exact=True), page.locator("p[data-saved]")
    for number in range(3):
        page.context.set_offline(True)
        text.press("End")
        page.keyboard.type(f" Lần {number}.")
        expect(said).to_contain_text("Chưa lưu được lên máy chủ")
        page.context.set_offline(False)
        expect(said).to_have_text("Đã lưu")
    page.evaluate("localStorage.clear()")
    page.goto(address)
    expect(text).to_have_value("Câu đầu tiên. Lần 0. Lần 1. Lần 2.")
    watched.forgive("ERR_INTERNET_DISCONNECTED")
    watched.forgive("htmx:")


def sign_out_elsewhere(page: Page) -> None:
    other = page.context.new_page()
    other.goto("/huong-dan")
    other.locator(".menu summary").click()
    other.get_by_role("button", name="Đăng xuất").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    other.close()


def sign_in(page: Page) -> None:
    page.get_by_label("Tên đăng nhập").fill("vanhanh")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def test_signed_out_while_typing_and_the_text_is_back_after_the_sign_in(watched):
    page = watched.page("vanhanh")
    address = begin(page, "Hết phiên giữa chừng")
    sign_out_elsewhere(page)
    text = page.get_by_label("Văn bản", exact=True)
    text.press("End")
    page.keyboard.type(" Gõ khi đã hết phiên.")
    expect(page.locator("p[data-saved]")).to_contain_text("Chưa lưu được lên máy chủ")
    expect(page.locator("#on-air")).to_have_attribute(
        "data-stale-words", re.compile("Đã hết phiên đăng nhập")
    )
    page.goto(address)
    sign_in(page)
    expect(text).to_have_value("Câu đầu tiên. Gõ khi đã hết phiên.")
    watched.forgive("net::ERR_FAILED")
    watched.forgive("Failed to load resource")


def test_a_tab_from_before_the_new_sign_in_sends_again_with_one_press(watched):
    page = watched.page("vanhanh")
    address = begin(page, "Thẻ mở từ trước")
    stale = page.context.new_page()
    stale.goto(address)
    sign_out_elsewhere(page)
    page.goto("/dang-nhap")
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hôm nay")
    stale.get_by_label("Tiêu đề").fill("Gõ trong thẻ cũ")
    stale.get_by_role("button", name="Lưu bản nháp").click()
    expect(stale.get_by_text("Trang này mở từ lần đăng nhập trước")).to_be_visible()
    stale.get_by_role("button", name="Gửi lại").click()
    expect(stale.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    expect(stale.get_by_label("Tiêu đề")).to_have_value("Gõ trong thẻ cũ")
    watched.forgive("400")


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style>p.MsoNormal {mso-style-parent:""; font-family:"Times New Roman"}</style></head><body>
<!--StartFragment-->
<p class=MsoNormal><b>TH\u00d4NG B\u00c1O</b><o:p></o:p></p>
<p class=MsoNormal>Bà con “chú\u00a0ý”:\u200b lịch tie\u0302m pho\u0300ng<span style='mso-spacerun:yes'>  </span>như sau…</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'>\u00b7<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Thôn Đông: 7h30</p>
<p class=MsoListParagraph><![if !supportLists]><span style='font-family:Symbol'>\uf0b7</span><![endif]>Thôn Đoài: 8h</p>
<table class=MsoTableGrid><tr><td><p class=MsoNormal>Thứ Hai</p></td><td><p>Trạm y tế</p></td></tr>
<tr><td>Thứ Ba</td><td>Nhà văn hóa</td></tr></table>
<script>window.hurt = true</script><img src="https://example.invalid/x.png" onerror="window.hurt=true">
<!--EndFragment--></body></html>"""
PASTE = """(html) => {
  const board = new DataTransfer();
  board.setData("text/html", html);
  board.setData("text/plain", "không dùng tới");
  const text = document.getElementById("text");
  text.focus();
  text.dispatchEvent(new ClipboardEvent("paste", { clipboardData: board, bubbles: true, cancelable: true }));
}"""


def test_what_comes_from_word_keeps_its_paragraphs_and_leaves_its_rubbish(watched):
    page = watched.page("vanhanh")
    page.goto("/tin-bai/moi")
    page.get_by_label("Tiêu đề").fill("Dán từ Word")
    page.evaluate(PASTE, WORD)
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    lines = page.get_by_label("Văn bản", exact=True).input_value().split("\n")
    assert [line for line in lines if line] == [
        "THÔNG BÁO",
        "Bà con “chú ý”: lịch tiêm phòng như sau…",
        "- Thôn Đông: 7h30",
        "- Thôn Đoài: 8h",
        "Thứ Hai, Trạm y tế",
        "Thứ Ba, Nhà văn hóa",
    ]
    assert page.evaluate("window.hurt") is None


def test_plain_words_are_pasted_as_ever(watched):
    page = watched.page("vanhanh")
    page.goto("/tin-bai/moi")
    refused = page.evaluate(PASTE.replace('board.setData("text/html", html);', ""), "")
    assert refused is None
    expect(page.get_by_label("Văn bản", exact=True)).to_have_value("")


def test_a_word_paste_can_be_undone_with_the_keyboard(watched):
    page = watched.page("vanhanh")
    page.goto("/tin-bai/moi")
    text = page.get_by_label("Văn bản", exact=True)
    text.fill("Giữ nguyên.")
    page.evaluate(PASTE, "<p>Một</p><p>Hai</p>")
    expect(text).to_have_value(re.compile("Một\n+Hai"))
    text.press("Control+z")
    expect(text).to_have_value("Giữ nguyên.")
