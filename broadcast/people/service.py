"""Accounts: who may sign in, as what, with which password."""

from sqlalchemy import select, update

from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, NotFound
from broadcast.people.models import AuditEntry, SignIn, User
from broadcast.people.passwords import hash_password, is_password
from broadcast.people.rules import Right, Role
from broadcast.people.signing_in import WrongPassword
from broadcast.people.trail import note_deed


class LoginTaken(InvalidInput):
    code = "people.login_taken"
    message = "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."


class LastAdministrator(InvalidInput):
    code = "people.last_administrator"
    message = "Đây là người quản trị cuối cùng. Hãy giao quyền cho người khác trước."


@use_case
def add_account(desk: Desk, login: str, display_name: str, password: str, role: Role) -> User:
    """A new account at the actor's station.

    :raises LoginTaken: logins are unique in the whole deployment.
    :raises PasswordTooWeak: see `passwords`.
    """
    desk.actor.must(Right.ADMINISTER)
    login = login.strip().lower()
    if not is_login_free(desk, login):
        raise LoginTaken(login=login)
    user = User(
        id=desk.new_id(),
        station_id=desk.station_id,
        login=login,
        display_name=display_name.strip(),
        password_hash=hash_password(password),
        role=role,
        created_at=desk.now,
    )
    desk.session.add(user)
    note_deed(desk, "people.account_added", "account", user.id, role=role.value)
    return user


@use_case
def change_password(desk: Desk, old: str, new: str, *, keep_sign_in: str) -> None:
    """Every other sign-in of this person ends; the one that asked stays.

    :raises WrongPassword: when `old` is not the present one.
    """
    user = desk.session.get_one(User, desk.actor.user_id)
    if not is_password(old, user.password_hash):
        raise WrongPassword
    user.password_hash = hash_password(new)
    _end_sign_ins(desk, user.id, keep_sign_in)
    note_deed(desk, "people.password_changed", "account", user.id)


@use_case
def set_password(desk: Desk, user_id: str, new: str) -> None:
    """An administrator gives a new password; all of that person's sign-ins end."""
    desk.actor.must(Right.ADMINISTER)
    user = get_account(desk, user_id)
    user.password_hash = hash_password(new)
    _end_sign_ins(desk, user.id, "")
    note_deed(desk, "people.password_set", "account", user.id)


@use_case
def change_account(desk: Desk, user_id: str, *, role: Role, disabled: bool) -> User:
    """:raises LastAdministrator: somebody must be left who can let people in."""
    desk.actor.must(Right.ADMINISTER)
    user = get_account(desk, user_id)
    leaves = user.role is Role.ADMINISTRATOR and (role is not Role.ADMINISTRATOR or disabled)
    if leaves and len(_administrators(desk)) == 1:
        raise LastAdministrator
    user.role = role
    user.disabled_at = (user.disabled_at or desk.now) if disabled else None
    if disabled:
        _end_sign_ins(desk, user.id, "")
    note_deed(
        desk, "people.account_changed", "account", user.id, role=role.value, disabled=disabled
    )
    return user


@use_case
def choose_language(desk: Desk, language: str) -> None:
    """`vi` or `en`; anything else is Vietnamese."""
    user = desk.session.get_one(User, desk.actor.user_id)
    user.language = language if language in {"vi", "en"} else "vi"


def is_login_free(desk: Desk, login: str) -> bool:
    wanted = login.strip().lower()
    return desk.session.scalar(select(User.id).where(User.login == wanted)) is None


def list_trail(desk: Desk, *, before: str = "", most: int = 100) -> list[AuditEntry]:
    """Who did what, newest first; `before` is the id of the last entry already seen."""
    wanted = select(AuditEntry).where(AuditEntry.station_id == desk.station_id)
    if before:
        wanted = wanted.where(AuditEntry.id < before)
    return list(desk.session.scalars(wanted.order_by(AuditEntry.id.desc()).limit(most)))


def get_account(desk: Desk, user_id: str) -> User:
    user = desk.session.get(User, user_id)
    if user is None or user.station_id != desk.station_id:
        raise NotFound(account=user_id)
    return user


def find_account(desk: Desk, login: str) -> User:
    """The account with this login at the desk's station.

    :raises NotFound: there is none.
    """
    for user in list_accounts(desk):
        if user.login == login.strip().lower():
            return user
    raise NotFound(f"Không có tài khoản {login}.", login=login)


def list_accounts(desk: Desk) -> list[User]:
    return list(
        desk.session.scalars(
            select(User).where(User.station_id == desk.station_id).order_by(User.login)
        )
    )


def _administrators(desk: Desk) -> list[User]:
    return [
        user
        for user in list_accounts(desk)
        if user.role is Role.ADMINISTRATOR and user.disabled_at is None
    ]


def _end_sign_ins(desk: Desk, user_id: str, keep: str) -> None:
    desk.session.execute(
        update(SignIn)
        .where(SignIn.user_id == user_id, SignIn.id != keep, SignIn.revoked_at.is_(None))
        .values(revoked_at=desk.now)
    )
