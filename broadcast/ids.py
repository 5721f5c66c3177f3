"""Names of rows: UUID version 7 (RFC 9562, 5.7), so that ids of one table sort by their birth."""

import secrets
from datetime import datetime
from uuid import UUID


def new_id(now: datetime) -> str:
    """A fresh id; the first 48 bits are `now` in milliseconds, the rest is random."""
    stamp = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    high = secrets.randbits(12)
    low = secrets.randbits(62)
    return str(UUID(int=(stamp << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low))
