"""Signing in and out: wrong passwords, guesses, browsers that stay and browsers that are ended."""

import argon2
import pytest
from sqlalchemy import select

from broadcast.errors import NotAllowed, NotFound, TooManyRequests
from broadcast.people.models import SignIn, SignInFailure
from broadcast.people.rules import Role
from broadcast.people.secrets import secret_hash
from broadcast.people.signing_in import (
    MOST_FAILURES_PER_ADDRESS,
    MOST_FAILURES_PER_LOGIN,
    WrongPassword,
    list_sign_ins,
    note_failure,
    sign_in,
    sign_out,
)

FROM = {"address": "10.0.0.7", "agent": "Firefox"}


def test_the_right_password_gives_a_secret_that_is_kept_only_as_a_hash(door, db, person, password):
    token = sign_in(door(), person.login, password, **FROM)
    row = db.scalars(select(SignIn)).one()
    assert row.token_hash == secret_hash(token)
    assert token not in {row.token_hash, row.agent, row.address}
    assert row.user_id == person.id


def test_capitals_and_outer_spaces_of_the_login_are_forgiven(door, person, password):
    assert sign_in(door(), f"  {person.login.upper()} ", password, **FROM)


def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(door, person):
    answers = []
    for login in (person.login, "nobody.at-all"):
        with pytest.raises(WrongPassword) as refused:
            sign_in(door(), login, "không phải mật khẩu", **FROM)
        answers.append((refused.value.code, refused.value.message))
    assert answers[0] == answers[1]


def test_an_unknown_login_costs_as_many_slow_hashes_as_a_known_one(door, person, monkeypatch):
    asked = []
    real = argon2.PasswordHasher.verify
    monkeypatch.setattr(
        argon2.PasswordHasher, "verify", lambda *given: asked.append(1) or real(*given)
    )
    counts = []
    for login in (person.login, "nobody.at-all"):
        asked.clear()
        with pytest.raises(WrongPassword):
            sign_in(door(), login, "không phải mật khẩu", **FROM)
        counts.append(len(asked))
    assert counts == [1, 1]


def test_after_eight_failures_even_the_right_password_waits_a_quarter_of_an_hour(
    door, person, password, clock
):
    for _ in range(MOST_FAILURES_PER_LOGIN):
        note_failure(door(), person.login, "10.0.0.7")
    with pytest.raises(TooManyRequests):
        sign_in(door(), person.login, password, **FROM)
    clock.move(minutes=16)
    assert sign_in(door(), person.login, password, **FROM)


def test_seven_failures_lock_nobody_out(door, person, password):
    for _ in range(MOST_FAILURES_PER_LOGIN - 1):
        note_failure(door(), person.login, "10.0.0.7")
    assert sign_in(door(), person.login, password, **FROM)


def test_one_address_that_guesses_many_logins_is_stopped_and_others_are_not(door, person, password):
    for number in range(MOST_FAILURES_PER_ADDRESS):
        note_failure(door(), f"login-{number}", "10.0.0.9")
    with pytest.raises(TooManyRequests):
        sign_in(door(), person.login, password, address="10.0.0.9", agent="")
    assert sign_in(door(), person.login, password, **FROM)


def test_a_closed_account_is_not_let_in(door, db, person, password, clock):
    person.disabled_at = clock()
    db.commit()
    with pytest.raises(WrongPassword):
        sign_in(door(), person.login, password, **FROM)


def test_a_failure_is_kept_although_the_sign_in_was_rolled_back(app, db, person):
    app.test_client().post("/dang-nhap", data={"login": person.login, "password": "sai mật khẩu"})
    assert db.scalars(select(SignInFailure.login)).all() == [person.login]


def test_a_signed_out_browser_is_unknown_from_then_on(signed_in):
    browser = signed_in(Role.OPERATOR)
    assert browser.get("/tai-khoan").status_code == 200
    browser.post("/dang-xuat")
    assert browser.get("/tai-khoan").status_code == 302


def test_a_stolen_cookie_dies_with_its_sign_in(signed_in, db):
    browser = signed_in(Role.OPERATOR)
    with browser.session_transaction() as cookie:
        stolen = dict(cookie)
    browser.post("/dang-xuat")
    with browser.session_transaction() as cookie:
        cookie.update(stolen)
    assert browser.get("/tai-khoan").status_code == 302


def test_a_sign_in_ends_by_itself_after_thirty_days(signed_in, clock):
    browser = signed_in(Role.OPERATOR)
    clock.move(days=29)
    assert browser.get("/tai-khoan").status_code == 200
    clock.move(days=2)
    assert browser.get("/tai-khoan").status_code == 302


def test_a_browser_is_noted_as_seen_at_most_every_five_minutes(signed_in, db, clock):
    browser = signed_in(Role.VIEWER)
    begun = clock()
    clock.move(minutes=4)
    browser.get("/tai-khoan")
    assert db.scalars(select(SignIn.seen_at)).one() == begun
    db.rollback()
    clock.move(minutes=2)
    browser.get("/tai-khoan")
    assert db.scalars(select(SignIn.seen_at)).one() == clock()


def test_nobody_ends_the_sign_in_of_somebody_else_but_an_administrator(signed_in, desk_as, db):
    signed_in(Role.APPROVER)
    row = db.scalars(select(SignIn)).one()
    db.commit()
    with pytest.raises(NotAllowed):
        sign_out(desk_as(Role.OPERATOR), row.id)
    sign_out(desk_as(Role.ADMINISTRATOR), row.id)
    assert list_sign_ins(desk_as(Role.APPROVER), row.user_id) == []


def test_an_unknown_sign_in_is_not_found(desk_as):
    with pytest.raises(NotFound):
        sign_out(desk_as(Role.ADMINISTRATOR), "no-such")
