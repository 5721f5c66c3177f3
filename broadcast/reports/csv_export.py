"""CSV that opens right in Excel and runs nothing there. PURE."""

import csv
from decimal import Decimal
from io import StringIO

from broadcast.reports.sheet import Cell, Sheet

_BOM = b"\xef\xbb\xbf"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export_csv(sheet: Sheet, *, for_vietnamese_excel: bool = False) -> bytes:
    """UTF-8 with BOM and CRLF, the header first; notes are left to the other formats.

    `for_vietnamese_excel` separates by semicolon and writes the decimal comma, as Excel with
    Vietnamese settings expects. Numbers have no thousands separator in either form. A text that a
    spreadsheet would take for a formula is given a leading apostrophe.
    """
    text = StringIO()
    separator = ";" if for_vietnamese_excel else ","
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow([_text(heading) for heading in sheet.header])
    writer.writerows(
        [_write(cell, has_comma=for_vietnamese_excel) for cell in row] for row in sheet.rows
    )
    return _BOM + text.getvalue().encode()


def neutral(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet would run it as a formula.

    Blanks before the sign do not help an attacker: some programs trim them.
    """
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_STARTS_A_FORMULA) else text


def _write(cell: Cell, *, has_comma: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _text(cell)
    plain = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    return plain.replace(".", ",") if has_comma else plain


def _text(text: str) -> str:
    return neutral(text.replace("\0", ""))
