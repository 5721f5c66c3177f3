"""`loa box`."""

import os

import click

from broadcast.commands.opening import at_station
from broadcast.desk import Desk


@click.group()
def command() -> None:
    """Boxes in the field: add, rotate, revoke, list.

    Example: loa box add "Cụm loa thôn Đông"
    """


@command.command("add")
@click.argument("name")
@click.option("--zone", "zone_id", help="Id of the zone it stands in; none is the whole station.")
@at_station
def add(desk: Desk, name: str, zone_id: str | None) -> None:
    """Add a box and print its token, this once."""
    from broadcast.boxes.tokens import add_box

    box, token = add_box(desk, name, zone_id)
    click.echo(f"Đã thêm {box.name} ({box.id}). Mã chỉ hiện một lần:\n{token}")
    _say_how(token)


@command.command("rotate")
@click.argument("box_id")
@at_station
def rotate(desk: Desk, box_id: str) -> None:
    """Print a new token; those before it hold for another 24 hours."""
    from broadcast.boxes.tokens import rotate_token

    _box, token = rotate_token(desk, box_id)
    click.echo(f"Mã mới chỉ hiện một lần; mã cũ còn dùng được 24 giờ:\n{token}")
    _say_how(token)


def _say_how(token: str) -> None:
    from broadcast.boxes.program import start_command
    from broadcast.config import Settings

    url = Settings.from_env(os.environ).public_url
    click.echo(f"Chạy trên máy phát (Python 3.11 trở lên):\n{start_command(url, token)}")


@command.command("revoke")
@click.argument("box_id")
@at_station
def revoke(desk: Desk, box_id: str) -> None:
    """End every token of a box at once."""
    from broadcast.boxes.tokens import revoke_tokens

    revoke_tokens(desk, box_id)
    click.echo("Đã thu hồi mọi mã của cụm loa.")


@command.command("list")
@at_station
def show(desk: Desk) -> None:
    """List the boxes."""
    from broadcast.boxes.tokens import list_boxes

    for box in list_boxes(desk, retired=True):
        state = "đã tháo" if box.retired_at else ""
        click.echo(f"{box.id}  {box.name} {state}".rstrip())
