"""Signing in and out: passwords, codes of a phone, guesses, and browsers that stay signed in."""

from datetime import timedelta

from sqlalchemy import func, select

from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, LoaError, NotFound, TooManyRequests
from broadcast.people.models import SignIn, SignInFailure, User
from broadcast.people.passwords import is_password
from broadcast.people.rules import Right
from broadcast.people.secrets import new_secret, secret_hash
from broadcast.people.totp import matching_step

SIGN_IN_LASTS = timedelta(days=30)
FAILURE_WINDOW = timedelta(minutes=15)
MOST_FAILURES_PER_LOGIN = 8
MOST_FAILURES_PER_ADDRESS = 40
"""An office shares one address: five people who forget must not lock the sixth out."""


class WrongPassword(InvalidInput):
    code = "people.wrong_password"
    message = "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra phím Caps Lock rồi thử lại."


class CodeWrong(WrongPassword):
    code = "people.code_wrong"
    message = "Mã chưa đúng hoặc đã dùng. Hãy đợi mã mới trên điện thoại rồi nhập lại."


class SecondStepNeeded(LoaError):
    """Not a failure: the view asks for the code. `user_id` is whose."""

    code = "people.second_step_needed"
    message = "Hãy nhập mã 6 số trên điện thoại."

    def __init__(self, user: str) -> None:
        super().__init__(user=user)
        self.user_id = user


@use_case
def sign_in(desk: Desk, login: str, password: str, *, address: str, agent: str) -> str:
    """The secret for the cookie of a new sign-in.

    :raises WrongPassword: also for an unknown login; the answer takes as long.
    :raises SecondStepNeeded: the password is right, and the account asks for a code as well.
    :raises TooManyRequests: after 8 failures for one login, or 40 from one address, in 15 minutes.
    """
    login = login.strip().lower()[:120]
    _refuse_guessing(desk, login, address)
    user = desk.session.scalar(select(User).where(User.login == login, User.disabled_at.is_(None)))
    if not is_password(password, user.password_hash if user else None) or user is None:
        raise WrongPassword(login=login)
    if user.totp_secret:
        raise SecondStepNeeded(user=user.id)
    return _new_sign_in(desk, user, address, agent)


@use_case
def finish_sign_in(desk: Desk, user_id: str, code: str, *, address: str, agent: str) -> str:
    """The second step, after the password was right: a code of the phone.

    :raises CodeWrong: also for a code that was used already (RFC 6238, 5.2).
    :raises TooManyRequests: wrong codes count like wrong passwords.
    """
    # Locked, so that two browsers with the same code come one after the other.
    user = desk.session.get_one(User, user_id, with_for_update=True)
    _refuse_guessing(desk, user.login, address)
    step = matching_step(user.totp_secret, code, desk.now)
    if step is None or step <= user.totp_step or user.disabled_at:
        raise CodeWrong(login=user.login)
    user.totp_step = step
    return _new_sign_in(desk, user, address, agent)


def _new_sign_in(desk: Desk, user: User, address: str, agent: str) -> str:
    token = new_secret("s")
    desk.session.add(
        SignIn(
            id=desk.new_id(),
            station_id=user.station_id,
            user_id=user.id,
            token_hash=secret_hash(token),
            created_at=desk.now,
            seen_at=desk.now,
            expires_at=desk.now + SIGN_IN_LASTS,
            address=address[:60],
            agent=agent[:200],
        )
    )
    return token


def _refuse_guessing(desk: Desk, login: str, address: str) -> None:
    recent = SignInFailure.at > desk.now - FAILURE_WINDOW
    for column, value, most in (
        (SignInFailure.login, login, MOST_FAILURES_PER_LOGIN),
        (SignInFailure.address, address, MOST_FAILURES_PER_ADDRESS),
    ):
        count = desk.session.scalar(
            select(func.count()).select_from(SignInFailure).where(column == value, recent)
        )
        if (count or 0) >= most:
            raise TooManyRequests(login=login)


@use_case
def note_failure(desk: Desk, login: str, address: str) -> None:
    """A use case of its own: the failed sign-in itself is rolled back."""
    login = login.strip().lower()[:120]
    desk.session.add(
        SignInFailure(id=desk.new_id(), login=login, address=address[:60], at=desk.now)
    )


@use_case
def sign_out(desk: Desk, sign_in_id: str) -> None:
    """:raises NotFound: for somebody else's sign-in, unless the actor administers."""
    row = desk.session.get(SignIn, sign_in_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound
    if row.user_id != desk.actor.user_id:
        desk.actor.must(Right.ADMINISTER)
    row.revoked_at = desk.now


def list_sign_ins(desk: Desk, user_id: str) -> list[SignIn]:
    """Those that still hold, newest first."""
    return list(
        desk.session.scalars(
            select(SignIn)
            .where(
                SignIn.user_id == user_id,
                SignIn.station_id == desk.station_id,
                SignIn.revoked_at.is_(None),
                SignIn.expires_at > desk.now,
            )
            .order_by(SignIn.seen_at.desc())
        )
    )
