"""Whatever is typed, all formats come out and say the same."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadcast.reports.document import Align, Annex, Grid, Paragraph, Section
from broadcast.reports.docx_export import export_docx
from broadcast.reports.docx_sample import sample_template
from broadcast.reports.docx_template import export_with_template
from broadcast.reports.pdf_export import export_pdf
from broadcast.reports.wording import flow, tidied, tidy

GOLDEN = Path(__file__).parent / "golden" / "bao-cao-cchc-2023.txt"
TYPED = st.text(max_size=60).filter(lambda text: bool(tidy(text)))
few = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@few
@given(TYPED, TYPED)
def test_word_says_exactly_what_was_typed_once_it_is_tidy(report_2023, words, cell):
    section = Section("Kết quả", (Paragraph(words),))
    annex = Annex("Biểu", "Số liệu", (Grid(("Cột",), ((cell,),), (1,), (Align.LEFT,)),))
    document = replace(report_2023, sections=(section,), annexes=(annex,), opening=words)
    word = Document(BytesIO(export_docx(document)))
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert texts.count(tidy(words)) >= 2
    assert word.tables[-1].rows[1].cells[0].text == tidy(cell)


@few
@given(TYPED, TYPED)
def test_a_pdf_comes_out_of_any_text(report_2023, words, cell):
    section = Section(words, (Paragraph(words),))
    annex = Annex(words, words, (Grid((cell,), ((cell,),), (1,), (Align.RIGHT,)),))
    document = replace(report_2023, sections=(section,), annexes=(annex,))
    assert export_pdf(document).startswith(b"%PDF-1.")


@few
@given(words=TYPED)
def test_an_own_template_says_exactly_what_was_typed(report_2023, tmp_path, words):
    path = tmp_path / "mau.docx"
    path.write_bytes(sample_template())
    word = Document(BytesIO(export_with_template(path, replace(report_2023, opening=words))))
    assert tidy(words) in [paragraph.text for paragraph in word.paragraphs]


def test_word_pdf_and_template_share_one_text(report_2023):
    word = Document(BytesIO(export_docx(report_2023)))
    printed = [paragraph.text for paragraph in word.paragraphs]
    for part in flow(tidied(report_2023).sections):
        assert part.text in printed


def test_the_report_of_2023_reads_as_the_golden_text(report_2023):
    """The whole report, cell by cell: a changed word must be a decision, not an accident."""
    word = Document(BytesIO(export_docx(report_2023)))
    lines = [line.text for cell in word.tables[0]._cells for line in cell.paragraphs]
    lines += [paragraph.text for paragraph in word.paragraphs]
    lines += [line.text for cell in word.tables[1]._cells for line in cell.paragraphs]
    for table in word.tables[2:]:
        lines += [" | ".join(cell.text for cell in row.cells) for row in table.rows]
    assert "\n".join(line for line in lines if line) + "\n" == GOLDEN.read_text("utf-8")
