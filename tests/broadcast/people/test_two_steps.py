"""The second step: switched on by a code, asked for after the password, each code good once."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from broadcast.errors import NotAllowed, TooManyRequests
from broadcast.people.rules import Role
from broadcast.people.signing_in import (
    MOST_FAILURES_PER_LOGIN,
    CodeWrong,
    SecondStepNeeded,
    WrongPassword,
    finish_sign_in,
    note_failure,
    sign_in,
)
from broadcast.people.totp import code_at, step_of
from broadcast.people.two_steps import (
    forgive_phone,
    new_totp_secret,
    qr_picture,
    switch_off,
    switch_on,
)

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
FROM = {"address": "10.0.0.7", "agent": "Firefox"}


@pytest.fixture
def guarded(db, person):
    """The operator with the second step on."""
    person.totp_secret = SECRET
    db.commit()
    return person


def code(clock):
    return code_at(SECRET, step_of(clock()))


def test_the_right_password_alone_does_not_open(door, guarded, password):
    with pytest.raises(SecondStepNeeded):
        sign_in(door(), guarded.login, password, **FROM)


def test_a_wrong_password_is_told_before_any_code_is_asked_for(door, guarded):
    with pytest.raises(WrongPassword):
        sign_in(door(), guarded.login, "không phải mật khẩu", **FROM)


def test_a_code_opens_once(door, guarded, clock):
    assert finish_sign_in(door(), guarded.id, code(clock), **FROM)
    with pytest.raises(CodeWrong):
        finish_sign_in(door(), guarded.id, code(clock), **FROM)
    clock.move(seconds=31)
    assert finish_sign_in(door(), guarded.id, code(clock), **FROM)


def test_a_code_of_a_phone_that_is_ahead_opens_once_too(door, guarded, clock):
    ahead = code_at(SECRET, step_of(clock()) + 1)
    assert finish_sign_in(door(), guarded.id, ahead, **FROM)
    clock.move(seconds=30)
    with pytest.raises(CodeWrong):
        finish_sign_in(door(), guarded.id, ahead, **FROM)


def test_after_a_newer_code_an_older_one_is_dead(door, guarded, clock):
    seen_over_a_shoulder = code(clock)
    clock.move(seconds=30)
    assert finish_sign_in(door(), guarded.id, code(clock), **FROM)
    with pytest.raises(CodeWrong):
        finish_sign_in(door(), guarded.id, seen_over_a_shoulder, **FROM)


def test_the_code_that_switched_it_on_signs_nobody_in(desk_as, door, person, clock):
    switch_on(desk_as(Role.OPERATOR), SECRET, code(clock))
    with pytest.raises(CodeWrong):
        finish_sign_in(door(), person.id, code(clock), **FROM)
    clock.move(seconds=30)
    assert finish_sign_in(door(), person.id, code(clock), **FROM)


def test_two_browsers_with_one_code_do_not_both_come_in(door, guarded, clock):
    def come_in(_browser):
        try:
            return bool(finish_sign_in(door(), guarded.id, code(clock), **FROM))
        except CodeWrong:
            return False

    with ThreadPoolExecutor(4) as browsers:
        assert sorted(browsers.map(come_in, range(4))) == [False, False, False, True]


def test_wrong_codes_are_counted_like_wrong_passwords(door, guarded, clock):
    for _ in range(MOST_FAILURES_PER_LOGIN):
        note_failure(door(), guarded.login, "10.0.0.7")
    with pytest.raises(TooManyRequests):
        finish_sign_in(door(), guarded.id, code(clock), **FROM)


def test_it_is_switched_on_only_by_a_code_of_the_secret(desk_as, db, person, clock):
    with pytest.raises(CodeWrong):
        switch_on(desk_as(Role.OPERATOR), SECRET, "000000")
    switch_on(desk_as(Role.OPERATOR), SECRET, code(clock))
    db.refresh(person)
    assert person.totp_secret == SECRET


def test_it_is_switched_off_only_with_the_password(desk_as, db, guarded, password):
    with pytest.raises(WrongPassword):
        switch_off(desk_as(Role.OPERATOR), "không phải mật khẩu")
    switch_off(desk_as(Role.OPERATOR), password)
    db.refresh(guarded)
    assert guarded.totp_secret == ""


def test_only_an_administrator_forgives_a_lost_phone(desk_as, db, guarded):
    with pytest.raises(NotAllowed):
        forgive_phone(desk_as(Role.APPROVER), guarded.id)
    forgive_phone(desk_as(Role.ADMINISTRATOR), guarded.id)
    db.refresh(guarded)
    assert guarded.totp_secret == ""


def test_secrets_are_long_and_never_the_same():
    assert len({new_totp_secret() for _ in range(50)}) == 50
    assert all(re.fullmatch("[A-Z2-7]{32}", new_totp_secret()) for _ in range(50))


def test_the_picture_needs_no_other_host():
    assert qr_picture(SECRET, "hanh", "Đài").startswith("data:image/svg+xml;base64,")


def test_the_whole_way_in_the_browser(app, guarded, password, clock):
    browser = app.test_client()
    asked = browser.post(
        "/dang-nhap?next=/tai-khoan", data={"login": guarded.login, "password": password}
    )
    assert asked.headers["Location"].startswith("/dang-nhap/ma")
    assert browser.get("/tai-khoan").status_code == 302
    wrong = browser.post(asked.headers["Location"], data={"code": "000000"})
    assert CodeWrong.message in wrong.text
    opened = browser.post(asked.headers["Location"], data={"code": code(clock)})
    assert opened.headers["Location"] == "/tai-khoan"
    assert browser.get("/tai-khoan").status_code == 200


def test_a_password_given_five_minutes_ago_must_be_given_again(app, guarded, password, clock):
    browser = app.test_client()
    browser.post("/dang-nhap", data={"login": guarded.login, "password": password})
    clock.move(minutes=6)
    answer = browser.post("/dang-nhap/ma", data={"code": code(clock)})
    assert answer.headers["Location"].startswith("/dang-nhap")
    assert browser.get("/tai-khoan").status_code == 302


def test_the_code_page_without_a_password_leads_back_to_the_door(app):
    answer = app.test_client().get("/dang-nhap/ma")
    assert answer.headers["Location"].startswith("/dang-nhap")


def test_the_page_offers_one_secret_until_it_is_taken(signed_in, person, clock):
    browser = signed_in(Role.OPERATOR)
    page = browser.get("/tai-khoan/hai-buoc")
    assert page.headers["Cache-Control"] == "no-store"
    with browser.session_transaction() as cookie:
        secret = cookie["totp_offered"]
    browser.get("/tai-khoan/hai-buoc")
    answer = browser.post("/tai-khoan/hai-buoc", data={"code": code_at(secret, step_of(clock()))})
    assert answer.status_code == 302
    assert "Tắt hai bước" in browser.get("/tai-khoan/hai-buoc").text
