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
def open_desk(station_code: str = "") -> Iterator[Any]:
    """A desk at the station `station_code`, or at the only one there is.

    Ends with one sentence when there is no such station, or no database yet.
    """
    from sqlalchemy import inspect, select

    from broadcast.clock import wall_clock
    from broadcast.db import make_engine, make_sessions
    from broadcast.desk import Desk
    from broadcast.jobs.celery_queue import CeleryQueue, make_sender
    from broadcast.jobs.queue import CallingQueue
    from broadcast.people.rules import Actor, Right
    from broadcast.tables import stations

    settings = Settings.from_env(os.environ)
    engine = make_engine(settings.database_url)
    if not inspect(engine).has_table("station"):
        raise click.ClickException("Chưa có cơ sở dữ liệu. Hãy chạy `make up` trước.")
    queue = (
        CeleryQueue(make_sender(settings.redis_url))
        if settings.redis_url
        else CallingQueue(lambda _ring: None)
    )
    try:
        with make_sessions(engine)() as session:
            rows = list(session.scalars(select(stations.Station)))
            chosen = [row for row in rows if station_code in {"", row.code}]
            if len(chosen) != 1:
                codes = ", ".join(sorted(row.code for row in rows)) or "chưa có đài nào"
                raise click.ClickException(f"Hãy chọn đài bằng --station. Hiện có: {codes}")
            name = f"dòng lệnh ({getpass.getuser()})"
            actor = Actor.machine(chosen[0].id, name, *Right)
            session.rollback()
            yield Desk(session, actor, wall_clock(), queue)
    finally:
        engine.dispose()


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


station_option = click.option(
    "--station", "station_code", default="", help="Code of the station; not needed for one."
)
