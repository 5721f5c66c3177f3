"""A page opened before the last sign-in keeps its words; an address nobody can mean is not found."""

import re

import pytest
from wtforms import Form, PasswordField

from broadcast.error_pages import NEVER_REPEATED
from broadcast.people import forms
from broadcast.people.rules import Role

OURS = {"Origin": "http://localhost"}
TYPED = {"title": "Chữ <b>đã gõ", "text": "\nDòng hai", "csrf_token": "of-an-older-sign-in"}


@pytest.fixture
def strict(app, signed_in):
    """Signed in, and tokens are looked at as on the air."""
    browser = signed_in(Role.OPERATOR)
    app.config["WTF_CSRF_ENABLED"] = True
    return browser


def test_what_was_typed_comes_back_with_a_token_that_holds(strict):
    page = strict.post("/tin-bai/moi?x=1", data=TYPED, headers=OURS)
    assert page.status_code == 400
    assert "Chữ &lt;b&gt;đã gõ" in page.text
    assert 'action="/tin-bai/moi?x=1"' in page.text
    assert "of-an-older-sign-in" not in page.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    again = strict.post("/tin-bai/moi", data=TYPED | {"csrf_token": token}, headers=OURS)
    assert "Trang này mở từ lần đăng nhập trước" not in again.text


def test_passwords_are_never_sent_back_to_the_page(strict):
    data = {"old": "bí mật một", "new": "bí mật hai", "again": "bí mật hai", "login": "hanh"}
    page = strict.post("/tai-khoan", data=data, headers=OURS)
    assert "bí mật" not in page.text
    assert "hanh" in page.text


def test_every_field_for_a_password_is_among_those_that_are_never_repeated(app):
    asked = {
        field.name
        for form in vars(forms).values()
        if isinstance(form, type) and issubclass(form, Form)
        for field in unbound_fields(form, app)
        if isinstance(field, PasswordField)
    }
    assert {"password", "old", "new", "again"} <= asked <= NEVER_REPEATED


def unbound_fields(form, app):
    with app.test_request_context():
        return list(form(formdata=None))


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_what_another_site_sent_is_refused_and_not_offered_again(strict, origin):
    page = strict.post("/tin-bai/moi", data=TYPED, headers={"Origin": origin} if origin else {})
    assert page.status_code == 400
    assert "Gửi lại" not in page.text


@pytest.mark.parametrize("path", ["/tin-bai/%00", "/cum-loa/a%00b"])
def test_an_address_with_nul_names_nothing(signed_in, path):
    assert signed_in(Role.OPERATOR).get(path).status_code == 404
