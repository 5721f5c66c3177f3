"""Other channels: counted in a tap, imported with a preview, never half taken in."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from broadcast.errors import LoaError, NotFound
from broadcast.people.rules import Role
from broadcast.reports.channel_import import HEADINGS, blank_sheet, good_drafts, read_sheet
from broadcast.reports.channel_service import (
    FactDraft,
    add_facts,
    count_one,
    facts_within,
    left_out,
    list_facts,
    month_days,
    remove_fact,
)
from broadcast.reports.channels import Channel, Source
from broadcast.reports.errors import BareLuot, ChannelFactRefused, SheetNotUnderstood
from broadcast.reports.periods import month_period, year_period

MAY = (date(2023, 5, 1), date(2023, 5, 31))
TOPICS = {"Cải cách hành chính": "topic-cchc-ngoc-ky"}


@pytest.fixture
def desk(desk_as):
    return desk_as(Role.OPERATOR)


def posts(value=3, **changes):
    facts = {"first_day": MAY[0], "last_day": MAY[1], "channel": Channel.WEBSITE}
    return FactDraft(**{**facts, "measure": "tin bài", "value": value, **changes})


def filled(*rows) -> bytes:
    book = Workbook()
    book.active.append(HEADINGS)
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_the_quick_counter_adds_to_the_months_own_figure(desk):
    tap = FactDraft(*month_days(date(2023, 5, 17)), Channel.ONE_STOP, "lượt hướng dẫn", 1)
    assert [count_one(desk, tap) for _tap in range(3)] == [1, 2, 3]
    (fact,) = list_facts(desk, 2023)
    assert (fact.value, fact.from_day, fact.until_day) == (3, MAY[0], date(2023, 6, 1))


def test_the_counter_never_goes_below_nothing(desk):
    tap = FactDraft(*MAY, Channel.WEBSITE, "tin bài", 1)
    count_one(desk, tap)
    down = FactDraft(*MAY, Channel.WEBSITE, "tin bài", -1)
    with pytest.raises(ChannelFactRefused):
        count_one(desk, down)


def test_an_estimate_is_not_counted_into(desk):
    add_facts(desk, [posts(100, source=Source.ESTIMATE)])
    assert count_one(desk, posts(1)) == 1


def test_months_of_one_kind_are_one_figure_of_the_year(desk):
    add_facts(desk, [posts(3), posts(4, first_day=date(2023, 6, 1), last_day=date(2023, 6, 30))])
    (fact,) = facts_within(desk, year_period(2023))
    assert (fact.value, fact.unit) == (7, "tin bài")
    assert [one.value for one in facts_within(desk, month_period(2023, 5))] == [3]


def test_a_figure_that_reaches_beyond_the_period_is_left_out_and_said(desk):
    add_facts(desk, [posts(60, first_day=date(2023, 1, 1), last_day=date(2023, 12, 31))])
    assert facts_within(desk, month_period(2023, 5)) == ()
    assert left_out(desk, month_period(2023, 5)) == 1
    assert left_out(desk, year_period(2023)) == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"measure": "lượt"}, BareLuot),
        ({"measure": "  "}, ChannelFactRefused),
        ({"value": -1}, ChannelFactRefused),
        ({"value": 2**31}, ChannelFactRefused),
        ({"topic_id": "topic-cua-xa-khac"}, NotFound),
        ({"last_day": date(2023, 4, 1)}, LoaError),
    ],
)
def test_what_no_report_could_say_is_refused_with_everything_beside_it(desk, changes, error):
    with pytest.raises(error):
        add_facts(desk, [posts(1), posts(**changes)])
    assert list_facts(desk, 2023) == []


def test_a_line_can_be_taken_back_by_its_own_station_only(desk, db, other_station):
    add_facts(desk, [posts()])
    (fact,) = list_facts(desk, 2023)
    remove_fact(desk, fact.id)
    assert list_facts(desk, 2023) == []
    with pytest.raises(NotFound):
        remove_fact(desk, fact.id)


def test_the_blank_sheet_can_be_sent_back_as_it_is(desk):
    rows = read_sheet(blank_sheet(2023, "Cải cách hành chính"), TOPICS)
    assert [row.fault for row in rows] == [""]
    assert add_facts(desk, good_drafts(rows)) == 1


def test_each_bad_row_says_why_and_leaves_its_neighbours_alone():
    good = ("01/05/2023", "31/05/2023", "Mạng xã hội", "", 12, "bài đăng", "ước tính", "", "")
    rows = read_sheet(
        filled(
            good,
            ("31/05/2023", "01/05/2023", *good[2:]),
            ("hôm qua", *good[1:]),
            (*good[:2], "Bồ câu", *good[3:]),
            (*good[:3], "Không có", *good[4:]),
            (*good[:4], "nhiều", *good[5:]),
            (*good[:5], "lượt", *good[6:]),
            (*good[:6], "đoán", *good[7:]),
            (date(2023, 5, 1), date(2023, 5, 31), *good[2:]),
        ),
        TOPICS,
    )
    assert [bool(row.fault) for row in rows] == [False, *[True] * 7, False]
    assert rows[0].draft.source is Source.ESTIMATE
    assert rows[6].fault == BareLuot.message


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a,b,c", "chữ".encode(), None])
def test_what_is_no_sheet_of_ours_is_refused(content):
    other = Workbook()
    other.active.append(["Tên", "Số"])
    file = BytesIO()
    other.save(file)
    with pytest.raises(SheetNotUnderstood):
        read_sheet(file.getvalue() if content is None else content, TOPICS)


def test_a_wrong_heading_is_named_with_its_column():
    other = Workbook()
    other.active.append(["Từ ngày", "Đến hết ngày", "Nơi nào"])
    file = BytesIO()
    other.save(file)
    with pytest.raises(SheetNotUnderstood) as refused:
        read_sheet(file.getvalue(), TOPICS)
    assert "Dòng 1, cột C: cần “Kênh”, tệp ghi “Nơi nào”" in refused.value.message


def test_a_formula_without_its_worth_is_a_row_that_says_so():
    row = ("01/05/2023", "31/05/2023", "Mạng xã hội", "", "=1+1", "bài đăng", "ước tính", "", "")
    [read] = read_sheet(filled(row), TOPICS)
    assert (read.number, read.draft) == (2, None)
    assert read.fault.startswith("Số lượng")


def test_a_sheet_of_a_hundred_thousand_rows_is_refused_with_the_limit():
    row = ("01/05/2023", "31/05/2023", "Mạng xã hội", "", 1, "bài đăng", "", "", "")
    with pytest.raises(SheetNotUnderstood) as refused:
        read_sheet(filled(*[row] * 3_000), TOPICS)
    assert "1000 dòng" in refused.value.message


def test_a_sheet_that_unpacks_without_end_is_refused_before_it_is_read():
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"\0" * 101_000_000)
    with pytest.raises(SheetNotUnderstood):
        read_sheet(file.getvalue(), TOPICS)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.one_of(
            st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
            st.booleans(), st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=20),
            st.dates(min_value=date(1901, 1, 1)),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_any_row_is_read_or_refused_in_words(row):
    for read in read_sheet(filled(row), TOPICS):
        assert (read.draft is None) == bool(read.fault)


def test_the_blank_sheet_opens_with_its_headings():
    page = load_workbook(BytesIO(blank_sheet(2023, ""))).active
    assert tuple(cell.value for cell in page[1]) == HEADINGS
