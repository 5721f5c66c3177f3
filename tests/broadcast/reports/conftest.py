"""Airings as the counting sees them, made short."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from broadcast.reports.facts import (
    AiringFact,
    BoxOutcome,
    BoxPlay,
    CountingRule,
    ItemKind,
    MinutesBasis,
    Origin,
    SessionFact,
)


@pytest.fixture
def rule() -> CountingRule:
    return CountingRule(version=1, notices_count=False, minutes=MinutesBasis.NET)


@pytest.fixture
def box() -> Callable[..., BoxPlay]:
    def make(played_ms: int, planned_ms: int = 60_000, outcome: BoxOutcome = BoxOutcome.AIRED):
        return BoxPlay("thôn Đông", played_ms, planned_ms, outcome)

    return make


@pytest.fixture
def airing() -> Callable[..., AiringFact]:
    made = 0

    def make(bulletin_id: str = "lịch trực Tết", day: date = date(2023, 5, 10), **changes: object):
        nonlocal made
        made += 1
        aired_at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=made)
        facts: dict[str, object] = {
            "airing_id": f"lượt {made}",
            "bulletin_id": bulletin_id,
            "title": bulletin_id.capitalize(),
            "topic": "CCHC",
            "kind": ItemKind.TIN,
            "origin": Origin.OWN,
            "slot_id": "sáng",
            "zones": ("thôn Đông",),
            "author": "cán bộ văn hóa",
            "voice": "nữ miền Bắc",
            "aired_at": aired_at,
            "local_day": day,
            "planned_ms": 60_000,
            "boxes": (BoxPlay("thôn Đông", 60_000, 60_000, BoxOutcome.AIRED),),
            "boxes_expected": 1,
        }
        return AiringFact(**{**facts, **changes})

    return make


@pytest.fixture
def session() -> Callable[..., SessionFact]:
    def make(day: date = date(2023, 5, 10), gross_ms: int = 1_800_000, **changes: object):
        facts: dict[str, object] = {
            "session_id": f"buổi sáng {day}",
            "slot_id": "sáng",
            "zones": ("thôn Đông",),
            "local_day": day,
            "gross_ms": gross_ms,
        }
        return SessionFact(**{**facts, **changes})

    return make
