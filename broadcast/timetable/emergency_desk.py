"""Emergencies as the page shows them: what each is doing now, and which wait for an approval."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from broadcast.bulletins.decisions import hash_of
from broadcast.bulletins.models import Bulletin, BulletinVersion, Decision
from broadcast.bulletins.queries import current_version
from broadcast.bulletins.rules import BulletinState, Verdict
from broadcast.desk import Desk
from broadcast.jobs.models import Job, JobKind
from broadcast.jobs.service import latest_job
from broadcast.timetable.calendar import zone_tree
from broadcast.timetable.cards import say_zones
from broadcast.timetable.models import Emergency, SessionRow

SHOWN = 12


@dataclass(frozen=True, slots=True)
class EmergencyNow:
    """`session` is None while its sound is being made; `job` says how far that is."""

    row: Emergency
    bulletin: Bulletin
    version: BulletinVersion
    zones: str
    session: SessionRow | None
    job: Job | None
    approval: Decision | None
    seen_hash: str

    def is_open(self, now: datetime) -> bool:
        """It is still to be ended: being made, being heard, or repeated."""
        if self.row.ended_at is not None:
            return False
        last = self.row.until if self.row.repeat_minutes or self.session is None else None
        return now < (last or (self.session.ends_at if self.session else self.row.until))


def list_emergencies(desk: Desk) -> list[EmergencyNow]:
    """The newest first."""
    tree = zone_tree(desk)
    rows = desk.session.scalars(
        select(Emergency)
        .where(Emergency.station_id == desk.station_id)
        .order_by(Emergency.started_at.desc(), Emergency.id.desc())
        .limit(SHOWN)
    )
    found = []
    for row in rows:
        bulletin = desk.session.get_one(Bulletin, row.bulletin_id)
        version = current_version(desk, bulletin)
        session = desk.session.scalar(select(SessionRow).where(SessionRow.emergency_id == row.id))
        found.append(
            EmergencyNow(
                row,
                bulletin,
                version,
                say_zones(tree, row.zone_ids),
                session,
                None if session else latest_job(desk, JobKind.RENDER, version.id),
                _approval(desk, version),
                hash_of(version),
            )
        )
    return found


def list_ready_bulletins(desk: Desk) -> list[Bulletin]:
    """Approved ones, newest first: prepared warnings among them."""
    return list(
        desk.session.scalars(
            select(Bulletin)
            .where(
                Bulletin.station_id == desk.station_id,
                Bulletin.state == BulletinState.APPROVED,
                Bulletin.archived_at.is_(None),
            )
            .order_by(Bulletin.emergency.desc(), Bulletin.updated_at.desc())
            .limit(40)
        )
    )


def _approval(desk: Desk, version: BulletinVersion) -> Decision | None:
    return desk.session.scalar(
        select(Decision)
        .where(Decision.version_id == version.id, Decision.verdict == Verdict.APPROVED)
        .order_by(Decision.at.desc())
        .limit(1)
    )
