"""A bare Flask application that shows the style guide by the real templates, and a browser."""

import os
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest
from flask import Flask, flash, render_template, render_template_string, url_for
from flask_babel import Babel, get_locale
from flask_wtf import CSRFProtect, FlaskForm
from playwright.sync_api import sync_playwright
from werkzeug.routing import BuildError
from werkzeug.serving import make_server
from wtforms import (
    BooleanField,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "broadcast" / "static"
TEMPLATES = ROOT / "templates"
CHROMIUM = "/usr/bin/chromium"
SHOTS = os.environ.get("LOA_SHOTS", "")
"""A folder for screenshots to look at."""

PAGES = {
    "console.today": "/",
    "console.on_air": "/on-air",
    "bulletins.index": "/tin-bai",
    "timetable.week": "/lich-phat",
    "timetable.emergency": "/khan-cap",
    "airlog.day": "/nhat-ky",
    "reports.index": "/bao-cao",
    "boxes.index": "/cum-loa",
    "stations.settings": "/cai-dat",
    "people.sign_out": "/dang-xuat",
}
PLANNED = [
    {"start": 300, "end": 330, "title": "Buổi sáng", "time": "05:00", "href": "#"},
    {"start": 660, "end": 690, "title": "Buổi trưa", "time": "11:00", "href": "#"},
    {"start": 1020, "end": 1050, "title": "Buổi chiều", "time": "17:00", "href": "#"},
    {
        "start": 860,
        "end": 880,
        "title": "Xả lũ hồ Cửa Đạt",
        "time": "14:20",
        "href": "#",
        "priority": "emergency",
    },
]
AIRED = [
    {"start": 300, "end": 329, "title": "Buổi sáng", "outcome": "aired"},
    {"start": 540, "end": 552, "title": "Thử loa", "outcome": "unplanned"},
    {"start": 660, "end": 666, "title": "Buổi trưa", "outcome": "partial"},
    {"start": 672, "end": 690, "title": "Buổi trưa", "outcome": "missed"},
    {"start": 860, "end": 872, "title": "Xả lũ hồ Cửa Đạt", "outcome": "on_air"},
]


class BulletinForm(FlaskForm):
    title = StringField(
        "Tiêu đề", [InputRequired(), Length(max=20, message="Tiêu đề dài quá 20 chữ.")]
    )
    text = TextAreaField("Văn bản", [InputRequired("Cần có văn bản để đọc.")])
    topic = SelectField(
        "Chuyên đề",
        choices=[SelectChoice("cchc", "Cải cách hành chính"), SelectChoice("cds", "Chuyển đổi số")],
    )
    starts = TimeField("Giờ phát", [InputRequired("Cần có giờ phát.")])
    days = SelectMultipleField(
        "Ngày phát", coerce=int, choices=[SelectChoice(day, str(day)) for day in range(7)]
    )
    zones = SelectMultipleField(
        "Khu vực",
        choices=[
            SelectChoice("a", "Thôn Đồng Tâm"),
            SelectChoice("b", "Thôn Phú Mỹ"),
            SelectChoice("c", "Thôn Ngọc"),
        ],
    )
    priority = RadioField(
        "Mức ưu tiên",
        choices=[SelectChoice("normal", "Thông thường"), SelectChoice("priority", "Ưu tiên")],
    )
    repeat = BooleanField("Phát lại ngày hôm sau")
    recording = FileField("Tệp thu âm")


def bare_app() -> Flask:
    app = Flask("look", static_folder=str(STATIC), template_folder=str(TEMPLATES))
    app.config.update(SECRET_KEY="x" * 32, WTF_CSRF_ENABLED=True, BABEL_DEFAULT_LOCALE="vi")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app)
    CSRFProtect(app)

    def link(endpoint: str, **values: object) -> str | None:
        try:
            return url_for(endpoint, **values)
        except BuildError:
            return None

    app.jinja_env.globals.update(link=link, get_locale=get_locale)
    for endpoint, path in PAGES.items():
        if endpoint not in ("console.today", "console.on_air"):
            app.add_url_rule(path, endpoint, lambda: "")
    app.add_url_rule("/", "console.today", styleguide)
    app.add_url_rule("/on-air", "console.on_air", on_air)
    app.add_url_rule("/error/<code>", "error", error_page)
    app.add_url_rule("/signed-out", "signed_out", lambda: error_page("404", me=None))

    @app.context_processor
    def frame() -> dict[str, object]:
        station = SimpleNamespace(name="Đài truyền thanh xã Ngọc Kỳ")
        return {
            "me": SimpleNamespace(display_name="Chị Nguyễn Thị Hòa"),
            "station": station,
            "needs_me_count": 3,
        }

    @app.after_request
    def strict(response):
        response.headers["Content-Security-Policy"] = "default-src 'self'; img-src 'self' data:"
        return response

    return app


def styleguide() -> str:
    form = BulletinForm(
        data={
            "title": "Đăng ký khai sinh trực tuyến <b>",
            "text": "",
            "topic": "cds",
            "days": [0, 2, 4],
            "zones": ["b"],
        }
    )
    form.validate()
    flash("Đã lưu bản nháp.", "done")
    return render_template("styleguide.html", form=form, planned=PLANNED, aired=AIRED)


def on_air() -> str:
    return render_template_string(
        '{% import "macros/components.html" as ui %}'
        '{{ ui.on_air_strip("Xả lũ hồ Cửa Đạt", "#", "toàn xã", ui.countdown("2026-11-23T07:40:00Z", "7:20"),'
        ' "Buổi chiều", "17:00", ui.countdown("2026-11-23T10:00:00Z", "2 giờ 28 phút")) }}'
    )


def error_page(code: str, **context: object) -> str:
    return render_template(f"errors/{code}.html", message="", reference="a1b2c3d4", **context)


@pytest.fixture(scope="module")
def pages():
    return bare_app().test_client()


@pytest.fixture(scope="module")
def address():
    server = make_server("127.0.0.1", 0, bare_app(), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium():
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture(params=[("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)], ids=str)
def page(request, chromium, address):
    """The style guide, painted and quiet, at two widths in two themes."""
    yield from painted(chromium, address, *request.param)


@pytest.fixture
def one_page(chromium, address):
    """For deeds that do not depend on width and theme."""
    yield from painted(chromium, address, "light", 1280)


def painted(chromium, address: str, scheme: str, width: int):
    """`said` holds what the console said meanwhile, `asked` every address the page asked for."""
    phone = width < 700
    context = chromium.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
        is_mobile=phone,
        has_touch=phone,
    )
    page = context.new_page()
    page.said = []
    page.asked = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda asked: page.asked.append(asked.url))
    page.goto(address)
    page.wait_for_selector(".strip-what")
    page.wait_for_function("document.fonts.status === 'loaded'")
    if SHOTS:
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=f"{SHOTS}/look-{scheme}-{width}.png", full_page=True)
    yield page
    context.close()
