"""The server's only wall clock. Everything else is told the time."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Answers an aware instant in UTC."""


def wall_clock() -> datetime:
    return datetime.now(UTC)
