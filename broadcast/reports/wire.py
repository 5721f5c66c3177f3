"""What the report API answers, as pydantic models (protocol.md, Report module). PURE.

The answers are written by `airtime` and `evidence`; these models are what OpenAPI promises of them.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from broadcast.airlog.rules import AiringOutcome, EntryKind, PlayOutcome
from broadcast.reports.facts import GroupBy, MinutesBasis

Count = Annotated[int, Field(ge=0)]
Milliseconds = Annotated[int, Field(ge=0, description="milliseconds")]
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Minutes = Annotated[float, Field(ge=0, description="minutes, rounded once to 0.1, half up")]


class Exact(BaseModel):
    """An answer has these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class StationAnswer(Exact):
    code: str
    name: str
    demonstration: bool


class PeriodAnswer(Exact):
    """The local days as understood, both included."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: Annotated[Day, Field(alias="from")]
    to: Day
    days: Count
    label: str
    time_zone: str


class RuleAnswer(Exact):
    version: Count
    threshold_percent: Annotated[int, Field(ge=1, le=100)]
    notices_count: bool
    minutes: MinutesBasis
    sentence: str


class RelayAnswer(Exact):
    airings: Count
    ms: Milliseconds


class ReachAnswer(Exact):
    reached: Count
    expected: Count
    percent: float | None


class ExceptionsAnswer(Exact):
    missed: Count
    partial: Count
    late: Count
    unplanned: Count


class EstimatesAnswer(Exact):
    """How much of the figures was not measured but estimated."""

    airings: Count
    sessions: Count
    minutes_estimated: bool


class FiguresAnswer(Exact):
    """`minutes` is what the station reports (`rule.minutes`); gross is null where undivided."""

    items: Count
    new_items: Count
    airings: Count
    minutes: Minutes | None
    net_ms: Milliseconds
    gross_ms: Milliseconds | None
    net_minutes: Minutes
    gross_minutes: Minutes | None
    speaker_ms: Milliseconds
    relay: RelayAnswer
    notices_not_counted: Count
    reach: ReachAnswer
    exceptions: ExceptionsAnswer
    estimates: EstimatesAnswer


class RowAnswer(FiguresAnswer):
    """`key` holds ids and codes, `label` the same in words."""

    key: dict[GroupBy, str]
    label: dict[GroupBy, str]


class DifferenceAnswer(Exact):
    """Why rows do not add up to the total. For `…_minutes` both numbers are tenths of a minute."""

    measure: str
    rows_sum: int
    total: int
    reason: str


class LogHeadAnswer(Exact):
    """The last row of the as-run log that the figures rest on; number 0 is an empty log."""

    number: Count
    hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class AirtimeAnswer(Exact):
    """`as_of` is when the log's last row was received; `pending_days` are not yet counted."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    station: StationAnswer
    period: PeriodAnswer
    rule: RuleAnswer
    by: list[GroupBy]
    topics: Literal["as_aired", "current"]
    rows: list[RowAnswer]
    total: FiguresAnswer
    differences: list[DifferenceAnswer]
    as_of: Instant | None
    log: LogHeadAnswer
    pending_days: list[Day]


class AiringAnswer(Exact):
    """One airing as the station concluded it; `boxes` is what each box told, and in its `zones`
    where it stood: its zone, and those around that one.
    """

    key: str
    airing: str | None
    session: str | None
    bulletin: str | None
    local_day: Day
    planned_start: Instant | None
    started_at: Instant | None
    title: str
    topic: str
    kind: str
    origin: str
    slot: str
    author: str
    voice: str
    zones: list[str]
    outcome: AiringOutcome
    reason: str
    heard_ms: Milliseconds
    planned_ms: Milliseconds
    speaker_ms: Milliseconds
    boxes_played: Count
    boxes_expected: Count
    boxes: list[dict[str, Any]]
    estimate: bool
    emergency: bool


class PlayAnswer(Exact):
    """One row of the as-run log with its place in the chain."""

    number: Count
    entry: EntryKind
    play: str | None
    corrects: int | None
    box: str | None
    boot: str
    seq: Count
    airing: str | None
    session: str | None
    kind: str
    sha256: str
    title: str
    topic: str
    local_day: Day
    planned_start: Instant | None
    started_at: Instant | None
    ended_at: Instant | None
    played_ms: Milliseconds
    planned_ms: Milliseconds
    outcome: PlayOutcome
    reason: str
    clock_trusted: bool
    demonstration: bool
    author: str
    received_at: Instant
    previous_hash: str
    hash: str


class AiringsAnswer(Exact):
    """`next` is the cursor of the following page, null on the last."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    airings: list[AiringAnswer]
    next: str | None


class PlaysAnswer(Exact):
    """`next` is the cursor of the following page, null on the last."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    plays: list[PlayAnswer]
    next: str | None
