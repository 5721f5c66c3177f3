"""`loa user`."""

import click

from broadcast.commands.opening import open_desk, plain_errors, station_option

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
@station_option
@plain_errors
def add(login: str, name: str, role: str, password: str, station_code: str) -> None:
    """Add an account; asks for its password unless --password is given."""
    from broadcast.people.rules import Role
    from broadcast.people.service import add_account

    with open_desk(station_code) as desk:
        user = add_account(desk, login, name, password, Role(role))
        click.echo(f"Đã thêm {user.display_name} ({user.login}, {user.role}).")


@command.command("list")
@station_option
@plain_errors
def show(station_code: str) -> None:
    """List the accounts."""
    from broadcast.people.service import list_accounts

    with open_desk(station_code) as desk:
        for user in list_accounts(desk):
            state = "đã khóa" if user.disabled_at else ""
            click.echo(f"{user.login:24} {user.role.value:14} {user.display_name} {state}")


@command.command("password")
@click.argument("login")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@station_option
@plain_errors
def password(login: str, password: str, station_code: str) -> None:
    """Give an account a new password; all its sign-ins end."""
    from broadcast.people.service import find_account, set_password

    with open_desk(station_code) as desk:
        set_password(desk, find_account(desk, login).id, password)
        click.echo("Đã đổi mật khẩu.")


@command.command("disable")
@click.argument("login")
@station_option
@plain_errors
def disable(login: str, station_code: str) -> None:
    """Let somebody in no longer; what they did stays in the trail."""
    from broadcast.people.service import change_account, find_account

    with open_desk(station_code) as desk:
        user = find_account(desk, login)
        change_account(desk, user.id, role=user.role, disabled=True)
        click.echo("Đã khóa tài khoản.")
