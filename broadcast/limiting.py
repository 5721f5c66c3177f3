"""Rates per address and per key. The counters live in Redis, or in memory where there is none."""

from flask import request
from flask_limiter import Limiter


def caller() -> str:
    """The address, and for a box or report key its own bucket: many boxes share one 4G gateway."""
    key = request.view_args.get("key", "") if request.view_args else ""
    token = request.headers.get("Authorization", "")[-12:]
    return f"{request.remote_addr}|{key[-12:]}|{token}"


limiter = Limiter(key_func=caller, default_limits=[], swallow_errors=True)
