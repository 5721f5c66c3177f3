"""A commune's Monday: sessions, boxes, airings and work that waits."""

from datetime import date, timedelta

import pytest

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.boxes.models import Box, BoxEvent, BoxHealth
from broadcast.bulletins.models import Bulletin, BulletinVersion, Decision
from broadcast.bulletins.rules import BulletinKind, BulletinState, Verdict
from broadcast.jobs.models import Job, JobKind, JobState
from broadcast.people.rules import Role
from broadcast.timetable.models import Emergency, LineKind, OrderLine, SessionRow, WishRow

TODAY = date(2026, 11, 23)


class Rows:
    """Makers of rows of today; each keeps what it made and gives it back."""

    today = TODAY

    def __init__(self, db, clock, station, people_of):
        self.db, self.clock, self.station, self.people_of = db, clock, station, people_of
        self._count = iter(range(1000))

    def keep(self, row):
        self.db.add(row)
        self.db.commit()
        return row

    def session(self, name="Buổi sáng", *, minutes=0, of=None, **facts):
        """Starts `minutes` from now and lasts half an hour."""
        start = self.clock() + timedelta(minutes=minutes)
        values = {
            "name": name,
            "local_day": TODAY,
            "starts_at": start,
            "ends_at": start + timedelta(minutes=30),
            "latest_end": start + timedelta(minutes=40),
        }
        return self.keep(SessionRow(**self._named("session", of) | values | facts))

    def item_in(self, session, *, minutes=-5, **facts):
        """A bulletin of ten minutes in a running order, planned `minutes` from now."""
        values = {
            "id": f"line-{session.id}",
            "station_id": session.station_id,
            "session_id": session.id,
            "kind": LineKind.BULLETIN,
            "offset_ms": 0,
            "duration_ms": 600_000,
            "planned_start": self.clock() + timedelta(minutes=minutes),
        }
        return self.keep(OrderLine(**values | facts))

    def box(self, name="Cụm 1", *, seconds_ago=10, playing=None, faults=(), of=None):
        """Last heard of `seconds_ago`, or never when that is None."""
        row = self.keep(Box(name=name, created_at=self.clock(), **self._named("box", of)))
        if seconds_ago is not None:
            self._heard_of(row, self.clock() - timedelta(seconds=seconds_ago), playing, faults)
        return row

    def _heard_of(self, box, seen_at, playing, faults):
        of = {"station_id": box.station_id, "box_id": box.id}
        facts = {"faults": list(faults)}
        self.keep(BoxHealth(seen_at=seen_at, playing=playing, facts=facts, **of))
        back = self.clock() - timedelta(hours=2)
        self.keep(BoxEvent(id=f"event-{box.id}", at=back, kind="back", **of))

    def airing(self, outcome, *, session=None, minutes=-60, heard_ms=200_000, of=None, **facts):
        start = self.clock() + timedelta(minutes=minutes)
        values = {
            "key": f"airing-{next(self._count)}",
            "station_id": (of or self.station).id,
            "local_day": TODAY,
            "session_id": session.id if session else None,
            "bulletin_id": "bulletin",
            "title": "Tin",
            "planned_start": start,
            "started_at": start if heard_ms else None,
            "planned_ms": 200_000,
            "heard_ms": heard_ms,
            "outcome": AiringOutcome(outcome),
        }
        return self.keep(AiringRow(**(values | facts)))

    def bulletin(self, title="Tin", state=BulletinState.DRAFTED, *, of=None, **facts):
        """With its first version, `version_of(row)`."""
        row = Bulletin(
            title=title,
            kind=BulletinKind.NEWS,
            topic_id=f"topic-cchc-{(of or self.station).code}",
            state=state,
            author_id=self.people_of[Role.OPERATOR].id,
            created_at=self.clock(),
            updated_at=self.clock(),
            **self._named("bulletin", of),
            **facts,
        )
        self.keep(row)
        version = BulletinVersion(
            id=version_of(row),
            station_id=row.station_id,
            bulletin_id=row.id,
            no=1,
            title=title,
            author_name="Cán bộ Hạnh",
            created_at=self.clock(),
        )
        self.keep(version)
        return row

    def returned(self, title, reason):
        row = self.bulletin(title, BulletinState.RETURNED)
        decision = Decision(
            bulletin_id=row.id,
            version_id=version_of(row),
            verdict=Verdict.RETURNED,
            reason=reason,
            user_id=self.people_of[Role.APPROVER].id,
            user_name="x",
            at=self.clock(),
            **self._named("decision"),
        )
        self.keep(decision)
        return row

    def render_job(self, row, state, message=""):
        job = Job(
            kind=JobKind.RENDER,
            subject=version_of(row),
            state=JobState(state),
            error_message=message,
            created_at=self.clock(),
            **self._named("job"),
        )
        return self.keep(job)

    def wish(self, row, *, until=TODAY + timedelta(days=30), unmet="", closed_at=None):
        wish = WishRow(
            bulletin_id=row.id,
            from_day=TODAY,
            until_day=until,
            unmet=unmet,
            author_name="x",
            created_at=self.clock(),
            closed_at=closed_at,
            **self._named("wish"),
        )
        return self.keep(wish)

    def emergency(self, title):
        """Begun now, for two hours."""
        row = Emergency(
            bulletin_id=self.bulletin(title, emergency=True).id,
            reason="x",
            until=self.clock() + timedelta(hours=2),
            user_id=self.people_of[Role.OPERATOR].id,
            user_name="x",
            started_at=self.clock(),
            **self._named("emergency"),
        )
        return self.keep(row)

    def _named(self, kind, of=None):
        return {"id": f"{kind}-{next(self._count):04}", "station_id": (of or self.station).id}


def version_of(bulletin):
    return bulletin.id.replace("bulletin", "version")


@pytest.fixture
def put(db, clock, station, people_of):
    """`put.session(…)`, `put.box(…)`, `put.airing(…)`, `put.bulletin(…)`: rows of today."""
    return Rows(db, clock, station, people_of)
