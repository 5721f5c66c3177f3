"""What a caller may ask of the figures, read from plain text. PURE: text in, checked values out."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from broadcast.airlog.rules import AiringOutcome
from broadcast.reports.errors import CursorBroken, DateNotUnderstood, QuestionNotUnderstood
from broadcast.reports.facts import GroupBy
from broadcast.reports.periods import Period, free_period

MOST_GROUPS = 3
MOST_ROWS = 1000
FEW_ROWS = 100
NONE = "-"
"""What stands for "without any" where a name is asked for: no topic, no zone."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


class Place(StrEnum):
    """Where an airing stands in the figures, under the rule in force.

    COUNTED, RELAY and NOTICE make HEARD; with PARTIAL and MISSED they make PLANNED. NEW (an item's
    first), LATE and ESTIMATE are parts of what was heard.
    """

    COUNTED = "counted"
    NEW = "new"
    HEARD = "heard"
    PLANNED = "planned"
    PARTIAL = "partial"
    MISSED = "missed"
    LATE = "late"
    UNPLANNED = "unplanned"
    RELAY = "relay"
    NOTICE = "notice"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class AirtimeQuestion:
    """`under_current_topics` counts renamed and merged topics under the names of today."""

    period: Period
    by: tuple[GroupBy, ...] = ()
    under_current_topics: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceQuestion:
    """A page of rows: those after `cursor`, `limit` of them at most."""

    period: Period
    limit: int = FEW_ROWS
    cursor: str = ""
    topic: str | None = None
    bulletin_id: str | None = None
    outcome: AiringOutcome | None = None
    zone_id: str | None = None
    place: Place | None = None
    weekday: int | None = None
    "0 is Monday."
    hour: int | None = None
    "Local, 0-23."
    under_current_topics: bool = False


def read_airtime_question(asked: Mapping[str, str]) -> AirtimeQuestion:
    """`from`, `to` (both included), `by`, `topics`.

    :raises LoaError: each with its own code, for whatever cannot be understood.
    """
    return AirtimeQuestion(
        read_period(asked), read_groups(asked.get("by", "")), wants_current_topics(asked)
    )


def wants_current_topics(asked: Mapping[str, str]) -> bool:
    """:raises QuestionNotUnderstood:"""
    topics = asked.get("topics", "as_aired")
    if topics not in {"as_aired", "current"}:
        raise QuestionNotUnderstood("topics: chỉ nhận as_aired hoặc current.", topics=topics)
    return topics == "current"


def read_evidence_question(asked: Mapping[str, str]) -> EvidenceQuestion:
    """`from`, `to`, `limit`, `cursor`, and what the rows must be: `topic`, `bulletin`,
    `outcome`, `zone`, `place`, `weekday`, `hour`; `-` is "without any" topic or zone.

    :raises LoaError: each with its own code, for whatever cannot be understood.
    """
    limit = asked.get("limit", str(FEW_ROWS))
    if not _NUMBER.fullmatch(limit) or not 1 <= int(limit) <= MOST_ROWS:
        raise QuestionNotUnderstood(f"limit: cần một số từ 1 đến {MOST_ROWS}.", limit=limit)
    outcome = _one_of(asked, "outcome", AiringOutcome)
    place = _one_of(asked, "place", Place)
    return EvidenceQuestion(
        period=read_period(asked),
        limit=int(limit),
        cursor=asked.get("cursor", ""),
        topic=clean_or_none(asked.get("topic")),
        bulletin_id=clean_or_none(asked.get("bulletin")),
        outcome=AiringOutcome(outcome) if outcome else None,
        zone_id=clean_or_none(asked.get("zone")),
        place=Place(place) if place else None,
        weekday=_below(asked, "weekday", 7),
        hour=_below(asked, "hour", 24),
        under_current_topics=wants_current_topics(asked),
    )


def _one_of(asked: Mapping[str, str], name: str, known: type[StrEnum]) -> str | None:
    written = asked.get(name) or None
    if written is not None and written not in set(known):
        message = f"{name}: chỉ nhận {', '.join(known)}."
        raise QuestionNotUnderstood(message, asked=written)
    return written


def _below(asked: Mapping[str, str], name: str, end: int) -> int | None:
    written = asked.get(name) or None
    if written is None:
        return None
    if not _NUMBER.fullmatch(written) or int(written) >= end:
        raise QuestionNotUnderstood(f"{name}: cần một số từ 0 đến {end - 1}.", asked=written)
    return int(written)


def clean_or_none(text: str | None) -> str | None:
    """PostgreSQL refuses NUL; no topic has one."""
    return text.replace("\0", "") if text else None


def read_period(asked: Mapping[str, str]) -> Period:
    """:raises DateNotUnderstood: :raises PeriodReversed: :raises PeriodTooLong:"""
    return free_period(read_day(asked, "from"), read_day(asked, "to"))


def read_day(asked: Mapping[str, str], name: str) -> date:
    """:raises DateNotUnderstood: missing, not `YYYY-MM-DD`, or no day of the calendar."""
    written = asked.get(name, "")
    if not _DAY.fullmatch(written):
        raise DateNotUnderstood(name=name, written=written)
    try:
        return date.fromisoformat(written)
    except ValueError as err:
        raise DateNotUnderstood(name=name, written=written) from err


def read_groups(written: str) -> tuple[GroupBy, ...]:
    """`topic,month` as groupings; nothing asks for the total alone.

    :raises QuestionNotUnderstood: an unknown word, one said twice, or more than three.
    """
    words = [word.strip() for word in written.split(",")] if written.strip() else []
    known = set(GroupBy)
    if any(word not in known for word in words):
        raise QuestionNotUnderstood(f"by: chỉ nhận {', '.join(GroupBy)}.", by=written)
    if len(words) > MOST_GROUPS or len(set(words)) < len(words):
        raise QuestionNotUnderstood(f"by: tối đa {MOST_GROUPS} cách nhóm, mỗi cách một lần.")
    return tuple(GroupBy(word) for word in words)


def write_cursor(*parts: object) -> str:
    """The last row of a page as one opaque word."""
    return base64.urlsafe_b64encode("|".join(map(str, parts)).encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[str, str]:
    """What `write_cursor` made of two parts. :raises CursorBroken:"""
    try:
        blob = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        first, bar, second = blob.decode().partition("|")
    except (binascii.Error, ValueError) as err:
        raise CursorBroken from err
    if not bar or "\0" in second:
        raise CursorBroken
    return first, second


def read_number_cursor(cursor: str) -> int:
    """:raises CursorBroken: not a number a row can have."""
    if not _NUMBER.fullmatch(cursor):
        raise CursorBroken
    return int(cursor)
