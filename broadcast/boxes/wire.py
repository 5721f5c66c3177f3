"""What boxes send, as pydantic models (protocol.md, Box). PURE: JSON in, checked values out."""

import json
import math
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from broadcast.airlog.rules import PlayOutcome
from broadcast.errors import LoaError

MOST_ROWS = 500
MOST_BYTES = 2_000_000
DAY_MS = 24 * 3600 * 1000
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
"""A box without a clock battery wakes up here; its rows are flagged, not refused."""
LATEST = datetime(2100, 1, 1, tzinfo=UTC)


class BodyNotUnderstood(LoaError):
    code = "boxes.body_not_understood"
    message = "Nội dung gửi lên không phải JSON đúng dạng. Hãy cập nhật phần mềm của cụm loa."


class BatchTooLarge(LoaError):
    code = "boxes.batch_too_large"
    message = f"Gửi tối đa {MOST_ROWS} dòng mỗi lần. Hãy chia nhỏ rồi gửi lại."


def _read_instant(value: object) -> datetime:
    """Only RFC 3339 text; pydantic would take a bare number for seconds since 1970."""
    if not isinstance(value, str):
        raise ValueError("an instant is written as text")  # noqa: TRY004 -- pydantic collects it
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("an instant without zone")
    if not EARLIEST <= moment < LATEST:
        raise ValueError("an instant before 1970 or after 2099")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


Instant = Annotated[
    datetime,
    PlainValidator(_read_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Milliseconds = Annotated[int, Field(ge=0, le=DAY_MS, strict=True)]


# Text a database can keep: PostgreSQL knows no NUL. Nothing said is the same as null.
STORABLE = r"^[^\x00]*$"
Name = Annotated[str, Field(max_length=36, pattern=STORABLE)] | None
Word = Annotated[str, Field(max_length=64, pattern=STORABLE)] | None
Topic = Annotated[str, Field(max_length=120, pattern=STORABLE)] | None
Line = Annotated[str, Field(max_length=300, pattern=STORABLE)] | None
Reason = Annotated[str, Field(max_length=2000, pattern=STORABLE)] | None
Model = TypeVar("Model", bound=BaseModel)


class ClockWire(BaseModel):
    """How far the box's clock was from the station's when the row was made, if it knew."""

    trusted: bool = False
    offset_ms: Annotated[int, Field(ge=-(2**31), lt=2**31)] | None = None


class PlayWire(BaseModel):
    """One row of a box's journal. Fields that are not known pass."""

    model_config = ConfigDict(extra="ignore")

    id: Annotated[str, Field(pattern="^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]
    seq: Annotated[int, Field(ge=1, lt=2**31, strict=True)]
    airing: Name = None
    session: Name = None
    kind: Annotated[str, Field(pattern="^(signature|link|bulletin|relay|silence)$")]
    sha256: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")] | None = None
    title: Line = None
    topic: Topic = None
    planned_start: Instant | None = None
    started_at: Instant | None = None
    ended_at: Instant | None = None
    played_ms: Milliseconds
    planned_ms: Milliseconds
    outcome: PlayOutcome
    reason: Reason = None
    clock: ClockWire = ClockWire()

    @model_validator(mode="after")
    def _has_a_moment(self) -> "PlayWire":
        if self.planned_start is None and self.started_at is None:
            raise ValueError("neither planned_start nor started_at")
        if self.played_ms and self.started_at is None:
            raise ValueError("played without started_at")
        return self

    @property
    def at(self) -> datetime:
        """When it was heard; when it should have been, if nobody heard it or the clock was wrong.

        A box without a clock says 1970, but it knows which planned moment it played.
        """
        believed = self.started_at if self.clock.trusted else None
        moment = believed or self.planned_start or self.started_at
        if moment is None:
            raise ValueError("neither planned_start nor started_at")
        return moment


class BatchWire(BaseModel):
    """The frame of POST /plays. Rows are looked at one by one, each has its own answer."""

    boot: Annotated[str, Field(min_length=1, max_length=36, pattern=STORABLE)]
    sent_at: Instant | None = None
    plays: Annotated[list[Any], Field(max_length=MOST_ROWS)]


class DiskWire(BaseModel):
    free_bytes: Annotated[int, Field(ge=0, lt=2**62)] | None = None
    media_bytes: Annotated[int, Field(ge=0, lt=2**62)] | None = None


class JournalWire(BaseModel):
    waiting: Annotated[int, Field(ge=0, lt=2**31)] = 0
    rejected: Annotated[int, Field(ge=0, lt=2**31)] = 0
    on_disk: bool = True


class HeldPlanWire(BaseModel):
    """The plan a box works by; the version of our newest says that it has seen it."""

    version: Word = None


class PlayingWire(BaseModel):
    airing: Name = None
    session: Name = None
    kind: Word = None
    title: Line = None
    position_ms: Milliseconds = 0


class FaultWire(BaseModel):
    """`message` is a sentence for the operator."""

    code: Annotated[str, Field(max_length=60, pattern=STORABLE)]
    message: Line = None
    since: Instant | None = None


class HeartbeatWire(BaseModel):
    """How a box is. Anything may be missing: a small player sends what it knows."""

    sent_at: Instant | None = None
    boot: Name = None
    version: Name = None
    clock: ClockWire = ClockWire()
    disk: DiskWire = DiskWire()
    cache: dict[str, int] = {}
    plan: HeldPlanWire | None = None
    playing: PlayingWire | None = None
    player: Word = None
    volume_percent: Annotated[int, Field(ge=0, le=100)] | None = None
    journal: JournalWire = JournalWire()
    faults: Annotated[list[FaultWire], Field(max_length=50)] = []


def read_batch(body: bytes) -> BatchWire:
    """:raises BodyNotUnderstood: not JSON, or not the frame. :raises BatchTooLarge:"""
    found = read_json(body)
    plays = found.get("plays") if isinstance(found, dict) else None
    if isinstance(plays, list) and len(plays) > MOST_ROWS:
        raise BatchTooLarge(rows=len(plays))
    return _model(BatchWire, found)


def read_heartbeat(body: bytes) -> HeartbeatWire:
    """:raises BodyNotUnderstood:"""
    return _model(HeartbeatWire, read_json(body))


def read_play(row: object) -> PlayWire | str:
    """The row, or the sentence that says what is wrong with it."""
    try:
        return PlayWire.model_validate(row)
    except ValidationError as err:
        return "; ".join(
            f"{'.'.join(str(step) for step in fault['loc']) or 'row'}: {fault['msg']}"
            for fault in err.errors(include_url=False, include_input=False)
        )[:1000]


def read_json(body: bytes) -> Any:
    """The value; NaN and infinities come back as text, so that only their own row is refused.

    :raises BodyNotUnderstood:
    """
    try:
        return json.loads(body, parse_constant=str, parse_float=_finite)
    except (ValueError, RecursionError) as err:
        raise BodyNotUnderstood from err


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds, as the contract writes every instant."""
    whole = moment.astimezone(UTC)
    return whole.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def milliseconds(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


def _finite(written: str) -> float | str:
    number = float(written)
    return number if math.isfinite(number) else written


def _model(kind: type[Model], found: object) -> Model:
    try:
        return kind.model_validate(found)
    except ValidationError as err:
        raise BodyNotUnderstood(faults=err.error_count()) from err
