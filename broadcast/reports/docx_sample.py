"""A template to start from: our own layout with a field where each text stands."""

from io import BytesIO

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from broadcast.reports import paper, wording
from broadcast.reports.docx_layout import (
    add_columns,
    add_grid,
    center,
    draw_rule,
    new_document,
    next_paragraph,
    set_spacing,
    write,
)
from broadcast.reports.paper import Face
from broadcast.reports.stable_zip import stable_zip
from broadcast.reports.type_measure import width_mm


def sample_template() -> bytes:
    """A Word file the office can change in Word and hand back; always the same bytes."""
    word = new_document()
    _add_head(word)
    title = center(write(word.add_paragraph(), "{{ ten_loai }}", paper.TITLE))
    set_spacing(title, before_pt=18)
    set_spacing(center(write(word.add_paragraph(), "{{ trich_yeu }}", paper.SUBJECT)))
    draw_rule(word.add_paragraph(), length_mm=50, within_mm=paper.TEXT_WIDTH_MM)
    _add_loop(word, "kinh_gui", paper.BODY)
    _add_loop(word, "can_cu", paper.GROUND)
    _add_body(word, "{{ mo_dau }}", paper.BODY)
    _add_contents(word)
    _add_body(word, "{{ ket }}", paper.BODY)
    _add_signature(word)
    _add_annexes(word)
    file = BytesIO()
    word.save(file)
    return stable_zip(file.getvalue())


def _add_head(word: WordDocument) -> None:
    left, right = add_columns(word, (paper.HEAD_LEFT_MM, paper.HEAD_RIGHT_MM))
    for line in ("{%p for dong in co_quan %}", "{{ dong }}", "{%p endfor %}"):
        center(write(next_paragraph(left), line, paper.ISSUER))
    draw_rule(next_paragraph(left), length_mm=17, within_mm=paper.HEAD_LEFT_MM)
    center(write(next_paragraph(left), "{{ so_ky_hieu }}", paper.NUMBER))
    center(write(next_paragraph(right), wording.NATION, paper.NATION))
    center(write(next_paragraph(right), wording.MOTTO, paper.MOTTO))
    motto_mm = width_mm(wording.MOTTO, paper.MOTTO.size_pt)
    draw_rule(next_paragraph(right), length_mm=motto_mm, within_mm=paper.HEAD_RIGHT_MM)
    center(write(next_paragraph(right), "{{ dia_danh_ngay }}", paper.PLACE_AND_DATE))


def _add_loop(word: WordDocument, field: str, face: Face) -> None:
    for line in (f"{{%p for dong in {field} %}}", "{{ dong }}", "{%p endfor %}"):
        _add_body(word, line, face)


def _add_contents(word: WordDocument) -> None:
    _add_body(word, "{%p for doan in noi_dung %}", paper.BODY)
    for level, face in ((1, paper.HEADINGS[1]), (2, paper.HEADINGS[2])):
        _add_body(word, f"{{%p if doan.cap == {level} %}}", paper.BODY)
        _add_body(word, "{{ doan.chu }}", face)
        _add_body(word, "{%p endif %}", paper.BODY)
    _add_body(word, "{%p if doan.cap == 0 or doan.cap == 3 %}", paper.BODY)
    _add_body(word, "{{ doan.chu }}", paper.BODY)
    _add_body(word, "{%p endif %}", paper.BODY)
    _add_body(word, "{%p endfor %}", paper.BODY)


def _add_signature(word: WordDocument) -> None:
    left, right = add_columns(word, (paper.SIGNATURE_LEFT_MM, paper.SIGNATURE_RIGHT_MM))
    write(next_paragraph(left), "Nơi nhận:", paper.RECIPIENTS_WORD)
    for line in ("{%p for dong in noi_nhan %}", "{{ dong }}", "{%p endfor %}"):
        write(next_paragraph(left), line, paper.RECIPIENTS)
    for line in ("{%p for dong in chuc_vu %}", "{{ dong }}", "{%p endfor %}"):
        center(write(next_paragraph(right), line, paper.SIGNATURE))
    name = center(write(next_paragraph(right), "{{ nguoi_ky }}", paper.SIGNATURE))
    name.paragraph_format.space_before = Mm(paper.SIGNATURE_SPACE_MM)


def _add_annexes(word: WordDocument) -> None:
    """Columns come from the annex itself, so one table serves them all."""
    write(word.add_paragraph(), "{%p for bang in phu_luc %}", paper.BODY)
    for field, face in (
        ("so", paper.ANNEX_LABEL),
        ("ten", paper.TITLE),
        ("trich_yeu", paper.SUBJECT),
        ("kem_theo", paper.ATTACHMENT),
    ):
        line = center(write(word.add_paragraph(), f"{{{{ bang.{field} }}}}", face))
        set_spacing(line, after_pt=paper.SPACE_AFTER_PT if field == "kem_theo" else 0)
        line.paragraph_format.page_break_before = field == "so"
    cells = add_grid(word, (55, 55, 55), 4)
    loops = (
        ("{%tc for cot in bang.cot %}", "{{ cot }}", "{%tc endfor %}"),
        ("{%tr for dong in bang.dong %}", "", ""),
        ("{%tc for o in dong %}", "{{ o }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    texts = [text for row in loops for text in row]
    for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        face = paper.TABLE_HEAD if at < 3 else paper.TABLE_BODY
        write(next_paragraph(cell), text, face)
    write(word.add_paragraph(), "{%p endfor %}", paper.BODY)


def _add_body(word: WordDocument, text: str, face: Face) -> None:
    paragraph = write(word.add_paragraph(), text, face)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(paper.FIRST_LINE_INDENT_MM)
    set_spacing(paragraph, after_pt=paper.SPACE_AFTER_PT, lines=paper.LINE_SPACING)
