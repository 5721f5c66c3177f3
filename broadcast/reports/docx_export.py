"""The report as a Word file, laid out after Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from io import BytesIO

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from broadcast.reports import paper, wording
from broadcast.reports.document import Align, Grid, Paragraph, ReportDocument
from broadcast.reports.docx_layout import (
    add_columns,
    add_grid,
    center,
    draw_rule,
    new_document,
    next_paragraph,
    restart_numbering,
    set_page,
    set_spacing,
    write,
)
from broadcast.reports.docx_properties import set_properties
from broadcast.reports.paper import Face
from broadcast.reports.stable_zip import stable_zip
from broadcast.reports.type_measure import width_mm

_ALIGNS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def export_docx(document: ReportDocument) -> bytes:
    """The Word file; the same document gives the same bytes.

    :raises DocumentIncomplete: a part the decree asks for is empty.
    """
    document = wording.tidied(document)
    word = new_document()
    _add_head(word, document)
    _add_title(word, document)
    _add_text(word, document)
    _add_signature(word, document)
    for index in range(len(document.annexes)):
        _add_annex(word, document, index)
    set_properties(word, document)
    file = BytesIO()
    word.save(file)
    return stable_zip(file.getvalue())


def _add_head(word: WordDocument, document: ReportDocument) -> None:
    left, right = add_columns(word, (paper.HEAD_LEFT_MM, paper.HEAD_RIGHT_MM))
    if document.superior:
        _line(left, document.superior.upper(), paper.SUPERIOR)
    for line in document.issuer:
        _line(left, line.upper(), paper.ISSUER)
    issuer_mm = width_mm(document.issuer[-1].upper(), paper.ISSUER.size_pt)
    _rule(left, paper.SHORT_RULE_SHARE * max(issuer_mm, 40), paper.HEAD_LEFT_MM)
    _line(left, wording.number_line(document), paper.NUMBER, before_pt=4)
    _line(right, wording.NATION, paper.NATION)
    _line(right, wording.MOTTO, paper.MOTTO)
    _rule(right, width_mm(wording.MOTTO, paper.MOTTO.size_pt), paper.HEAD_RIGHT_MM)
    _line(right, wording.place_and_date(document), paper.PLACE_AND_DATE, before_pt=4)


def _add_title(word: WordDocument, document: ReportDocument) -> None:
    title = center(write(word.add_paragraph(), document.title.upper(), paper.TITLE))
    set_spacing(title, before_pt=18)
    title.paragraph_format.keep_with_next = True
    subject = center(write(word.add_paragraph(), document.subject, paper.SUBJECT))
    set_spacing(subject)
    subject.paragraph_format.keep_with_next = True
    subject_mm = min(width_mm(document.subject, paper.SUBJECT.size_pt), paper.TEXT_WIDTH_MM)
    draw_rule(
        word.add_paragraph(),
        length_mm=paper.SHORT_RULE_SHARE * subject_mm,
        within_mm=paper.TEXT_WIDTH_MM,
    )


def _add_text(word: WordDocument, document: ReportDocument) -> None:
    for at, line in enumerate(wording.addressee_lines(document)):
        addressee = center(write(word.add_paragraph(), line, paper.BODY))
        set_spacing(addressee, before_pt=12 if at == 0 else 0, after_pt=paper.SPACE_AFTER_PT)
    for at, line in enumerate(wording.ground_lines(document)):
        _add_body(word, line, paper.GROUND, before_pt=12 if at == 0 else 0)
    _add_body(word, document.opening, paper.BODY, before_pt=0 if document.grounds else 12)
    for part in wording.flow(document.sections):
        if isinstance(part, Grid):
            _add_grid(word, part, paper.TEXT_WIDTH_MM)
        elif isinstance(part, Paragraph):
            _add_body(word, part.text, paper.BODY)
        else:
            heading = _add_body(word, part.text, paper.HEADINGS[part.level])
            heading.style = word.styles[f"Heading {part.level}"]
            heading.paragraph_format.keep_with_next = True
    closing = _add_body(word, wording.closing_line(document), paper.BODY)
    closing.paragraph_format.keep_with_next = True


def _add_signature(word: WordDocument, document: ReportDocument) -> None:
    """Recipients and signature share one row that is never torn from the closing sentence."""
    widths = (paper.SIGNATURE_LEFT_MM, paper.SIGNATURE_RIGHT_MM)
    left, right = add_columns(word, widths)
    _line(left, "Nơi nhận:", paper.RECIPIENTS_WORD, is_centered=False, before_pt=6)
    for line in wording.recipient_lines(document):
        _line(left, line, paper.RECIPIENTS, is_centered=False)
    for at, line in enumerate(wording.signature_lines(document)):
        _line(right, line, paper.SIGNATURE, before_pt=6 if at == 0 else 0)
    name = _line(right, document.signature.signer, paper.SIGNATURE)
    name.paragraph_format.space_before = Mm(paper.SIGNATURE_SPACE_MM)


def _add_annex(word: WordDocument, document: ReportDocument, index: int) -> None:
    annex = document.annexes[index]
    section = word.add_section(WD_SECTION.NEW_PAGE)
    set_page(section, is_landscape=annex.is_landscape)
    restart_numbering(section)
    for line, face in (
        (wording.annex_label(document, index), paper.ANNEX_LABEL),
        (annex.title.upper(), paper.TITLE),
        (annex.subject, paper.SUBJECT),
        (wording.attachment_line(document), paper.ATTACHMENT),
    ):
        set_spacing(center(write(word.add_paragraph(), line, face)))
    within_mm = paper.LANDSCAPE_TEXT_WIDTH_MM if annex.is_landscape else paper.TEXT_WIDTH_MM
    attached_mm = width_mm(wording.attachment_line(document), 14, "Tinos-Italic")
    length_mm = paper.SHORT_RULE_SHARE * min(attached_mm, within_mm)
    draw_rule(word.add_paragraph(), length_mm=length_mm, within_mm=within_mm)
    set_spacing(word.add_paragraph())
    for grid in annex.grids:
        _add_grid(word, grid, within_mm)
    for note in annex.notes:
        set_spacing(write(word.add_paragraph(), note, paper.NOTE), before_pt=6)


def _add_body(word: WordDocument, text: str, face: Face, *, before_pt: float = 0) -> WordParagraph:
    paragraph = write(word.add_paragraph(), text, face)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(paper.FIRST_LINE_INDENT_MM)
    set_spacing(
        paragraph,
        before_pt=before_pt,
        after_pt=paper.SPACE_AFTER_PT,
        lines=paper.LINE_SPACING,
    )
    return paragraph


def _add_grid(word: WordDocument, grid: Grid, within_mm: float) -> None:
    stretch = within_mm / sum(grid.widths)
    cells = add_grid(word, [width * stretch for width in grid.widths], 1 + len(grid.rows))
    texts = (*grid.header, *(text for row in grid.rows for text in row))
    columns = len(grid.header)
    for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        is_head = at < columns
        paragraph = write(
            next_paragraph(cell), text, paper.TABLE_HEAD if is_head else paper.TABLE_BODY
        )
        align = Align.CENTER if is_head else grid.aligns[at % columns]
        paragraph.alignment = _ALIGNS[align]
        set_spacing(paragraph, before_pt=2, after_pt=2)


def _line(
    cell: _Cell, text: str, face: Face, *, is_centered: bool = True, before_pt: float = 0
) -> WordParagraph:
    paragraph = write(next_paragraph(cell), text, face)
    paragraph.paragraph_format.space_before = Pt(before_pt)
    return center(paragraph) if is_centered else paragraph


def _rule(cell: _Cell, length_mm: float, within_mm: float) -> None:
    draw_rule(next_paragraph(cell), length_mm=length_mm, within_mm=within_mm)
