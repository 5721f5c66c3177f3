"""Work to be done, as rows: written with the change that wants it, found again by the sweep."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from broadcast.db import Base, EnumText, HasId, OfStation


class JobKind(StrEnum):
    """The value is the Celery task's name."""

    RENDER = "bulletins.render"
    FILL = "timetable.fill"
    PLANS = "boxes.rebuild_plans"
    RECONCILE = "airlog.reconcile_day"
    ROLL_UP = "reports.roll_up_day"


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(HasId, OfStation, Base):
    """A worker holds a job until `lease_until`; a dead worker's job becomes free by itself.

    Among free jobs of one kind the urgent come first, then the oldest.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_open", "state", "lease_until"),
        Index("ix_job_subject", "station_id", "kind", "subject"),
    )

    kind: Mapped[JobKind] = mapped_column(EnumText(JobKind))
    subject: Mapped[str] = mapped_column(String(80))
    "Id of the row the work is about, or a local day `YYYY-MM-DD`."
    state: Mapped[JobState] = mapped_column(EnumText(JobState), default=JobState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    "Back-off after a failed attempt; the sweep leaves the row alone until then."
    urgent: Mapped[bool] = mapped_column(default=False, server_default=false())
    "An emergency waits for it: leased before every other, by a worker that does nothing else."
    done_count: Mapped[int] = mapped_column(default=0)
    total_count: Mapped[int] = mapped_column(default=0)
    step: Mapped[str] = mapped_column(String(80), default="")
    "What the operator sees while it runs, e.g. `câu`."
    error_code: Mapped[str] = mapped_column(String(60), default="")
    error_message: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
