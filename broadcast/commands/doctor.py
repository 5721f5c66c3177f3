"""`loa doctor`."""

import os
import sys

import click


@click.command()
@click.option("--only", "name", default="", help="One check: database, redis, worker, web, …")
def command(name: str) -> None:
    """Say what is found, what is missing and how to get it. Changes nothing.

    Ends with exit code 1 when a part is missing that the station needs. Example: loa doctor
    """
    from broadcast.clock import wall_clock
    from broadcast.config import SettingInvalid, Settings
    from broadcast.supervision.checks import CHECKS

    try:
        settings = Settings.from_env(os.environ)
    except SettingInvalid as err:
        raise click.ClickException(str(err)) from err
    if name and name not in CHECKS:
        raise click.ClickException(f"Không có mục kiểm tra này. Có: {', '.join(CHECKS)}")
    missing = False
    for check in [CHECKS[name]] if name else CHECKS.values():
        found = check(settings, wall_clock())
        mark = "✓" if found.ok else ("✗" if found.needed else "–")
        click.echo(f"{mark} {found.name:10} {found.sentence}")
        missing = missing or (found.needed and not found.ok)
    sys.exit(1 if missing else 0)
