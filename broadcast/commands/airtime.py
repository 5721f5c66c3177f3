"""`loa airtime`."""

import sys

import click

from broadcast.commands.opening import at_station
from broadcast.desk import Desk


@click.command()
@click.option("--from", "from_day", required=True, help="First local day, e.g. 2023-01-01.")
@click.option("--to", "to_day", required=True, help="Last local day, included.")
@click.option(
    "--by", default="", help="topic, kind, month, quarter, zone, slot, author, voice, origin"
)
@click.option("--topics", default="as_aired", help="as_aired, or current: under today's names.")
@click.option("--json", "as_json", is_flag=True, help="The very bytes of GET /api/v1/airtime.")
@at_station
def command(desk: Desk, *, from_day: str, to_day: str, by: str, topics: str, as_json: bool) -> None:
    """Items, airings and minutes of a period: the figures of the API.

    Example: loa airtime --from 2023-01-01 --to 2023-12-31 --by topic,month
    """
    from broadcast.reports.airtime import airtime_document, airtime_table
    from broadcast.reports.names import names_of
    from broadcast.reports.questions import read_airtime_question
    from broadcast.reports.sheet import figures_sheet

    question = read_airtime_question({"from": from_day, "to": to_day, "by": by, "topics": topics})
    if as_json:
        sys.stdout.buffer.write(airtime_document(desk, question))
        return
    table, rule = airtime_table(desk, question)
    sheet = figures_sheet(table, rule, question.period, names_of(desk))
    click.echo(sheet.title)
    width = len(table.by) or 1
    for row in sheet.rows:
        click.echo(f"\n{' · '.join(str(cell) for cell in row[:width] if cell)}")
        for heading, cell in zip(sheet.header[width:], row[width:], strict=True):
            if cell:
                click.echo(f"  {heading}: {cell}")
    for note in sheet.notes:
        click.echo(f"\n{note}")
