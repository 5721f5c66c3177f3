"""`loa verify-log`."""

import re
import sys

import click

from broadcast.airlog.verify import Printed
from broadcast.commands.opening import at_station
from broadcast.desk import Desk

FAULTS = {
    "gap": "dòng này không còn",
    "changed": "nội dung dòng này đã bị sửa",
    "unlinked": "dòng này không nối vào dòng trước",
}
FEWEST_CHARACTERS = 8


class _PaperMark(click.ParamType):
    """`NUMBER:HASH` as the day book prints it; of the hash the first 8 characters are enough."""

    name = "NUMBER:HASH"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Printed:
        number, _colon, mark = value.replace(" ", "").partition(":")
        known = re.fullmatch(rf"[0-9a-fA-F]{{{FEWEST_CHARACTERS},64}}", mark)
        if not (re.fullmatch(r"[1-9][0-9]{0,17}", number) and known):
            self.fail(f"hãy chép mã in trên sổ, ít nhất {FEWEST_CHARACTERS} ký tự: 120:9f3a61c0")
        return Printed(int(number), mark)


@click.command()
@click.option(
    "--printed", type=_PaperMark(), help="Head of a printed day book; the log must still hold it."
)
@at_station
def command(desk: Desk, printed: Printed | None) -> None:
    """Walk the hash chain of the as-run log; exit code 1 and the first broken row if it is broken.

    Example: loa verify-log --station ngoc-ky --printed 120:9f3a61c0
    """
    from broadcast.airlog.verify import verify_log

    verdict = verify_log(desk, printed)
    if verdict.broken is None:
        click.echo(
            f"Nhật ký nguyên vẹn: {verdict.rows} dòng."
            f" Mã cuối: {verdict.head_number}:{verdict.head_hash}"
        )
        if printed:
            click.echo(f"Sổ đã in khớp với nhật ký ở dòng {printed.number}.")
        return
    click.echo(f"Nhật ký hỏng từ dòng {verdict.broken.number}: {FAULTS[verdict.broken.fault]}.")
    sys.exit(1)
