"""What boxes are answered, as pydantic models (protocol.md, Box). PURE.

The plan is written by `documents`; these models are what OpenAPI promises of it.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Milliseconds = Annotated[int, Field(ge=0, description="milliseconds")]
LocalTime = Annotated[str, Field(pattern="^[0-2][0-9]:[0-5][0-9]$")]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Told(BaseModel):
    """Unknown fields are ignored by a box; an unknown `schema` is refused."""

    model_config = ConfigDict(extra="ignore")


class PlanStation(Told):
    id: str
    name: str
    zone: Annotated[str, Field(description="IANA time zone")]


class QuietHours(Told):
    """Local, half-open; may run across midnight."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Annotated[LocalTime, Field(alias="from")]
    to: LocalTime


class PlanBox(Told):
    id: str
    name: str
    zones: list[str]
    volume_percent: Annotated[
        int, Field(ge=0, le=100, description="per cent of the amplitude: 50 is -6 dB")
    ]
    quiet: list[QuietHours]


class PlanAudio(Told):
    url: str
    sha256: Sha256
    bytes: Annotated[int, Field(ge=0)]
    duration_ms: Milliseconds
    mime: str


class PlanRelay(Told):
    stream: str
    fallback: PlanAudio | None


class PlanBulletin(Told):
    id: str
    version: int | None
    title: str
    topic: str


class PlanLine(Told):
    airing: str | None
    kind: Literal["signature", "link", "bulletin", "relay", "silence"]
    offset_ms: Milliseconds
    duration_ms: Milliseconds
    bulletin: PlanBulletin | None
    audio: PlanAudio | PlanRelay | None
    gain_db: Annotated[float, Field(description="on top of the box's volume_percent")]


class PlanLate(Told):
    mode: Literal["whole", "skip"]
    grace_ms: Milliseconds


class PlanRepeat(Told):
    every_ms: Milliseconds
    until: Instant


class PlanSession(Told):
    id: str
    priority: Literal["normal", "priority", "emergency"]
    starts_at: Instant
    late: PlanLate
    repeat: PlanRepeat | None
    running_order: list[PlanLine]


class PlanAnswer(Told):
    """One complete document; an empty one is explicit and not the same as no answer."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    plan: str
    generated_at: Instant
    valid_until: Instant
    server_time: Instant
    poll_s: Annotated[int, Field(ge=1)]
    station: PlanStation
    box: PlanBox
    sessions: list[PlanSession]


class RowResult(Told):
    """`id` as it was sent, "" where the row had none."""

    id: str
    status: Literal["accepted", "duplicate", "rejected"]
    reason: str | None


class PlaysReceipt(Told):
    """One result per row, in the order in which they were sent."""

    server_time: Instant
    results: list[RowResult]


class HeartbeatReceipt(Told):
    server_time: Instant
