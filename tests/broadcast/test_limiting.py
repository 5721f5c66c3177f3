"""Rates: who guesses is stopped, whatever he writes into his headers; who knows a secret is not."""

import io
import re
from dataclasses import replace

import pytest

from broadcast.errors import LoaError
from broadcast.limiting import GUESSES, REFUSED_SECRETS, UPLOADS
from broadcast.people.rules import Role
from tests.factories.boxes import bearer, make_box

MOST_GUESSES = int(GUESSES.split("/")[0])
MOST_UPLOADS = int(UPLOADS.split("/")[0])
MOST_SIGN_INS = 30


def guess_at(browser, path, times, **sent):
    """The statuses of so many wrong secrets, each another one; `%d` in the path is its number."""
    return [
        browser.get(
            path.replace("%d", str(number)),
            headers={"Authorization": f"Bearer b_wrong-{number}"} | sent.get("headers", {}),
        ).status_code
        for number in range(times)
    ]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/box/v1/plan", 401),
        ("/media/" + "a" * 64 + ".mp3", 401),
        ("/api/v1/airtime?from=2026-01-01&to=2026-12-31", 401),
        ("/p/guess-%d/today.m3u", 404),
        ("/lich-phat/lich/guess-%d.ics", 404),
    ],
)
def test_a_fresh_guess_is_no_fresh_start(app, path, status):
    told = guess_at(app.test_client(), path, MOST_GUESSES + 3)
    assert told == [status] * MOST_GUESSES + [429] * 3


def test_guesses_at_different_doors_are_counted_together(app):
    browser = app.test_client()
    guess_at(browser, "/api/box/v1/plan", MOST_GUESSES // 2)
    guess_at(browser, "/p/guess-%d/now.m3u", MOST_GUESSES - MOST_GUESSES // 2)
    assert guess_at(browser, "/api/v1/plays", 1) == [429]


def test_who_knows_the_secret_is_not_counted_as_guessing(app, db, clock, station):
    browser, box = app.test_client(), make_box(db, clock, station)
    told = {
        browser.get("/api/box/v1/plan", headers=bearer(box)).status_code
        for _ in range(MOST_GUESSES + 3)
    }
    assert told == {200}
    assert guess_at(browser, "/api/box/v1/plan", 1) == [401]


def test_a_setup_link_is_guessed_at_most_thirty_times_a_minute(app):
    told = guess_at(app.test_client(), "/bat-dau/setup_%d", MOST_SIGN_INS + 2)
    assert told == [404] * MOST_SIGN_INS + [429] * 2


@pytest.mark.parametrize("path", ["/dang-nhap", "/dang-nhap/ma"])
def test_passwords_and_codes_are_tried_at_most_thirty_times_a_minute(app, path):
    browser = app.test_client()
    told = [
        browser.post(
            path,
            data={"login": f"login-{number}"},
            headers={"Authorization": f"{number}", "X-Forwarded-For": f"10.0.0.{number}"},
        ).status_code
        for number in range(MOST_SIGN_INS + 2)
    ]
    assert told[-2:] == [429, 429]
    assert 429 not in told[:-2]


def test_wrong_passwords_lock_the_login_wherever_they_come_from(app, db, people_of):
    """Behind one proxy or many addresses: eight for one login are the end for a quarter hour."""
    login, told = people_of[Role.OPERATOR].login, []
    for number in range(9):
        browser = app.test_client()
        told.append(
            browser.post(
                "/dang-nhap",
                data={"login": login, "password": "sai mật khẩu"},
                environ_base={"REMOTE_ADDR": f"10.1.0.{number}"},
            ).status_code
        )
    assert told == [200] * 8 + [429]


def forwarded(make_app, settings, proxies):
    """Statuses of the sign-ins of one caller who pretends to be another one each time."""
    app = make_app(replace(settings, trusted_proxies=proxies))
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    yield from (
        browser.post("/dang-nhap", headers={"X-Forwarded-For": f"10.2.0.{number}, 192.0.2.1"})
        for number in range(MOST_SIGN_INS + 1)
    )


@pytest.mark.parametrize("proxies", [0, 1])
def test_what_a_stranger_writes_before_the_proxy_dodges_nothing(settings, make_app, proxies):
    """One proxy puts the true address last; without a proxy the header is nobody's word."""
    told = [answer.status_code for answer in forwarded(make_app, settings, proxies)]
    assert told[-1] == 429


def test_callers_behind_a_believed_proxy_are_told_apart(settings, make_app):
    """Two are believed: then the address before the last is the caller's."""
    told = [answer.status_code for answer in forwarded(make_app, settings, 2)]
    assert set(told) == {200}


def test_a_person_uploads_at_most_sixty_files_a_minute(signed_in):
    browser = signed_in(Role.OPERATOR)

    def send():
        sheet = {"file": (io.BytesIO(b"no sheet"), "a.xlsx")}
        return browser.post("/bao-cao/kenh-khac/nhap", data=sheet).status_code

    told = [send() for _ in range(MOST_UPLOADS + 1)]
    assert 429 not in told[:-1]
    assert told[-1] == 429


@pytest.mark.parametrize("endpoint", ["bulletins.upload", "reports.templates"])
def test_every_other_door_for_files_is_limited_too(app, signed_in, endpoint):
    browser = signed_in(Role.ADMINISTRATOR)
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        values = {"bulletin_id": "none"} if "bulletins" in endpoint else {}
        path = adapter.build(endpoint, values)
    told = [browser.post(path).status_code for _ in range(MOST_UPLOADS + 1)]
    assert told[-1] == 429


def test_limits_hold_while_redis_is_away(settings, make_app):
    app = make_app(replace(settings, redis_url="redis://127.0.0.1:1/0"))
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    told = [browser.post("/dang-nhap").status_code for _ in range(MOST_SIGN_INS + 5)]
    assert told[-1] == 429


def test_who_is_stopped_is_told_what_to_do(app):
    browser = app.test_client()
    guess_at(browser, "/p/guess-%d/now.m3u", MOST_GUESSES)
    assert browser.get("/p/guess/now.m3u").json["code"] == "loa.too_many_requests"
    for _ in range(MOST_SIGN_INS):
        browser.post("/dang-nhap")
    page = browser.post("/dang-nhap").text
    assert "quá nhiều lần" in page
    assert re.search("Việc nên làm", page)


def test_every_code_that_counts_as_a_guess_is_one_that_is_told():
    def family(kind):
        for child in kind.__subclasses__():
            yield child.code
            yield from family(child)

    assert set(family(LoaError)) >= REFUSED_SECRETS
