"""One-time codes of a phone (RFC 6238: HMAC-SHA-1, 30 seconds, 6 digits). PURE."""

import base64
import hashlib
import hmac
from datetime import datetime
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
    """The step whose code was written: the present one, the one before while it was typed, or the
    next one of a phone whose clock is ahead; None when it is none of them (RFC 6238, 5.2 and 6).
    """
    digits = "".join(written.split())
    present = step_of(now)
    for step in (present, present - 1, present + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), digits.encode()):
            return step
    return None


def provisioning_uri(secret: str, account: str, issuer: str) -> str:
    """What the QR code says to the phone's application (key URI format)."""
    label = quote(f"{issuer}:{account}")
    return (
        f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"
    )
