"""`loa user`."""

import click

from broadcast.commands.opening import at_station
from broadcast.desk import Desk

ROLES = ("viewer", "operator", "approver", "administrator")


@click.group()
def command() -> None:
    """Accounts of the console.

    Example: loa user add hanh --name "Cán bộ Hạnh" --role operator
    """


@command.command("add")
@click.argument("login")
@click.option("--name", required=True, help="Name as shown in the log.")
@click.option("--role", type=click.Choice(ROLES), default="operator", show_default=True)
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@at_station
def add(desk: Desk, login: str, name: str, role: str, password: str) -> None:
    """Add an account; asks for its password unless --password is given."""
    from broadcast.people.rules import Role
    from broadcast.people.service import add_account

    user = add_account(desk, login, name, password, Role(role))
    click.echo(f"Đã thêm {user.display_name} ({user.login}, {user.role}).")


@command.command("list")
@at_station
def show(desk: Desk) -> None:
    """List the accounts."""
    from broadcast.people.service import list_accounts

    for user in list_accounts(desk):
        state = "đã khóa" if user.disabled_at else ""
        click.echo(f"{user.login:24} {user.role.value:14} {user.display_name} {state}")


@command.command("password")
@click.argument("login")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@at_station
def password(desk: Desk, login: str, password: str) -> None:
    """Give an account a new password; all its sign-ins end."""
    from broadcast.people.service import find_account, set_password

    set_password(desk, find_account(desk, login).id, password)
    click.echo("Đã đổi mật khẩu.")


@command.command("disable")
@click.argument("login")
@at_station
def disable(desk: Desk, login: str) -> None:
    """Let somebody in no longer; what they did stays in the trail."""
    from broadcast.people.service import change_account, find_account

    user = find_account(desk, login)
    change_account(desk, user.id, role=user.role, disabled=True)
    click.echo("Đã khóa tài khoản.")
