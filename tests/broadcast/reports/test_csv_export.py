import csv
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.reports.csv_export import export_csv, neutral
from broadcast.reports.sheet import Sheet

PLAIN = Sheet("Thống kê", ("Chủ đề", "Phút"), (("CCHC", Decimal("16.4")), ("CĐS", 1500)))


def read(blob: bytes, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(StringIO(blob.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_the_file_says_that_it_is_utf8_and_ends_lines_as_excel_does():
    assert export_csv(PLAIN) == "\ufeffChủ đề,Phút\r\nCCHC,16.4\r\nCĐS,1500\r\n".encode()


def test_vietnamese_excel_gets_semicolons_and_decimal_commas():
    blob = export_csv(PLAIN, for_vietnamese_excel=True)
    assert blob == "\ufeffChủ đề;Phút\r\nCCHC;16,4\r\nCĐS;1500\r\n".encode()


@pytest.mark.parametrize(
    "title",
    [
        "=1+1",
        "+84912",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =HYPERLINK(1)",
        "\u00a0=1",
        "＝1",
        "=cmd|' /C calc'!A0",
    ],
)
def test_a_title_can_not_become_a_formula(title: str):
    (_, (cell,)) = read(export_csv(Sheet("", ("Tên",), ((title,),))))
    assert cell == f"'{title}"


def test_a_heading_can_not_become_a_formula_either():
    ((heading,),) = read(export_csv(Sheet("", ("=1+1",), ())))
    assert heading == "'=1+1"


def test_negative_numbers_stay_numbers():
    assert read(export_csv(Sheet("", ("n",), ((-5,), (Decimal("-0.5"),)))))[1:] == [
        ["-5"],
        ["-0.5"],
    ]


def test_an_unknown_figure_is_an_empty_cell_and_not_a_zero():
    assert read(export_csv(Sheet("", ("a", "b"), ((None, 0),))))[1] == ["", "0"]


def test_large_numbers_are_never_written_with_an_exponent():
    assert read(export_csv(Sheet("", ("n",), ((Decimal("9E+6"),),))))[1] == ["9000000"]


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=5), st.booleans())
def test_whatever_was_typed_reads_back_with_at_most_an_apostrophe_more(rows, semicolon):
    sheet = Sheet("", ("a", "b"), tuple(tuple(row) for row in rows))
    blob = export_csv(sheet, for_vietnamese_excel=semicolon)
    assert read(blob, ";" if semicolon else ",")[1:] == [
        [neutral(cell) for cell in row] for row in rows
    ]


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_no_text_begins_with_the_sign_of_a_formula(text):
    assert not neutral(text).lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
