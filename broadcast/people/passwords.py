"""Passwords as argon2id hashes (RFC 9106); the only importer of argon2."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from broadcast.errors import InvalidInput

SHORTEST = 10
LONGEST = 200
_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")
"""Checked when the login is unknown, so that a wrong name takes as long as a wrong password."""


class PasswordTooWeak(InvalidInput):
    code = "people.password_too_weak"
    message = f"Mật khẩu cần từ {SHORTEST} đến {LONGEST} ký tự. Một câu ngắn dễ nhớ là tốt nhất."


def hash_password(password: str) -> str:
    """:raises PasswordTooWeak: outside the allowed length."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordTooWeak
    return _hasher.hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    try:
        _hasher.verify(password_hash or _NOBODY, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
