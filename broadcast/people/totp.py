"""One-time codes of a phone (RFC 6238: HMAC-SHA-1, 30 seconds, 6 digits). PURE."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

STEP_S = 30
DIGITS = 6


def code_at(secret: str, step: int) -> str:
    """The six digits of one step. `secret` is base32 as phones take it (RFC 4226, 5.3)."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    digest = hmac.new(key, step.to_bytes(8), hashlib.sha1).digest()
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(now: datetime) -> int:
    return int(now.timestamp()) // STEP_S


def matching_step(secret: str, written: str, now: datetime) -> int | None:
    """The step whose code was written: the present one, or the one before while it was typed.

    None when it is neither (RFC 6238, 5.2 allows for one step of delay).
    """
    digits = "".join(written.split())
    present = step_of(now)
    for step in (present, present - 1):
        if hmac.compare_digest(code_at(secret, step).encode(), digits.encode()):
            return step
    return None


def step_begins(step: int) -> datetime:
    """The first moment at which the code of `step` is good, in UTC."""
    return datetime.fromtimestamp(step * STEP_S, UTC)


def provisioning_uri(secret: str, account: str, issuer: str) -> str:
    """What the QR code says to the phone's application (key URI format)."""
    label = quote(f"{issuer}:{account}")
    return (
        f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"
    )
