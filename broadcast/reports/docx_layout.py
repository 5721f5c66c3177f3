"""Small moves in Word that python-docx lacks: fonts, drawn lines, tables, page numbers."""

# ruff: noqa: SLF001 - python-docx offers the XML below it only through underscored names

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section as WordSection
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from broadcast.reports import paper
from broadcast.reports.paper import Face

FONT = "Times New Roman"


def new_document() -> WordDocument:
    """An empty A4 document in Times New Roman whose headings Word's navigation pane knows."""
    word = Document()
    _drop_thumbnail(word)
    _set_defaults(word)
    for level, face in paper.HEADINGS.items():
        _set_style(word.styles[f"Heading {level}"], face)
    _set_style(word.styles["Normal"], paper.BODY)
    set_page(word.sections[0], is_landscape=False)
    return word


def set_page(section: WordSection, *, is_landscape: bool) -> None:
    """A4 with the decree's margins, its number centred at the top of every page but the first."""
    width, height = Mm(paper.PAGE_WIDTH_MM), Mm(paper.PAGE_HEIGHT_MM)
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if is_landscape else (width, height)
    section.top_margin, section.bottom_margin = (
        Mm(paper.MARGIN_TOP_MM),
        Mm(paper.MARGIN_BOTTOM_MM),
    )
    section.left_margin, section.right_margin = (
        Mm(paper.MARGIN_LEFT_MM),
        Mm(paper.MARGIN_RIGHT_MM),
    )
    section.header_distance = Mm(paper.PAGE_NUMBER_FROM_TOP_MM)
    section.footer_distance = Mm(paper.PAGE_NUMBER_FROM_TOP_MM)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    _number_pages(section)


def write(paragraph: WordParagraph, text: str, face: Face) -> WordParagraph:
    """Adds the text in one face; the paragraph itself comes back."""
    run = paragraph.add_run(text)
    run.bold, run.italic = face.is_bold, face.is_italic
    run.font.size = Pt(face.size_pt)
    return paragraph


def set_spacing(
    paragraph: WordParagraph, *, before_pt: float = 0, after_pt: float = 0, lines: float = 1
) -> None:
    style = paragraph.paragraph_format
    style.space_before, style.space_after = Pt(before_pt), Pt(after_pt)
    style.line_spacing = lines


def draw_rule(paragraph: WordParagraph, *, length_mm: float, within_mm: float) -> None:
    """Turns an empty paragraph into a line of the given length, centred in its column."""
    style = paragraph.paragraph_format
    style.left_indent = style.right_indent = Mm(max(within_mm - length_mm, 0) / 2)
    style.first_line_indent = Mm(0)
    style.space_before, style.space_after = Pt(4), Pt(0)
    style.line_spacing_rule, style.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:top", val="single", sz=str(round(paper.RULE_PT * 8)), space="1"))
    _insert_in_order(paragraph._p.get_or_add_pPr(), borders)


def add_columns(word: WordDocument, widths_mm: Sequence[float]) -> list[_Cell]:
    """The cells of one row without borders or padding, never broken across pages."""
    table: Table = word.add_table(rows=1, cols=len(widths_mm))
    _fix_widths(table, widths_mm)
    _set_padding(table, 0)
    keep_whole(table.rows[0])
    return table._cells


def add_grid(word: WordDocument, widths_mm: Sequence[float], rows: int) -> list[_Cell]:
    """The cells, row by row, of a ruled table that repeats its first row and keeps rows whole."""
    table: Table = word.add_table(rows=rows, cols=len(widths_mm))
    table.style = word.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _fix_widths(table, widths_mm)
    _set_padding(table, 1.2)
    for row in table.rows:
        keep_whole(row)
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    cells = table._cells
    for cell in cells:
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    return cells


def keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def center(paragraph: WordParagraph) -> WordParagraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def next_paragraph(cell: _Cell) -> WordParagraph:
    """The cell's empty first paragraph, or a new one below what is written."""
    first = cell.paragraphs[0]
    is_blank = len(cell.paragraphs) == 1 and not first.runs and first._p.pPr is None
    paragraph: WordParagraph = first if is_blank else cell.add_paragraph()
    set_spacing(paragraph)
    return paragraph


def restart_numbering(section: WordSection) -> None:
    """A new section starts as a copy of the last one, its numbering included."""
    properties = section._sectPr
    for copied in properties.findall(qn("w:pgNumType")):
        properties.remove(copied)
    properties.find(qn("w:cols")).addprevious(_element("w:pgNumType", start="1"))


def _set_style(style: Any, face: Face) -> None:
    paragraph_style: ParagraphStyle = style
    font = paragraph_style.font
    font.size, font.bold, font.italic = Pt(face.size_pt), face.is_bold, face.is_italic
    font.color.rgb = RGBColor(0, 0, 0)
    _set_fonts(paragraph_style.element.get_or_add_rPr())


def _set_fonts(run_properties: Any) -> None:
    """All four scripts: without eastAsia and cs Word sets some accented letters in another font."""
    fonts = run_properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _set_defaults(word: WordDocument) -> None:
    defaults = word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _set_fonts(defaults)
    language = defaults.find(qn("w:lang"))
    for script in ("val", "eastAsia"):
        language.set(qn(f"w:{script}"), "vi-VN")


def _number_pages(section: WordSection) -> None:
    paragraph = center(section.header.paragraphs[0])
    run = paragraph.add_run()
    run.font.size = Pt(paper.PAGE_NUMBER.size_pt)
    for part in ("begin", "PAGE", "separate", "1", "end"):
        if part == "PAGE":
            element = _element("w:instrText")
            element.text = part
        elif part == "1":
            element = _element("w:t")
            element.text = part
        else:
            element = _element("w:fldChar", fldCharType=part)
        run._r.append(element)


def _fix_widths(table: Table, widths_mm: Sequence[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    cells, count = table._cells, len(widths_mm)  # row.cells takes twice as long on big tables
    for at, cell in enumerate(cells):
        cell.width = Mm(widths_mm[at % count])


def _set_padding(table: Table, padding_mm: float) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=str(Mm(padding_mm).twips), type="dxa"))
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins) if look is not None else table._tbl.tblPr.append(margins)


def _insert_in_order(properties: Any, borders: Any) -> None:
    """Word refuses a pBdr that stands after the spacing and the indents."""
    later = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
    properties.insert_element_before(borders, *later)


def _drop_thumbnail(word: WordDocument) -> None:
    """python-docx's own template carries a picture of its first page: not ours."""
    package = word.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[name]


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
