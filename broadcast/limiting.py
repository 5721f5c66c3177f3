"""Rates per address and per secret. The counters live in Redis; in memory where there is none, and
while it is away.
"""

from flask import Blueprint, Response, g, request
from flask_limiter import Limiter

from broadcast.people.secrets import secret_hash

GUESSES = "300/minute"
"""From one address, together, at all doors that open to a secret. Sixty boxes behind one 4G gateway
whose tokens were all revoked ask 360 times; above it, nobody there is answered before the minute
is over."""
UPLOADS = "60/minute"
"""From one address: each costs a decoding, and an office shares one."""
REFUSED_SECRETS = frozenset(
    {
        "boxes.token_not_known",
        "boxes.path_not_known",
        "people.key_refused",
        "people.setup_link_used",
        "timetable.feed_not_known",
    }
)


def address() -> str:
    """Never taken from a header that the caller writes: see `LOA_TRUSTED_PROXIES`."""
    return request.remote_addr or ""


def secret_bearer() -> str:
    """For those whose secret was right each their own bucket: many boxes share one gateway."""
    key = (request.view_args or {}).get("key", "")
    shown = f"{key} {request.headers.get('Authorization', '')}"
    return f"{address()}|{secret_hash(shown)[:16]}"


def was_guess(_response: Response) -> bool:
    return g.get("refusal") in REFUSED_SECRETS


limiter = Limiter(
    key_func=address, default_limits=[], in_memory_fallback_enabled=True, swallow_errors=True
)
guesses = limiter.shared_limit(GUESSES, scope="guesses", key_func=address, deduct_when=was_guess)
"""For a blueprint or a view that is opened by a secret. A fresh guess is a fresh `secret_bearer`,
so only this one counts guesses."""


def limit_guesses(*doors: Blueprint) -> None:
    for door in doors:
        guesses(door)
