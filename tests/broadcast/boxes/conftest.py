"""A station with an area, a hamlet in it, and a box there."""

import pytest

from broadcast.people.rules import Role
from broadcast.stations.models import ZoneKind
from tests.factories.boxes import bearer, make_box, make_zone
from tests.factories.sessions import make_audio, make_bulletin, make_line, make_session


@pytest.fixture
def area(db, station):
    return make_zone(db, station, "khu", kind=ZoneKind.AREA)


@pytest.fixture
def hamlet(db, station, area):
    return make_zone(db, station, "dong", parent=area)


@pytest.fixture
def box(db, clock, station, hamlet):
    return make_box(db, clock, station, zone=hamlet)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def ask(client, box):
    """`ask("GET", "plan")` as the station's first box."""

    def send(method, path, *, of=box, headers=None, **more):
        return client.open(
            f"/api/box/v1/{path}", method=method, headers=bearer(of) | (headers or {}), **more
        )

    return send


@pytest.fixture
def planned(db, clock, station, people_of, settings):
    """`planned(hours=2)` is a session so far from now with one bulletin, its bytes on the disk."""

    def plan(code="1", *, zone_ids=(), content=None, line=None, session=None, **ahead):
        from datetime import timedelta

        audio = make_audio(db, clock, station, code, content=content, media_dir=settings.media_dir)
        bulletin = make_bulletin(db, clock, station, code, author=people_of[Role.OPERATOR])
        row = make_session(
            db, station, clock() + timedelta(**ahead), code, zone_ids=zone_ids, **session or {}
        )
        return make_line(db, row, code, audio=audio, bulletin=bulletin, **line or {})

    return plan
