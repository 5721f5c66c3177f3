"""A commune's Monday: sessions, boxes, airings and work that waits."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.boxes.models import Box, BoxEvent, BoxHealth
from broadcast.bulletins.models import Bulletin, BulletinVersion, Decision
from broadcast.bulletins.rules import BulletinKind, BulletinState, Verdict
from broadcast.jobs.models import Job, JobKind, JobState
from broadcast.people.rules import Role
from broadcast.timetable.models import Emergency, SessionRow, WishRow

TODAY = date(2026, 11, 23)


@pytest.fixture
def put(db, clock, station, people_of):
    """`put.session(…)`, `put.box(…)`, `put.airing(…)`, `put.bulletin(…)`: rows of today."""
    count = iter(range(1000))

    def keep(row):
        db.add(row)
        db.commit()
        return row

    def session(name="Buổi sáng", *, minutes=0, of=station, **facts):
        """Starts `minutes` from now and lasts half an hour."""
        start = clock() + timedelta(minutes=minutes)
        values = {
            "id": f"session-{next(count)}",
            "station_id": of.id,
            "name": name,
            "local_day": TODAY,
            "starts_at": start,
            "ends_at": start + timedelta(minutes=30),
            "latest_end": start + timedelta(minutes=40),
        }
        return keep(SessionRow(**(values | facts)))

    def box(name="Cụm 1", *, seconds_ago=10, playing=None, faults=(), of=station):
        """Last heard of `seconds_ago`, or never when that is None."""
        row = keep(Box(id=f"box-{next(count)}", station_id=of.id, name=name, created_at=clock()))
        if seconds_ago is not None:
            keep(
                BoxHealth(
                    box_id=row.id,
                    station_id=of.id,
                    seen_at=clock() - timedelta(seconds=seconds_ago),
                    playing=playing,
                    facts={"faults": list(faults)},
                )
            )
            keep(
                BoxEvent(
                    id=f"event-{row.id}",
                    station_id=of.id,
                    box_id=row.id,
                    at=clock() - timedelta(hours=2),
                    kind="back",
                )
            )
        return row

    def airing(outcome, *, session=None, minutes=-60, heard_ms=200_000, of=station, **facts):
        start = clock() + timedelta(minutes=minutes)
        values = {
            "key": f"airing-{next(count)}",
            "station_id": of.id,
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
        return keep(AiringRow(**(values | facts)))

    def bulletin(title="Tin", state=BulletinState.DRAFTED, *, of=station, **facts):
        number = next(count)
        row = keep(
            Bulletin(
                id=f"bulletin-{number}",
                station_id=of.id,
                title=title,
                kind=BulletinKind.NEWS,
                topic_id=f"topic-cchc-{of.code}",
                state=state,
                author_id=people_of[Role.OPERATOR].id,
                created_at=clock(),
                updated_at=clock(),
                **facts,
            )
        )
        keep(
            BulletinVersion(
                id=f"version-{number}",
                station_id=of.id,
                bulletin_id=row.id,
                no=1,
                title=title,
                author_name="Cán bộ Hạnh",
                created_at=clock(),
            )
        )
        return row

    def returned(title, reason):
        row = bulletin(title, BulletinState.RETURNED)
        keep(
            Decision(
                id=f"decision-{next(count)}",
                station_id=station.id,
                bulletin_id=row.id,
                version_id=row.id.replace("bulletin", "version"),
                verdict=Verdict.RETURNED,
                reason=reason,
                user_id=people_of[Role.APPROVER].id,
                user_name="x",
                at=clock(),
            )
        )
        return row

    def render_job(row, state, message=""):
        return keep(
            Job(
                id=f"job-{next(count):04}",
                station_id=station.id,
                kind=JobKind.RENDER,
                subject=row.id.replace("bulletin", "version"),
                state=JobState(state),
                error_message=message,
                created_at=clock(),
            )
        )

    def wish(row, *, until=TODAY + timedelta(days=30), unmet="", closed_at=None):
        return keep(
            WishRow(
                id=f"wish-{next(count)}",
                station_id=station.id,
                bulletin_id=row.id,
                from_day=TODAY,
                until_day=until,
                unmet=unmet,
                author_name="x",
                created_at=clock(),
                closed_at=closed_at,
            )
        )

    def emergency(title):
        """Begun now, for two hours."""
        return keep(
            Emergency(
                id=f"emergency-{next(count)}",
                station_id=station.id,
                bulletin_id=bulletin(title, emergency=True).id,
                reason="x",
                until=clock() + timedelta(hours=2),
                user_id=people_of[Role.OPERATOR].id,
                user_name="x",
                started_at=clock(),
            )
        )

    return SimpleNamespace(
        keep=keep,
        emergency=emergency,
        session=session,
        box=box,
        airing=airing,
        bulletin=bulletin,
        returned=returned,
        render_job=render_job,
        wish=wish,
        today=TODAY,
    )
