"""Secrets that are shown once and kept as hashes: tokens, keys, one-time links."""

import hashlib
import secrets


def new_secret(prefix: str) -> str:
    """192 random bits with a readable prefix, so that a leaked one is recognised for what it is."""
    return f"{prefix}_{secrets.token_urlsafe(24)}"


def secret_hash(secret: str) -> str:
    """SHA-256 in hex. Random secrets need no slow hash; passwords get argon2 instead."""
    return hashlib.sha256(secret.encode()).hexdigest()
