"""Pages, faces and drawn lines in reportlab, with Tinos embedded: nothing of the system is used."""

from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

from broadcast.reports import paper
from broadcast.reports.document import Align, Grid
from broadcast.reports.paper import Face
from broadcast.reports.type_measure import register_fonts

ALIGNS = {Align.LEFT: TA_LEFT, Align.CENTER: TA_CENTER, Align.RIGHT: TA_RIGHT}
_FACES = {
    (False, False): "Tinos",
    (True, False): "Tinos-Bold",
    (False, True): "Tinos-Italic",
    (True, True): "Tinos-BoldItalic",
}
_CELL_PADDING_PT = 3.4
_RULE_DROP_PT = 4
"""Clears the dots below "Hạnh" and "hiện"."""
_LEADING = 1.15
"""Single spacing of Times New Roman: line to line over the size of the letters."""


class PagesOfParts(BaseDocTemplate):
    """Numbers the pages of the report and of each annex from 1 and hides every first number."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        register_fonts()
        super().__init__(*arguments, **settings)
        self._pages_before = 0
        margin_left, margin_bottom = paper.MARGIN_LEFT_MM * mm, paper.MARGIN_BOTTOM_MM * mm
        for name, size in (("portrait", A4), ("landscape", landscape(A4))):
            width = size[0] - (paper.MARGIN_LEFT_MM + paper.MARGIN_RIGHT_MM) * mm
            height = size[1] - (paper.MARGIN_TOP_MM + paper.MARGIN_BOTTOM_MM) * mm
            for is_first in (True, False):
                frame = Frame(margin_left, margin_bottom, width, height, 0, 0, 0, 0)
                template = PageTemplate(
                    f"{name}-first" if is_first else name,
                    [frame],
                    onPage=self._start_part if is_first else self._draw_number,
                    pagesize=size,
                    autoNextPageTemplate=name if is_first else None,
                )
                self.addPageTemplates(template)

    def _start_part(self, _canvas: Canvas, _document: BaseDocTemplate) -> None:
        self._pages_before = self.page - 1

    def _draw_number(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        width, height = self.pageTemplate.pagesize
        canvas.setFont("Tinos", paper.PAGE_NUMBER.size_pt)
        middle = (width + (paper.MARGIN_LEFT_MM - paper.MARGIN_RIGHT_MM) * mm) / 2
        top = height - paper.PAGE_NUMBER_FROM_TOP_MM * mm - paper.PAGE_NUMBER.size_pt
        canvas.drawCentredString(middle, top, str(self.page - self._pages_before))


def style(face: Face, **changes: Any) -> ParagraphStyle:
    """Single-spaced and centred unless told otherwise."""
    register_fonts()
    settings = {"leading": face.size_pt * _LEADING, "alignment": TA_CENTER, **changes}
    font = _FACES[face.is_bold, face.is_italic]
    return ParagraphStyle(font, fontName=font, fontSize=face.size_pt, **settings)


def body_style(face: Face, **changes: Any) -> ParagraphStyle:
    """Justified, first line indented, with the spacing of running text."""
    settings = {
        "leading": face.size_pt * _LEADING * paper.LINE_SPACING,
        "alignment": TA_JUSTIFY,
        "firstLineIndent": paper.FIRST_LINE_INDENT_MM * mm,
        "spaceAfter": paper.SPACE_AFTER_PT,
        "allowWidows": 0,
        "allowOrphans": 0,
        **changes,
    }
    return style(face, **settings)


def text(words: str, set_in: ParagraphStyle) -> Paragraph:
    """Typed text is text: `<` and `&` are printed, not obeyed."""
    return Paragraph(escape(words), set_in)


class Rule(Flowable):
    """A drawn line in the middle of its column; reportlab's own stands left in a table cell."""

    def __init__(self, length_mm: float, *, after_pt: float = 0) -> None:
        super().__init__()
        self._length, self._after_pt, self._column = length_mm * mm, after_pt, 0.0

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self._column = available_width
        return available_width, _RULE_DROP_PT + 1 + self._after_pt

    def draw(self) -> None:
        start = (self._column - self._length) / 2
        self.canv.setLineWidth(paper.RULE_PT)
        height = 1 + self._after_pt
        self.canv.line(start, height, start + self._length, height)


def columns(widths_mm: tuple[float, float], left: list[Flowable], right: list[Flowable]) -> Table:
    """Two columns side by side without borders or padding."""
    bare = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_padding(0)])
    return Table([[left, right]], colWidths=[width * mm for width in widths_mm], style=bare)


def grid_table(grid: Grid, within_mm: float) -> Table:
    """A ruled table that repeats its header. A row breaks only if it is taller than a page."""
    stretch = within_mm / sum(grid.widths) * mm
    head = style(paper.TABLE_HEAD)
    cells = [style(paper.TABLE_BODY, alignment=ALIGNS[align]) for align in grid.aligns]
    rows = [[text(words, head) for words in grid.header]]
    rows += [
        [text(words, cell) for words, cell in zip(row, cells, strict=True)] for row in grid.rows
    ]
    ruled = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            *_padding(_CELL_PADDING_PT),
        ]
    )
    return Table(
        rows,
        colWidths=[width * stretch for width in grid.widths],
        style=ruled,
        repeatRows=1,
        splitInRow=1,
    )


def _padding(points: float) -> list[tuple[Any, ...]]:
    sides = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    return [(side, (0, 0), (-1, -1), points) for side in sides]
