"""The sheet of single airings: its sums are formulas, and they come to the figures."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from broadcast.bulletins.rules import BulletinKind, Origin
from broadcast.reports.airing_lines import airing_lines
from broadcast.reports.counting import Question, count
from broadcast.reports.facts import BoxOutcome, BoxPlay, GroupBy
from broadcast.reports.periods import year_period
from broadcast.reports.xlsx_evidence import NAME
from broadcast.reports.xlsx_export import FiguresBook, export_xlsx

YEAR = year_period(2023)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
ONE = st.fixed_dictionaries(
    {
        "item": st.sampled_from("abc"),
        "played_ms": st.sampled_from([0, 1, 47_999, 48_000, 60_000]),
        "outcome": st.sampled_from(BoxOutcome),
        "kind": st.sampled_from(BulletinKind),
        "origin": st.sampled_from(Origin),
        "estimate": st.booleans(),
    }
)


def history(airing, told):
    return [
        airing(
            one["item"],
            date(2023, 5, 1) + timedelta(days=number),
            kind=one["kind"],
            origin=one["origin"],
            estimate=one["estimate"],
            boxes=(BoxPlay("thôn Đông", one["played_ms"], 60_000, one["outcome"]),),
        )
        for number, one in enumerate(told)
    ]


def sheet_of(airings, rule):
    table = count(airings, (), Question(rule, YEAR, (GroupBy.TOPIC,)))
    lines = airing_lines(airings, rule, VIETNAM)
    blob = export_xlsx(FiguresBook("Đài", (table,), rule, YEAR, airings=lines))
    assert blob == export_xlsx(FiguresBook("Đài", (table,), rule, YEAR, airings=lines))
    return load_workbook(BytesIO(blob))[NAME], load_workbook(BytesIO(blob), data_only=True)[NAME]


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(told=st.lists(ONE, max_size=8), notices=st.booleans())
def test_any_lines_add_up_to_the_figures_of_the_same_airings(airing, rule, told, notices):
    rule = replace(rule, notices_count=notices)
    airings = history(airing, told)
    total = count(airings, (), Question(rule, YEAR)).total
    lines = airing_lines(airings, rule, VIETNAM)
    assert sum(line.items for line in lines) == total.items
    assert sum(line.airings for line in lines) == total.airings
    assert sum(line.net_ms for line in lines) == total.net_ms
    assert sum(line.reached for line in lines) == total.reached
    assert sum(line.expected for line in lines) == total.expected


def test_the_totals_are_sums_over_the_rows_one_sees(airing, rule):
    told = [
        {"item": "a", "played_ms": 60_000, "outcome": BoxOutcome.AIRED},
        {"item": "a", "played_ms": 60_000, "outcome": BoxOutcome.LATE},
        {"item": "b", "played_ms": 47_999, "outcome": BoxOutcome.AIRED},
    ]
    rest = {"kind": BulletinKind.NEWS, "origin": Origin.OWN, "estimate": False}
    formulas, values = sheet_of(history(airing, [one | rest for one in told]), rule)
    assert [formulas.cell(8, at).value for at in (7, 8, 9, 14)] == [
        "=SUM(G5:G7)", "=SUM(H5:H7)", "=ROUND(N8/60000,1)", "=SUM(N5:N7)",
    ]  # fmt: skip
    assert [values.cell(8, at).value for at in (7, 8, 9)] == [1, 2, 2]
    assert [values.cell(at, 6).value for at in (5, 6, 7)] == ["Đã phát", "Phát muộn", "Phát thiếu"]
    assert formulas.page_setup.paperSize == 9
    assert formulas.page_setup.orientation == "landscape"
    assert formulas.print_title_rows == "$4:$4"


def test_a_title_can_not_become_a_formula(airing, rule):
    formulas, _values = sheet_of([airing("x", title="=HYPERLINK(1)")], rule)
    assert (formulas["D5"].value, formulas["D5"].data_type) == ("=HYPERLINK(1)", "s")


def test_a_year_without_airings_is_an_empty_sheet(rule):
    formulas, _values = sheet_of([], rule)
    assert formulas["A5"].value == "Tổng cộng"
