"""What the counting is told and what it answers, as values. PURE: no counting happens here.

Durations are integer milliseconds, days are the station's local days.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from broadcast.bulletins.rules import BulletinKind, Origin
from broadcast.reports.errors import RuleOutOfBounds


class BoxOutcome(StrEnum):
    """What became of one airing on one box, as `airlog.reconcile` decides it."""

    AIRED = "aired"
    LATE = "late"
    MISSED = "missed"
    UNPLANNED = "unplanned"
    FAILED = "failed"


class MinutesBasis(StrEnum):
    """NET: the items as played. GROSS: whole sessions with signature tune, links and relay."""

    NET = "net"
    GROSS = "gross"


@dataclass(frozen=True, slots=True)
class CountingRule:
    """The station's versioned decision on what counts; it is printed on every report.

    :raises RuleOutOfBounds: a threshold outside 1-100 percent.
    """

    version: int
    notices_count: bool
    minutes: MinutesBasis
    threshold_percent: int = 80

    def __post_init__(self) -> None:
        if not 1 <= self.threshold_percent <= 100:
            raise RuleOutOfBounds(threshold_percent=self.threshold_percent)


@dataclass(frozen=True, slots=True)
class BoxPlay:
    """One box's part in one airing. `played_ms` is proved by the box, 0 when it stayed silent.

    `zones` are the zone it stood in and those around that one; empty where it stood in none.
    """

    box_id: str
    played_ms: int
    planned_ms: int
    outcome: BoxOutcome
    zones: tuple[str, ...] = ()
    is_expected: bool = True


@dataclass(frozen=True, slots=True)
class AiringFact:
    """One start of one bulletin at one planned moment, on however many boxes.

    Topic, author and voice are as they were when it aired. `bulletin_id` stands for all versions
    of the item; a relay uses the id of the relayed programme. `estimate` marks figures from before
    the software.
    """

    airing_id: str
    bulletin_id: str
    title: str
    topic: str
    kind: BulletinKind
    origin: Origin
    slot_id: str
    zones: tuple[str, ...]
    author: str
    voice: str
    aired_at: datetime
    local_day: date
    planned_ms: int
    boxes: tuple[BoxPlay, ...]
    boxes_expected: int
    estimate: bool = False


@dataclass(frozen=True, slots=True)
class SessionFact:
    """The time one session really took, from its first sound to its last, relay included."""

    session_id: str
    slot_id: str
    zones: tuple[str, ...]
    local_day: date
    gross_ms: int
    estimate: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What a period, or one row of it, amounts to. Times are exact; `counting.minutes` rounds.

    Every airing is in exactly one of `airings`, `notices`, `relays`, `partial`, `missed`,
    `unplanned`; `late` is a part of the first three. `net_ms`, `speaker_ms` and `estimates` speak
    of `airings` only, `relay_ms` of `relays` only. Reach speaks of every planned airing; in the row
    of a zone, of the boxes that stood in it or in a zone within it. So a box under nested zones
    counts in the row of each that the airing was for, and once in the total.
    `gross_ms` is None where a session cannot be divided, for example by topic.
    """

    items: int = 0
    new_items: int = 0
    airings: int = 0
    net_ms: int = 0
    gross_ms: int | None = 0
    relay_ms: int = 0
    speaker_ms: int = 0
    reached: int = 0
    expected: int = 0
    partial: int = 0
    missed: int = 0
    late: int = 0
    unplanned: int = 0
    estimates: int = 0
    notices: int = 0
    relays: int = 0
    estimated_sessions: int = 0


class GroupBy(StrEnum):
    TOPIC = "topic"
    KIND = "kind"
    MONTH = "month"
    QUARTER = "quarter"
    ZONE = "zone"
    SLOT = "slot"
    AUTHOR = "author"
    VOICE = "voice"
    ORIGIN = "origin"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """`key` has one part per grouping asked for: "2023-05" for a month, "2023-Q2" for a quarter."""

    key: tuple[str, ...]
    figures: Figures


class Reason(StrEnum):
    """Why the rows of a table need not add up to its total, in words for the reader."""

    SAME_ITEM = "Một tin bài phát ở nhiều dòng được đếm ở mỗi dòng, nhưng chỉ một lần ở tổng."
    SEVERAL_ZONES = (
        "Một lượt phát tới nhiều khu vực được tính ở mỗi khu vực, nhưng chỉ một lần ở tổng."
    )
    NESTED_ZONES = (
        "Cụm loa ở nơi nằm trong khu vực khác được tính ở cả hai nơi, "
        "cụm chưa thuộc khu vực nào chỉ được tính ở tổng."
    )
    ROUNDING = "Số phút làm tròn ở mỗi dòng và một lần ở tổng, nên tổng các dòng có thể lệch."
    GROSS_NOT_DIVIDED = "Thời lượng cả buổi không chia được theo cách nhóm này."


@dataclass(frozen=True, slots=True)
class Difference:
    """An explained difference: the rows of `measure` add up to `rows_sum`, the total is `total`.

    For `minutes` both numbers are tenths of a minute.
    """

    measure: str
    rows_sum: int
    total: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class FiguresTable:
    """Rows in the order of their keys, their total, and every difference between the two."""

    by: tuple[GroupBy, ...]
    rows: tuple[GroupRow, ...]
    total: Figures
    differences: tuple[Difference, ...]
