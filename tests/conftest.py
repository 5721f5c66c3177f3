"""The house's stage: settings, a real database, the application, a clock set by hand."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, Engine, text

from broadcast.app import create_app
from broadcast.config import Settings
from broadcast.db import Base, make_engine, make_sessions
from broadcast.desk import Desk
from broadcast.jobs.queue import Ring
from broadcast.people.rules import Actor, Role
from broadcast.tables import bulletins, people, stations

POSTGRES = os.environ.get("LOA_TEST_DATABASE_URL", "")
"""A PostgreSQL server's address: then the same tests run there instead of on SQLite."""


class FixedClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at


class RecordingQueue:
    """Keeps the rings; a test runs them by the real task code when it wants to."""

    def __init__(self) -> None:
        self.rings: list[Ring] = []

    def ring(self, ring: Ring) -> None:
        self.rings.append(ring)

    def take(self) -> list[Ring]:
        rings, self.rings = self.rings, []
        return rings


@pytest.fixture
def clock() -> FixedClock:
    """Monday 23 November 2026, 08:00 in Vietnam."""
    return FixedClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))


@pytest.fixture
def jobs() -> RecordingQueue:
    return RecordingQueue()


@pytest.fixture(scope="session")
def blank_database(tmp_path_factory, worker_id) -> Iterator[str]:
    """A migrated, empty database of this test process; each test gets its own copy or a clean one."""
    if not POSTGRES:
        path = tmp_path_factory.mktemp("database") / "blank.db"
        engine = make_engine(f"sqlite:///{path}")
        Base.metadata.create_all(engine)
        engine.dispose()
        yield str(path)
        return
    name = f"loa_test_{worker_id}"
    admin = make_engine(POSTGRES).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = POSTGRES.rsplit("/", 1)[0] + "/" + name
    engine = make_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()
    yield url
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def database_url(blank_database: str, tmp_path: Path) -> Iterator[str]:
    if not POSTGRES:
        copy = tmp_path / "loa.db"
        shutil.copyfile(blank_database, copy)
        yield f"sqlite:///{copy}"
        return
    engine = make_engine(blank_database)
    with engine.begin() as connection:
        empty_tables(connection)
    engine.dispose()
    yield blank_database


def empty_tables(connection: Connection) -> None:
    """Only those with rows: to truncate all 47 costs more than most tests do."""
    names = [table.name for table in Base.metadata.sorted_tables]
    asked = ", ".join(f"EXISTS (SELECT 1 FROM {name})" for name in names)
    filled = zip(names, connection.execute(text(f"SELECT {asked}")).one(), strict=True)
    if filled := [name for name, rows in filled if rows]:
        connection.execute(text(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE"))


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings.from_env(
        {
            "LOA_DATA": str(tmp_path / "data"),
            "DATABASE_URL": database_url,
            "LOA_SECRET_KEY": "t" * 32,
        }
    )


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory) -> FileSystemBytecodeCache:
    """Each test has an application of its own; its pages need not be compiled anew."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def make_app(clock, jobs, compiled_templates):
    """Applications of a test's own settings; their connections are closed when it is over."""
    made = []

    def make(settings: Settings):
        app = create_app(settings, jobs=jobs, clock=clock)
        app.jinja_env.bytecode_cache = compiled_templates
        made.append(app.extensions["loa"])
        return app

    yield make
    for parts in made:
        for sessions in (parts.writing, parts.reading):
            sessions.kw["bind"].dispose()


@pytest.fixture
def app(settings, make_app):
    app = make_app(settings)
    app.config["TESTING"] = True
    app.config["WTF_CSRF_ENABLED"] = False
    # A test sees the page an operator would see, not a stack.
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture
def db(engine: Engine):
    """A session of the test's own, beside those of the application."""
    with make_sessions(engine)() as session:
        yield session


@pytest.fixture
def station(db, clock):
    """One commune with its topics; other fixtures put people and boxes into it."""
    return make_station(db, clock, "ngoc-ky", "Ngọc Kỳ")


@pytest.fixture
def other_station(db, clock):
    """Nothing of it may ever be seen from the first."""
    return make_station(db, clock, "dai-son", "Đại Sơn")


def make_station(db, clock, code: str, commune: str):
    row = stations.Station(
        id=f"station-{code}",
        code=code,
        name=f"Đài truyền thanh xã {commune}",
        commune_name=f"xã {commune}",
        time_zone="Asia/Ho_Chi_Minh",
        created_at=clock(),
    )
    db.add(row)
    db.flush()
    for hue, (short, name) in enumerate(
        [("cchc", "Cải cách hành chính"), ("cds", "Chuyển đổi số"), ("khac", "Khác")]
    ):
        db.add(
            bulletins.Topic(
                id=f"topic-{short}-{code}", station_id=row.id, code=short, name=name, hue=hue
            )
        )
    db.add(
        stations.CountingRuleVersion(
            id=f"rule-1-{code}",
            station_id=row.id,
            version=1,
            author_name="test",
            created_at=clock(),
        )
    )
    db.commit()
    return row


def make_person(db, clock, station, role: Role, password_hash: str = "!"):
    row = people.User(
        id=f"user-{role.value}-{station.code}",
        station_id=station.id,
        login=f"{role.value}.{station.code}",
        display_name={"operator": "Cán bộ Hạnh", "approver": "Lãnh đạo Minh"}.get(
            role.value, role.value
        ),
        password_hash=password_hash,
        role=role,
        created_at=clock(),
    )
    db.add(row)
    db.commit()
    return row


@pytest.fixture
def people_of(db, clock, station):
    """One account for each role: `people_of[Role.OPERATOR]`."""
    return {role: make_person(db, clock, station, role) for role in Role}


@pytest.fixture
def desk_as(engine, clock, jobs, people_of):
    """`desk_as(Role.APPROVER)` is a desk with a session of its own, at the clock's moment."""
    opened = []

    def open_desk(role: Role = Role.OPERATOR) -> Desk:
        person = people_of[role]
        session = make_sessions(engine)()
        opened.append(session)
        actor = Actor.person(person.station_id, person.id, person.display_name, role)
        return Desk(session, actor, clock(), jobs)

    yield open_desk
    for session in opened:
        session.close()


@pytest.fixture
def signed_in(app, db, clock, people_of):
    """`signed_in(Role.OPERATOR)` is a browser (Flask test client) with that person's sign-in."""
    from broadcast.people.secrets import new_secret, secret_hash

    def browser(role: Role = Role.OPERATOR):
        person = people_of[role]
        token = new_secret("s")
        db.add(
            people.SignIn(
                id=f"sign-in-{token[-8:]}",
                station_id=person.station_id,
                user_id=person.id,
                token_hash=secret_hash(token),
                created_at=clock(),
                seen_at=clock(),
                expires_at=clock() + timedelta(days=30),
            )
        )
        db.commit()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["sign_in"] = token
        return client

    return browser


def pytest_sessionfinish(session, exitstatus):
    """Where every part can be had, a skipped test is a failure: it would hide a missing step."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None or hasattr(session.config, "workerinput"):
        return
    skipped = reporter.stats.get("skipped", [])
    if skipped and exitstatus == 0:
        reporter.write_line(f"CI refuses {len(skipped)} skipped tests", red=True)
        session.exitstatus = 1
