"""The second step of signing in, for whoever wants it: switched on and off by its owner."""

import base64
import io
import secrets

import segno

from broadcast.desk import Desk, use_case
from broadcast.people.models import User
from broadcast.people.passwords import is_password
from broadcast.people.rules import Right
from broadcast.people.service import get_account
from broadcast.people.signing_in import CodeWrong, WrongPassword
from broadcast.people.totp import matching_step, provisioning_uri
from broadcast.people.trail import note_deed

SECRET_BYTES = 20
"""160 bits, as RFC 4226 (4, R6) recommends."""


def new_totp_secret() -> str:
    """Base32 as phones take it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


@use_case
def switch_on(desk: Desk, secret: str, code: str) -> None:
    """From now on a code of `secret` is asked for; `code` proves that the phone has it.

    :raises CodeWrong: the phone shows another code.
    """
    user = desk.session.get_one(User, desk.actor.user_id)
    step = matching_step(secret, code, desk.now) if secret else None
    if step is None:
        raise CodeWrong
    user.totp_secret, user.totp_step = secret, step
    note_deed(desk, "people.second_step_on", "account", user.id)


@use_case
def switch_off(desk: Desk, password: str) -> None:
    """:raises WrongPassword: whoever found an open screen must not weaken the account."""
    user = desk.session.get_one(User, desk.actor.user_id)
    if not is_password(password, user.password_hash):
        raise WrongPassword
    user.totp_secret = ""
    note_deed(desk, "people.second_step_off", "account", user.id)


@use_case
def forgive_phone(desk: Desk, user_id: str) -> None:
    """A lost phone: an administrator lets its owner in with the password alone."""
    desk.actor.must(Right.ADMINISTER)
    user = get_account(desk, user_id)
    user.totp_secret = ""
    note_deed(desk, "people.second_step_forgiven", "account", user.id)


def qr_picture(secret: str, login: str, issuer: str) -> str:
    """A `data:` address of the QR code, SVG, for an `img`."""
    picture = io.BytesIO()
    code = segno.make(provisioning_uri(secret, login, issuer), error="m")
    code.save(picture, kind="svg", scale=5, border=2, dark="#000", light="#fff")
    return "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode()
