"""What every answer and every form keeps to, whatever the page: policy, tokens, cookies, caches."""

import re
from html.parser import HTMLParser

import pytest

from broadcast.people.rules import Role
from tests.factories.every_row import address, furnish, methods, routes

MACHINES = ("box_api.", "media.", "players.", "report_api.")
ATTACKS = {
    "a form": {"data": {"name": "x"}},
    "JSON": {"json": {"name": "x"}},
    "htmx": {"data": {"name": "x"}, "headers": {"HX-Request": "true"}},
    "a wrong token": {"data": {"csrf_token": "made-up"}, "headers": {"X-CSRFToken": "made-up"}},
    "another site": {"data": {"name": "x"}, "headers": {"Origin": "https://evil.example"}},
    "a method in a field": {"data": {"_method": "DELETE"}},
}
FOR_EVERYBODY = ("openapi.", "boxes.program_file")
STRICT = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


@pytest.fixture
def own_rows(db, clock, station):
    return furnish(db, clock, station)


@pytest.fixture
def guarded(app, signed_in):
    """An administrator's browser while tokens are looked at, as on the air."""
    browser = signed_in(Role.ADMINISTRATOR)
    app.config["WTF_CSRF_ENABLED"] = True
    return browser


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_form_is_taken_without_its_token(app, guarded, own_rows, attack):
    taken = [
        (method, rule.rule, answer.status_code)
        for rule in routes(app)
        if not rule.endpoint.startswith(MACHINES)
        for method in methods(rule)
        if method != "GET"
        for answer in [guarded.open(address(app, rule, own_rows), method=method, **ATTACKS[attack])]
        if answer.status_code != 400
    ]
    assert taken == []


def test_the_doors_for_machines_take_no_cookie_for_a_secret(app, guarded, own_rows):
    """They ask for no token, because the cookie of a browser opens nothing there but audio."""
    opened = [
        (method, rule.rule)
        for rule in routes(app)
        if rule.endpoint.startswith(MACHINES) and rule.endpoint != "media.audio"
        for method in methods(rule)
        if guarded.open(address(app, rule, own_rows), method=method).status_code not in {401, 404}
    ]
    assert opened == []


class Inline(HTMLParser):
    """Collects what a strict policy forbids: scripts and styles in the page, handlers, `style`."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.inside = None

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            is_code = (value or "").strip().lower().startswith("javascript:")
            if (
                name.startswith("on")
                or name == "style"
                or is_code
                or (name in {"src", "href", "action", "hx-get", "hx-post"} and is_elsewhere(value))
            ):
                self.found.append((tag, name, value))
        has_source = any(name == "src" for name, _value in attrs)
        kind = dict(attrs).get("type", "")
        if tag == "style" or (tag == "script" and not has_source and kind != "application/json"):
            self.found.append((tag, "inline", ""))


def is_elsewhere(value):
    return re.match(r"\s*(https?:)?//", value or "") is not None


def test_every_answer_is_under_the_strict_policy_and_no_page_needs_more(app, signed_in, own_rows):
    browser, broken = signed_in(Role.ADMINISTRATOR), []
    for rule in routes(app):
        if "GET" not in rule.methods:
            continue
        for rows in (own_rows, {"log_entry": 987654}):
            answer = browser.get(address(app, rule, rows))
            policy = set(answer.headers.get("Content-Security-Policy", "").split("; "))
            if not policy >= STRICT or "unsafe" in str(policy):
                broken.append((rule.rule, "policy", policy))
            if answer.headers.get("X-Content-Type-Options") != "nosniff":
                broken.append((rule.rule, "may be sniffed"))
            if answer.mimetype == "text/html":
                page = Inline()
                page.feed(answer.text)
                broken += [(rule.rule, one) for one in page.found if not is_known_elsewhere(one)]
    assert broken == []


def is_known_elsewhere(one):
    """The public address of this very station, on the page that describes its interfaces."""
    return str(one[2]).startswith("http://127.0.0.1:8080")


@pytest.mark.parametrize("path", ["/static/css/base.css", "/static/js/here.js"])
def test_what_any_cache_may_keep_carries_no_cookie_and_depends_on_none(signed_in, path):
    with signed_in(Role.OPERATOR).get(path) as answer:
        assert "public" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_cookie_is_sent_when_it_changes_and_not_with_every_answer(app, signed_in):
    browser = signed_in(Role.VIEWER)
    browser.get("/tai-khoan")
    assert "Set-Cookie" not in browser.get("/tai-khoan").headers
    assert "Set-Cookie" in browser.post("/dang-xuat").headers


def test_no_answer_to_a_person_is_for_a_shared_cache(app, signed_in, own_rows):
    browser, public = signed_in(Role.ADMINISTRATOR), []
    for rule in routes(app):
        if "GET" in rule.methods and not rule.endpoint.startswith(FOR_EVERYBODY):
            answer = browser.get(address(app, rule, own_rows))
            kept = answer.headers.get("Cache-Control", "")
            if answer.status_code < 400 and "private" not in kept and "no-store" not in kept:
                public.append((rule.rule, kept))
    assert public == []
