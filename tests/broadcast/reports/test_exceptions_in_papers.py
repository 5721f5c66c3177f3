"""The report tells of the sessions outside the regulation's hours, and only when there are any."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.people.rules import Role
from broadcast.reports.exception_lines import (
    NO_REASON,
    TITLE,
    ExceptionLine,
    exceptions_annex,
    exceptions_sentence,
)
from broadcast.reports.frozen import dump, load
from broadcast.reports.paper_building import build_report, statistics_of
from broadcast.reports.paper_draft import PaperDraft
from broadcast.reports.paper_files import report_file
from broadcast.reports.papers import issue_report, read_report, start_report
from broadcast.reports.periods import year_period
from broadcast.stations.models import RegulationRow
from broadcast.timetable.models import SessionRow

LINE = ExceptionLine(
    day=date(2023, 5, 4),
    name="Buổi tối",
    hours="21:00–21:12",
    zones="toàn xã",
    decision_number="78/QĐ-UBND",
    decision_date=date(2022, 12, 20),
    reason="Mưa lớn",
)
LATE = datetime(2023, 5, 4, 14, 0, tzinfo=UTC)
"21:00 in Vietnam."


@pytest.fixture
def late_session(year_2023, db, station):
    """A decision that ends the day at 21:00, and a session heard for twelve minutes after it."""
    at = {"station_id": station.id}
    db.add_all(
        [
            RegulationRow(
                id="quy chế",
                valid_from=date(2023, 1, 1),
                decision_number="78/QĐ-UBND",
                decision_date=date(2022, 12, 20),
                created_at=LATE,
                hours=[{"weekdays": [], "from": "00:00", "to": "21:00", "zones": None}],
                **at,
            ),
            SessionRow(
                id="tối",
                name="Buổi tối",
                local_day=date(2023, 5, 4),
                starts_at=LATE,
                ends_at=LATE + timedelta(minutes=30),
                latest_end=LATE + timedelta(minutes=30),
                **at,
            ),
            AiringRow(
                key="tối",
                session_id="tối",
                local_day=date(2023, 5, 4),
                started_at=LATE,
                heard_ms=720_000,
                outcome=AiringOutcome.AIRED,
                **at,
            ),
        ]
    )
    db.commit()
    return year_2023


def annex_of(paper):
    return next((one for one in paper.annexes if one.title == TITLE), None)


def test_a_year_without_exceptions_says_nothing_of_them(year_2023):
    paper = build_report(year_2023, start_report(year_2023, year_period(2023))).paper
    assert annex_of(paper) is None
    assert "ngoài khung giờ" not in str(paper)


def test_the_paper_tells_how_many_and_lists_each(late_session):
    row = start_report(late_session, year_period(2023))
    built = build_report(late_session, row)
    assert annex_of(built.paper).grids[0].rows == (
        ("1", "04/05/2023", "Buổi tối", "21:00–21:12", "toàn xã", "78/QĐ-UBND ngày 20/12/2022", NO_REASON),
    )  # fmt: skip
    (told,) = [one for one in statistics_of(late_session, row) if "ngoài khung giờ" in one]
    assert "1 buổi phát ngoài khung giờ của Quyết định 78/QĐ-UBND ngày 20/12/2022" in told
    assert load(dump(built)) == built


def test_word_excel_and_pdf_carry_the_list(late_session):
    row = start_report(late_session, year_period(2023))
    word = Document(BytesIO(report_file(late_session, row, "docx")))
    cells = [cell.text for table in word.tables for line in table.rows for cell in line.cells]
    assert "21:00–21:12" in cells
    book = load_workbook(BytesIO(report_file(late_session, row, "xlsx")))
    (sheet,) = [one for one in book.worksheets if TITLE in one.title]
    assert "21:00–21:12" in [cell.value for line in sheet.iter_rows() for cell in line]
    assert report_file(late_session, row, "pdf").startswith(b"%PDF")


def test_the_office_may_leave_the_list_out(late_session):
    row = start_report(late_session, year_period(2023))
    draft = PaperDraft.model_validate(row.texts).model_copy(update={"lists_exceptions": False})
    row.texts = draft.model_dump(mode="json")
    paper = build_report(late_session, row).paper
    assert annex_of(paper) is None
    assert "ngoài khung giờ" not in str(paper)


def test_an_issued_report_keeps_the_list_it_had(late_session, db):
    row = start_report(late_session, year_period(2023))
    issue_report(late_session, row.id, "12", date(2024, 1, 3))
    db.query(AiringRow).filter_by(key="tối").update({"heard_ms": 0})
    db.commit()
    assert annex_of(read_report(late_session, row).paper).grids[0].rows[0][3] == "21:00–21:12"


def test_an_emergency_is_called_one():
    urgent = replace(LINE, is_emergency=True)
    assert "(trong đó 1 buổi khẩn cấp)" in exceptions_sentence([LINE, urgent])
    rows = exceptions_annex("Đài", [LINE, urgent]).grids[0].rows
    assert [row[2] for row in rows] == ["Buổi tối", "Buổi tối (khẩn cấp)"]


def test_two_decisions_are_both_named_once():
    other = replace(LINE, decision_number="91/QĐ-UBND")
    told = exceptions_sentence([LINE, other, LINE])
    assert told.count("78/QĐ-UBND") == told.count("91/QĐ-UBND") == 1


@given(st.lists(st.builds(replace, st.just(LINE), reason=st.text(max_size=20)), max_size=9))
def test_each_session_has_its_row_and_the_sentence_counts_them(lines):
    rows = exceptions_annex("Đài", lines).grids[0].rows
    assert [row[0] for row in rows] == [str(at + 1) for at in range(len(lines))]
    assert all(row[-1] for row in rows)
    assert bool(exceptions_sentence(lines)) == bool(lines)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
def test_the_page_lists_them_by_year(late_session, signed_in, role):
    client = signed_in(role)
    page = client.get("/bao-cao/ngoai-gio?kind=year&year=2023").text
    assert "21:00–21:12" in page
    assert "78/QĐ-UBND" in page
    assert "chưa ghi lý do" in page
    assert (
        "Không có buổi nào ngoài giờ" in client.get("/bao-cao/ngoai-gio?kind=year&year=2024").text
    )


def test_without_a_decision_the_page_says_where_to_write_it(year_2023, signed_in):
    page = signed_in(Role.ADMINISTRATOR).get("/bao-cao/ngoai-gio?year=2023").text
    assert "chưa ghi giờ phát theo quyết định" in page


def test_a_period_that_is_none_is_said(year_2023, signed_in):
    asked = "/bao-cao/ngoai-gio?kind=free&from=2023-05-01&to=2023-04-01"
    assert signed_in(Role.VIEWER).get(asked).status_code in {400, 422}
