"""`loa key`."""

import click

from broadcast.commands.opening import open_desk, plain_errors, station_option


@click.group()
def command() -> None:
    """Keys of the report module (read figures and evidence, nothing else).

    Example: loa key add "phần mềm báo cáo huyện"
    """


@command.command("add")
@click.argument("name")
@station_option
@plain_errors
def add(name: str, station_code: str) -> None:
    """Make a key and print it; it is shown this once."""
    from broadcast.people.keys import add_key

    with open_desk(station_code) as desk:
        row, secret = add_key(desk, name)
        click.echo(f"{row.id}\n{secret}")


@command.command("list")
@station_option
@plain_errors
def show(station_code: str) -> None:
    """List keys and whether they still hold."""
    from broadcast.people.keys import list_keys

    with open_desk(station_code) as desk:
        for row in list_keys(desk):
            click.echo(
                f"{row.id}  {row.name}  {'đã thu hồi' if row.revoked_at else 'còn hiệu lực'}"
            )


@command.command("revoke")
@click.argument("key_id")
@station_option
@plain_errors
def revoke(key_id: str, station_code: str) -> None:
    """Let a key hold no longer, at once."""
    from broadcast.people.keys import revoke_key

    with open_desk(station_code) as desk:
        revoke_key(desk, key_id)
        click.echo("Đã thu hồi.")
