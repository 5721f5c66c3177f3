"""`loa verify-log`."""

import sys

import click

from broadcast.commands.opening import at_station
from broadcast.desk import Desk

FAULTS = {
    "gap": "dòng này không còn",
    "changed": "nội dung dòng này đã bị sửa",
    "unlinked": "dòng này không nối vào dòng trước",
}


@click.command()
@at_station
def command(desk: Desk) -> None:
    """Walk the hash chain of the as-run log; exit code 1 and the first broken row if it is broken.

    Example: loa verify-log --station ngoc-ky
    """
    from broadcast.airlog.verify import verify_log

    verdict = verify_log(desk)
    if verdict.broken is None:
        click.echo(f"Nhật ký nguyên vẹn: {verdict.rows} dòng. Mã cuối: {verdict.head_hash}")
        return
    click.echo(f"Nhật ký hỏng từ dòng {verdict.broken.number}: {FAULTS[verdict.broken.fault]}.")
    sys.exit(1)
