"""Where a bulletin stands on its way, and what its page may offer next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import HEARD
from broadcast.bulletins.models import Bulletin, BulletinVersion
from broadcast.bulletins.rules import BulletinState
from broadcast.desk import Desk
from broadcast.jobs.models import Job, JobKind, JobState
from broadcast.jobs.service import latest_job
from broadcast.timetable.models import OrderLine, WishRow


@dataclass(frozen=True, slots=True)
class Standing:
    """`step` is one of `write listen approve schedule air`, empty when the way is over.

    It is over when the bulletin expired, and when it was heard and no airing is to come.
    """

    step: str
    job: Job | None = None
    stuck: bool = False
    next_airing_at: datetime | None = None
    is_queued: bool = False
    heard_airings: int = 0

    @property
    def is_working(self) -> bool:
        return self.job is not None and self.job.state in {JobState.QUEUED, JobState.RUNNING}

    @property
    def has_failed(self) -> bool:
        return self.job is not None and self.job.state is JobState.FAILED


def standing_of(desk: Desk, bulletin: Bulletin, version: BulletinVersion) -> Standing:
    """The step the bulletin waits at, the production job of its version, and its next airing."""
    job = latest_job(desk, JobKind.RENDER, version.id)
    next_at = desk.session.scalar(
        select(func.min(OrderLine.planned_start)).where(
            OrderLine.station_id == desk.station_id,
            OrderLine.bulletin_id == bulletin.id,
            OrderLine.dropped_at.is_(None),
            OrderLine.planned_start > desk.now,
        )
    )
    wish = desk.session.scalar(
        select(WishRow.id)
        .where(
            WishRow.station_id == desk.station_id,
            WishRow.bulletin_id == bulletin.id,
            WishRow.closed_at.is_(None),
        )
        .limit(1)
    )
    queued = wish is not None or next_at is not None
    heard = _heard_airings(desk, bulletin)
    failed = job is not None and job.state is JobState.FAILED and version.rendition_id is None
    stuck = failed or bulletin.state is BulletinState.RETURNED
    step = _step(bulletin, version, queued=queued)
    is_over = step in {"schedule", "air"} and heard > 0 and next_at is None
    return Standing("" if is_over else step, job, stuck, next_at, queued, heard)


def _heard_airings(desk: Desk, bulletin: Bulletin) -> int:
    return (
        desk.session.scalar(
            select(func.count())
            .select_from(AiringRow)
            .where(
                AiringRow.station_id == desk.station_id,
                AiringRow.bulletin_id == bulletin.id,
                AiringRow.outcome.in_(HEARD),
            )
        )
        or 0
    )


def _step(bulletin: Bulletin, version: BulletinVersion, *, queued: bool) -> str:
    match bulletin.state:
        case BulletinState.WAITING:
            return "approve"
        case BulletinState.APPROVED:
            return "air" if queued else "schedule"
        case BulletinState.EXPIRED:
            return ""
        case BulletinState.DRAFTED if version.text.strip() or version.upload_path:
            return "listen"
        case _:
            return "write"
