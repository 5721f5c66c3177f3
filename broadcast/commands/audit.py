"""`loa audit`."""

import click

from broadcast.commands.opening import at_station
from broadcast.desk import Desk


@click.command()
@click.option("--mend", is_flag=True, help="Make the days that differ anew.")
@at_station
def command(desk: Desk, *, mend: bool) -> None:
    """Recount every figure from the raw rows and report differences; exit code 1 when there are.

    Example: loa audit
    """
    from broadcast.reports.audit import audit_and_mend, audit_figures

    found = audit_and_mend(desk) if mend else audit_figures(desk)
    for one in found:
        click.echo(f"{one.local_day}  {one.what}: đang ghi {one.stored}, đếm lại {one.recounted}")
    if found:
        raise click.exceptions.Exit(1)
    click.echo("Mọi số liệu khớp với nhật ký.")
