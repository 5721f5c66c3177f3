"""`loa web`."""

import os
import sys

import click


@click.command()
def command() -> None:
    """Only the web server, in the foreground: what a container runs. Others: celery, playout.

    Example: DATABASE_URL=postgresql://… REDIS_URL=redis://… loa web
    """
    from broadcast.config import Settings
    from broadcast.supervision.station import web_command

    argv = web_command(sys.executable, Settings.from_env(os.environ))
    os.execv(argv[0], argv)  # noqa: S606 -- the fixed command line of our own web server
