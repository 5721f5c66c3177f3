"""What a caller may ask of the figures, read from plain text. PURE: text in, checked values out."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from broadcast.airlog.rules import AiringOutcome
from broadcast.reports.errors import CursorBroken, DateNotUnderstood, QuestionNotUnderstood
from broadcast.reports.facts import GroupBy
from broadcast.reports.periods import Period, free_period

MOST_GROUPS = 3
MOST_ROWS = 1000
FEW_ROWS = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


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


def read_airtime_question(asked: Mapping[str, str]) -> AirtimeQuestion:
    """`from`, `to` (both included), `by`, `topics`.

    :raises LoaError: each with its own code, for whatever cannot be understood.
    """
    topics = asked.get("topics", "as_aired")
    if topics not in {"as_aired", "current"}:
        raise QuestionNotUnderstood("topics: chỉ nhận as_aired hoặc current.", topics=topics)
    return AirtimeQuestion(
        read_period(asked), read_groups(asked.get("by", "")), topics == "current"
    )


def read_evidence_question(asked: Mapping[str, str]) -> EvidenceQuestion:
    """`from`, `to`, `limit`, `cursor`, and what the rows must be: `topic`, `bulletin`,
    `outcome`, `zone`.

    :raises LoaError: each with its own code, for whatever cannot be understood.
    """
    limit = asked.get("limit", str(FEW_ROWS))
    if not _NUMBER.fullmatch(limit) or not 1 <= int(limit) <= MOST_ROWS:
        raise QuestionNotUnderstood(f"limit: cần một số từ 1 đến {MOST_ROWS}.", limit=limit)
    outcome = asked.get("outcome") or None
    if outcome is not None and outcome not in set(AiringOutcome):
        known = ", ".join(AiringOutcome)
        raise QuestionNotUnderstood(f"outcome: chỉ nhận {known}.", outcome=outcome)
    return EvidenceQuestion(
        period=read_period(asked),
        limit=int(limit),
        cursor=asked.get("cursor", ""),
        topic=clean_or_none(asked.get("topic")),
        bulletin_id=clean_or_none(asked.get("bulletin")),
        outcome=AiringOutcome(outcome) if outcome else None,
        zone_id=clean_or_none(asked.get("zone")),
    )


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
