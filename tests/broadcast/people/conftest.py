"""People with real passwords, and a desk at which nobody is known yet."""

import pytest

from broadcast.db import make_sessions
from broadcast.desk import Desk
from broadcast.people.models import User
from broadcast.people.passwords import hash_password
from broadcast.people.rules import Actor, Role

PASSWORD = "một câu ngắn dễ nhớ"


@pytest.fixture(scope="session")
def password():
    return PASSWORD


@pytest.fixture(scope="session")
def password_hash():
    return hash_password(PASSWORD)


@pytest.fixture
def person(db, people_of, password_hash):
    """The operator, with a password; the login is `operator.ngoc-ky`."""
    row = people_of[Role.OPERATOR]
    row.password_hash = password_hash
    db.commit()
    return row


@pytest.fixture
def door(engine, clock, jobs):
    """`door()` is a fresh desk before the door, at the clock's moment."""
    opened = []

    def open_desk() -> Desk:
        session = make_sessions(engine)()
        opened.append(session)
        return Desk(session, Actor.machine("", "cửa vào"), clock(), jobs)

    yield open_desk
    for session in opened:
        session.close()


@pytest.fixture
def make_person():
    """`make_person(db, clock, station, role)` puts an account into any station."""

    def make(db, clock, station, role):
        row = User(
            id=f"user-{role.value}-{station.code}",
            station_id=station.id,
            login=f"{role.value}.{station.code}",
            display_name=role.value,
            password_hash="!",
            role=role,
            created_at=clock(),
        )
        db.add(row)
        db.commit()
        return row

    return make
