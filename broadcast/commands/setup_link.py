"""`loa setup-link`."""

import os

import click

from broadcast.commands.opening import open_database, plain_errors


@click.command()
@plain_errors
def command() -> None:
    """Print a fresh one-time link to the set-up page, while no station exists yet.

    `loa up` prints one by itself; this is for Docker and for a lost terminal.
    """
    from broadcast.config import Settings
    from broadcast.people.setup import is_set_up, new_setup_link

    settings = Settings.from_env(os.environ)
    with open_database(settings) as desk:
        if is_set_up(desk):
            raise click.ClickException("Đài đã được cài đặt; hãy đăng nhập.")
        desk.session.rollback()
        click.echo(f"{settings.public_url}/bat-dau/{new_setup_link(desk)}")
