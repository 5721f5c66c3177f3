"""A report as a file: Word (the decree's layout or the office's own), Excel, CSV, PDF."""

from pathlib import Path
from tempfile import TemporaryDirectory

from broadcast.desk import Desk, use_case
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.reports import exception_lines
from broadcast.reports.csv_export import export_csv
from broadcast.reports.document import ReportDocument
from broadcast.reports.docx_export import export_docx
from broadcast.reports.docx_sample import sample_template
from broadcast.reports.docx_template import export_with_template
from broadcast.reports.errors import ReportNotIssued
from broadcast.reports.facts import GroupBy
from broadcast.reports.models import OfficeTemplate, ReportRow
from broadcast.reports.names import NameOf
from broadcast.reports.paper_building import BuiltReport, with_airings
from broadcast.reports.paper_draft import STANDARD
from broadcast.reports.papers import get_report, get_template, read_report
from broadcast.reports.pdf_export import export_pdf
from broadcast.reports.sheet import Sheet, figures_sheet, key_in_words
from broadcast.reports.xlsx_export import FiguresBook, export_xlsx
from broadcast.stations.models import Station

FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}


def issued_file(desk: Desk, report_id: str, form: str) -> bytes:
    """The same bytes each time. :raises NotFound: :raises ReportNotIssued:"""
    row = get_report(desk, report_id)
    if row.issued_at is None:
        raise ReportNotIssued(report=report_id)
    return report_file(desk, row, form)


def report_file(desk: Desk, row: ReportRow, form: str) -> bytes:
    """`form` is one of `FORMATS`; a draft is printed as it stands, with blanks for its number.

    :raises BadTemplate: the office's template cannot be filled with this report.
    """
    built = read_report(desk, row)
    if form == "docx":
        return _word(desk, row, built.paper)
    if form == "pdf":
        return export_pdf(built.paper)
    if form == "xlsx":
        return export_xlsx(_book(desk, built if row.issued_at else with_airings(desk, row, built)))
    sheet = figures_sheet(built.tables[0], built.rule, built.period, _named(built))
    return export_csv(sheet, for_vietnamese_excel=True)


def filled(content: bytes, document: ReportDocument) -> bytes:
    """`document` in the template `content`. :raises BadTemplate: naming the line at fault."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.docx"
        path.write_bytes(content)
        return export_with_template(path, document)


@use_case
def keep_template(desk: Desk, file_name: str, content: bytes, trial: BuiltReport) -> OfficeTemplate:
    """Keeps the office's template once it could be filled with `trial`.

    :raises BadTemplate: naming the line at fault; nothing is kept.
    """
    desk.actor.must(Right.REPORT)
    filled(content, trial.paper)
    row = OfficeTemplate(
        id=desk.new_id(),
        station_id=desk.station_id,
        file_name=file_name[:200] or "mau.docx",
        content=content,
        author_name=desk.actor.name,
        created_at=desk.now,
    )
    desk.session.add(row)
    note_deed(desk, "reports.template_kept", "office_template", row.id, file=row.file_name)
    return row


def sample() -> bytes:
    """A template to begin with: every field, in the decree's layout."""
    return sample_template()


def _word(desk: Desk, row: ReportRow, paper: ReportDocument) -> bytes:
    if row.template == STANDARD:
        return export_docx(paper)
    return filled(get_template(desk, row.template).content, paper)


def _book(desk: Desk, built: BuiltReport) -> FiguresBook:
    station = desk.session.get_one(Station, desk.station_id)
    return FiguresBook(
        station.name,
        built.tables,
        built.rule,
        built.period,
        tuple(
            Sheet(annex.title, grid.header, grid.rows)
            for annex in built.paper.annexes
            if annex.title == exception_lines.TITLE
            for grid in annex.grids
        ),
        airings=built.airings,
        name_of=_named(built),
    )


def _named(built: BuiltReport) -> NameOf:
    def name_of(by: GroupBy, part: str) -> str:
        return built.labels.get(f"{by.value}:{part}") or key_in_words(by, part)

    return name_of
