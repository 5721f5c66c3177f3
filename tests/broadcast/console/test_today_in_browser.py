"""Today's page in Debian's Chromium: it changes by itself, stands still when nothing changed, and
says everything without scripts.
"""

from threading import Thread

import pytest
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from broadcast.bulletins.rules import BulletinState
from broadcast.people.rules import Role

pytestmark = pytest.mark.browser
POLL_MS = 11_000


@pytest.fixture
def address(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(app, chromium, address, signed_in):
    """`open_page("/", scripts=True, width=1280)` as an administrator; `page.said` is the console."""
    opened = []

    def go(path, *, scripts=True, width=1280):
        client = signed_in(Role.ADMINISTRATOR)
        with client.session_transaction() as cookie:
            kept = dict(cookie)
        signed = SecureCookieSessionInterface().get_signing_serializer(app).dumps(kept)
        context = chromium.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 844}
        )
        opened.append(context)
        context.add_cookies([{"name": "loa", "value": signed, "url": address}])
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        if scripts:
            page.clock.install()
        page.goto(address + path)
        return page

    yield go
    for context in opened:
        context.close()


def poll(page):
    """Lets ten seconds of the page pass at once and waits for the answer."""
    with page.expect_response(lambda answer: answer.url.endswith("/hom-nay")) as asked:
        page.clock.run_for(POLL_MS)
    return asked.value.status


def test_an_unchanged_desk_stands_still_and_a_change_appears_by_itself(open_page, put):
    put.session("Buổi trưa", minutes=180)
    page = open_page("/")
    page.evaluate("document.getElementById('live').dataset.mark = 'same'")
    assert poll(page) == 304
    assert page.get_attribute("#live", "data-mark") == "same"
    assert "Buổi trưa" in page.inner_text("#live")
    put.bulletin("Lịch tiêm phòng", BulletinState.WAITING)
    assert poll(page) == 200
    page.wait_for_selector("text=Lịch tiêm phòng")
    assert poll(page) == 304
    assert page.said == []


def test_without_scripts_the_page_says_the_same(open_page, put):
    put.session("Buổi trưa", minutes=180)
    put.bulletin("Lịch tiêm phòng", BulletinState.WAITING)
    page = open_page("/", scripts=False)
    assert "Lịch tiêm phòng" in page.inner_text("main")
    assert "3 giờ" in page.inner_text(".strip-next")


@pytest.mark.parametrize("path", ["/", "/cai-dat", "/cai-dat/khu-vuc", "/nguoi-dung", "/huong-dan"])
def test_on_a_phone_nothing_is_wider_than_the_screen(open_page, put, path):
    put.session("Buổi trưa", minutes=180)
    put.box("Nhà văn hóa thôn Quỳnh Lưu thượng", seconds_ago=9999)
    page = open_page(path, width=390)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.said == []


def test_a_zone_is_added_by_keys_alone(open_page):
    page = open_page("/cai-dat/khu-vuc")
    page.focus("#name")
    page.keyboard.type("Thôn Phím")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tree >> text=Thôn Phím")
