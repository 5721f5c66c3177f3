"""A desk for commands: the same services as the console, done by whoever sits at the terminal."""

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click

from broadcast.config import SettingInvalid, Settings


@contextmanager
def open_database(settings: Settings) -> Iterator[Any]:
    """A desk that belongs to no station yet, with every right: the terminal of the machine."""
    from sqlalchemy import inspect

    from broadcast.clock import wall_clock
    from broadcast.db import make_engine, make_sessions
    from broadcast.desk import Desk
    from broadcast.jobs.celery_queue import CeleryQueue, make_sender
    from broadcast.jobs.queue import CallingQueue
    from broadcast.people.rules import Actor, Right
    from broadcast.supervision.redis_server import running_redis_url
    from broadcast.tables import Base

    engine = make_engine(settings.database_url)
    redis_url = settings.redis_url or running_redis_url(settings.data_dir)
    queue = CeleryQueue(make_sender(redis_url)) if redis_url else CallingQueue(lambda _ring: None)
    try:
        if not (Base.metadata.tables and inspect(engine).has_table("station")):
            raise click.ClickException("Chưa có cơ sở dữ liệu. Hãy chạy `make up` trước.")
        with make_sessions(engine)() as session:
            actor = Actor.machine("", f"dòng lệnh ({getpass.getuser()})", *Right)
            yield Desk(session, actor, wall_clock(), queue)
    finally:
        engine.dispose()


@contextmanager
def open_desk(station_code: str = "") -> Iterator[Any]:
    """A desk at the station `station_code`, or at the only one there is.

    Ends with one sentence when there is no such station, or no database yet.
    """
    from dataclasses import replace

    from sqlalchemy import select

    from broadcast.tables import stations

    with open_database(Settings.from_env(os.environ)) as desk:
        rows = list(desk.session.scalars(select(stations.Station)))
        chosen = [row for row in rows if station_code in {"", row.code}]
        if len(chosen) != 1:
            codes = ", ".join(sorted(row.code for row in rows)) or "chưa có đài nào"
            raise click.ClickException(f"Hãy chọn đài bằng --station. Hiện có: {codes}")
        desk.session.rollback()
        yield desk.acting_as(replace(desk.actor, station_id=chosen[0].id))


def plain_errors(command: Callable[..., Any]) -> Callable[..., Any]:
    """Expected failures end with their sentence and exit code 1, not with a stack."""
    from broadcast.errors import LoaError

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except (LoaError, SettingInvalid) as err:
            raise click.ClickException(str(err)) from err

    return run


def at_station(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command's first argument is a desk at the station that `--station` names."""

    @click.option(
        "--station", "station_code", default="", help="Code of the station; not needed for one."
    )
    @plain_errors
    @wraps(command)
    def run(*, station_code: str, **given: Any) -> Any:
        with open_desk(station_code) as desk:
            return command(desk, **given)

    return run
