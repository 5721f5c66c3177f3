"""`loa key`."""

import click

from broadcast.commands.opening import at_station
from broadcast.desk import Desk


@click.group()
def command() -> None:
    """Keys of the report module (read figures and evidence, nothing else).

    Example: loa key add "phần mềm báo cáo huyện"
    """


@command.command("add")
@click.argument("name")
@at_station
def add(desk: Desk, name: str) -> None:
    """Make a key and print it; it is shown this once."""
    from broadcast.people.keys import add_key

    row, secret = add_key(desk, name)
    click.echo(f"{row.id}\n{secret}")


@command.command("list")
@at_station
def show(desk: Desk) -> None:
    """List keys and whether they still hold."""
    from broadcast.people.keys import list_keys

    for row in list_keys(desk):
        click.echo(f"{row.id}  {row.name}  {'đã thu hồi' if row.revoked_at else 'còn hiệu lực'}")


@command.command("revoke")
@click.argument("key_id")
@at_station
def revoke(desk: Desk, key_id: str) -> None:
    """Let a key hold no longer, at once."""
    from broadcast.people.keys import revoke_key

    revoke_key(desk, key_id)
    click.echo("Đã thu hồi.")
