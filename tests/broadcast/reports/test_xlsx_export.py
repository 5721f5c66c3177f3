import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from broadcast.reports.counting import Question, count, minutes
from broadcast.reports.facts import GroupBy, Reason
from broadcast.reports.periods import year_period
from broadcast.reports.sheet import COLUMNS, Sheet, figures_sheet
from broadcast.reports.xlsx_export import FiguresBook, export_xlsx

YEAR = year_period(2023)
AT = {column.measure: offset for offset, column in enumerate(COLUMNS)}


@pytest.fixture
def table(rule, airing, box, session):
    def by(*groups: GroupBy):
        airings = [
            airing("a", date(2023, 5, 1), topic="CCHC", boxes=(box(3_000, 3_000),)),
            airing("b", date(2023, 5, 2), topic="CĐS", boxes=(box(3_000, 3_000),)),
            airing("a", date(2023, 6, 1), topic="=CCHC()", boxes=(box(3_000, 3_000),)),
        ]
        sessions = [session(date(2023, 5, 1)), session(date(2023, 6, 1))]
        return count(airings, sessions, Question(rule, YEAR, groups))

    return by


@pytest.fixture
def book(rule):
    def of(*tables, **changes) -> FiguresBook:
        return FiguresBook("Đài truyền thanh xã", tables, rule, YEAR, **changes)

    return of


def recalculated(page: Worksheet, values: Worksheet, cell: str):
    """Evaluates the two formulas we write: SUM of a column and ROUND of a cell over 60000."""
    formula = page[cell].value
    if not isinstance(formula, str) or not formula.startswith("="):
        return formula
    if found := re.fullmatch(r"=SUM\((\w+):(\w+)\)", formula):
        return sum(
            recalculated(page, values, one.coordinate) for (one,) in page[f"{found[1]}:{found[2]}"]
        )
    found = re.fullmatch(r"=ROUND\((\w+)/60000,1\)", formula)
    exact = Decimal(recalculated(page, values, found[1])) / 60_000
    return float(exact.quantize(Decimal("0.1"), "ROUND_HALF_UP"))


@pytest.mark.parametrize(
    "groups", [(GroupBy.TOPIC,), (GroupBy.MONTH,), (GroupBy.TOPIC, GroupBy.MONTH), ()]
)
def test_formulas_add_up_again_to_the_totals_we_printed(book, table, groups):
    blob = export_xlsx(book(table(*groups)))
    page, values = (
        load_workbook(BytesIO(blob)).active,
        load_workbook(BytesIO(blob), data_only=True).active,
    )
    formulas = [cell for row in page.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert len(formulas) >= 4
    for cell in formulas:
        if cell.data_type == "f":
            assert recalculated(page, values, cell.coordinate) == values[cell.coordinate].value


def test_the_total_row_is_the_counted_total(book, table, rule):
    counted = table(GroupBy.MONTH)
    values = load_workbook(BytesIO(export_xlsx(book(counted))), data_only=True).active
    total = [cell.value for cell in values[7]]
    assert total[0] == "Tổng cộng"
    assert total[1 + AT["items"]] == counted.total.items == 2
    assert total[1 + AT["airings"]] == 3
    assert Decimal(str(total[1 + AT["net_ms"]])) == minutes(counted.total, rule)
    assert total[1 + AT["gross_ms"]] == 60


def test_a_total_of_distinct_items_is_a_number_with_its_reason_below(book, table):
    page = load_workbook(BytesIO(export_xlsx(book(table(GroupBy.MONTH))))).active
    assert page.cell(7, 2 + AT["items"]).value == 2
    assert str(page.cell(7, 2 + AT["airings"]).value).startswith("=SUM(")
    notes = [page.cell(row, 1).value for row in range(8, page.max_row + 1)]
    assert Reason.SAME_ITEM.value in notes
    assert any("80%" in str(note) and "01/01/2023" in str(note) for note in notes)


def test_gross_minutes_of_a_topic_are_left_empty(book, table):
    values = load_workbook(BytesIO(export_xlsx(book(table(GroupBy.TOPIC)))), data_only=True).active
    assert [values.cell(row, 2 + AT["gross_ms"]).value for row in (5, 6, 7, 8)] == [
        None,
        None,
        None,
        60,
    ]


def test_a_topic_can_not_become_a_formula(book, table):
    page = load_workbook(BytesIO(export_xlsx(book(table(GroupBy.TOPIC))))).active
    cell = next(cell for (cell,) in page["A5:A7"] if cell.value == "=CCHC()")
    assert cell.data_type == "s" or cell.quotePrefix is not None
    assert b"<f>CCHC" not in export_xlsx(book(table(GroupBy.TOPIC)))


def test_each_table_and_each_sheet_of_evidence_has_its_page(book, table):
    evidence = Sheet(
        "Lượt phát [2023]: tất cả",
        ("Tên", "Phút"),
        (("=1", Decimal("1.5")), ("b", None)),
        ("Ghi chú",),
    )
    blob = export_xlsx(
        book(table(GroupBy.TOPIC), table(GroupBy.TOPIC, GroupBy.MONTH), evidence=(evidence,))
    )
    pages = load_workbook(BytesIO(blob))
    assert pages.sheetnames == ["1. Chủ đề", "2. Chủ đề và Tháng", "3. Lượt phát 2023 tất cả"]
    page = pages["3. Lượt phát 2023 tất cả"]
    assert [[cell.value for cell in row] for row in page["A5:B6"]] == [["=1", 1.5], ["b", None]]


def test_an_empty_log_still_gives_a_table(book, rule):
    empty = count([], [], Question(rule, YEAR, (GroupBy.TOPIC,)))
    values = load_workbook(
        BytesIO(export_xlsx(book(empty, evidence=(Sheet("Trống", ("a",), ()),))))
    ).worksheets[0]
    assert [values.cell(5, column).value for column in (1, 2)] == ["Tổng cộng", 0]


def test_the_same_figures_give_the_same_bytes(book, table):
    tables = table(GroupBy.MONTH)
    assert export_xlsx(book(tables)) == export_xlsx(book(tables))


def test_keys_are_shown_by_the_names_the_station_gives(book, table):
    blob = export_xlsx(book(table(GroupBy.ZONE), name_of=lambda by, part: f"Khu vực {part}"))
    assert load_workbook(BytesIO(blob)).active["A5"].value == "Khu vực thôn Đông"


def test_the_plain_sheet_has_the_same_rows_and_the_total_last(table, rule):
    sheet = figures_sheet(table(GroupBy.MONTH), rule, YEAR)
    assert [row[0] for row in sheet.rows] == ["05/2023", "06/2023", "Tổng cộng"]
    assert sheet.header[0] == "Tháng"
    assert sheet.rows[-1][1 + AT["airings"]] == 3
    assert sheet.rows[-1][1 + AT["net_ms"]] == Decimal("0.2")
    assert all(len(row) == len(sheet.header) for row in sheet.rows)


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ((GroupBy.QUARTER,), "Quý 2/2023"),
        ((GroupBy.KIND,), "Tin"),
        ((GroupBy.ORIGIN,), "Tự sản xuất"),
        ((GroupBy.SLOT,), "sáng"),
    ],
)
def test_keys_are_said_in_words(table, rule, groups, words):
    assert figures_sheet(table(*groups), rule, YEAR).rows[0][0] == words


def test_a_zone_without_a_name_is_said_to_be_unknown(airing, rule):
    nowhere = count([airing(zones=())], [], Question(rule, YEAR, (GroupBy.ZONE,)))
    assert figures_sheet(nowhere, rule, YEAR).rows[0][0] == "(không ghi)"
