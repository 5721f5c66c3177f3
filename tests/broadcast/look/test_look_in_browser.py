"""The same page in Debian's Chromium: two widths, two themes, one without scripts."""

import pytest

pytestmark = pytest.mark.browser


def test_the_page_obeys_the_strict_policy_and_stays_at_home(page, address):
    assert page.said == []
    assert [url for url in page.asked if not url.startswith(address)] == []


def test_nothing_is_wider_than_the_screen(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_everything_to_press_is_big_enough_for_a_mouse_and_on_a_phone_for_a_thumb(page):
    least = 24 if page.viewport_size["width"] > 700 else 44
    small = page.evaluate(
        """(least) => [...document.querySelectorAll('.button, .nav a, summary, select, label.check, .weekdays label, input:not([type=hidden]):not([type=checkbox]):not([type=radio])')]
            .filter((e) => e.offsetParent && e.getBoundingClientRect().height < least - 0.1)
            .map((e) => e.outerHTML.slice(0, 80))""",
        least,
    )
    assert small == []


def test_the_font_has_every_vietnamese_letter_and_figures_of_one_width(one_page):
    missing, widths = one_page.evaluate(
        """() => {
            const pen = document.createElement('canvas').getContext('2d');
            const width = (text, spare) => { pen.font = `40px "Be Vietnam Pro", ${spare}`; return pen.measureText(text).width; };
            const base = [...'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY'];
            const letters = base.flatMap((l) => ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((t) => (l + t).normalize('NFC'))).concat([...'đĐ₫']);
            const cell = document.querySelector('table').insertRow().insertCell();
            const widths = [...'0123456789'].map((figure) => {
                const span = document.createElement('span');
                span.textContent = figure.repeat(20);
                cell.replaceChildren(span);
                return Math.round(span.getBoundingClientRect().width);
            });
            return [letters.filter((l) => width(l, 'monospace') !== width(l, 'serif')), [...new Set(widths)]];
        }"""
    )
    assert missing == []
    assert len(widths) == 1


def test_the_button_of_a_grave_deed_waits_for_the_word(one_page):
    one_page.click("[data-opens=withdraw]")
    button = one_page.locator("dialog[open] button[type=submit]")
    assert button.is_disabled()
    one_page.fill("dialog[open] input[data-must-type]", "  Thu hồi ")
    assert button.is_enabled()
    one_page.keyboard.press("Escape")
    assert one_page.locator("dialog[open]").count() == 0


def test_the_theme_button_repaints_at_once_and_is_remembered(one_page):
    one_page.click(".menu summary")
    one_page.click("[data-theme-choice=dark]")
    assert (
        one_page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgb(20, 24, 29)"
    )
    one_page.reload()
    assert one_page.get_attribute("html", "data-theme") == "dark"


def test_what_was_typed_comes_back_after_the_tab_was_closed(one_page):
    one_page.fill("#text", "Bà con chú ý: chiều nay mất điện.")
    one_page.goto(one_page.url)
    assert one_page.input_value("#text") == "Bà con chú ý: chiều nay mất điện."
    assert one_page.inner_text("[data-saved]") == "Đã lấy lại chữ gõ dở lần trước"


def test_a_toast_offers_its_undo_and_is_read_out(one_page):
    one_page.evaluate(
        "document.body.dispatchEvent(new CustomEvent('toast', {detail: {words: 'Đã thu hồi <b>', undo: '/x'}}))"
    )
    assert one_page.inner_text("#toasts[role=status] .toast span") == "Đã thu hồi <b>"
    assert one_page.inner_text("#toasts .toast button") == "Hoàn tác"


def test_without_scripts_the_page_reads_the_same(chromium, address):
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(address)
    assert page.locator(".needs-script").first.is_hidden()
    assert page.locator("form [type=submit]").first.count() == 1
    context.close()
