"""`loa up`."""

import os
import sys

import click

from broadcast.config import SettingInvalid, Settings


@click.command()
@click.option("--port", type=int, help="Port of the console (default 8080, or LOA_PORT).")
@click.option("--host", help="Address to listen on; 0.0.0.0 lets boxes in the network reach it.")
def command(port: int | None, host: str | None) -> None:
    """Start the whole station on this machine: Redis, web, worker, beat and a local box.

    Ctrl-C stops everything. Example: loa up --host 0.0.0.0 --port 8090
    """
    environ = dict(os.environ)
    if port:
        environ["LOA_PORT"] = str(port)
    if host:
        environ["LOA_HOST"] = host
    try:
        _run(environ)
    except (SettingInvalid, ImportError) as err:
        click.echo(f"Không khởi động được. {err}", err=True)
        sys.exit(1)


def _run(environ: dict[str, str]) -> None:
    settings = Settings.from_env(environ)
    environ["LOA_DATA"] = str(settings.data_dir)
    from broadcast.migrations.run import migrate
    from broadcast.supervision.redis_server import RedisMissing
    from broadcast.supervision.station import StartRefused, StationOnOneMachine, check_place

    try:
        check_place(settings)
        migrate(settings.database_url)
        station = StationOnOneMachine(settings, environ, click.echo)
        station.start()
    except (StartRefused, RedisMissing) as err:
        click.echo(f"Không khởi động được. {err}", err=True)
        sys.exit(1)
    try:
        station.run()
    finally:
        station.stop()
