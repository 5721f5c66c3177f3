"""The structure of the Word file against Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from broadcast.reports.docx_export import export_docx
from broadcast.reports.type_measure import width_mm


@pytest.fixture(scope="module")
def word(report_2023):
    return Document(BytesIO(export_docx(report_2023)))


@pytest.fixture(scope="module")
def head(word):
    return word.tables[0].rows[0].cells


def paragraph_of(word, start: str):
    return next(p for p in word.paragraphs if p.text.startswith(start))


def looks(paragraph) -> tuple[float, bool, bool]:
    run = paragraph.runs[0]
    return run.font.size.pt, bool(run.bold), bool(run.italic)


def test_the_page_is_a4_with_the_margins_of_the_decree(word):
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= round(section.top_margin.mm, 1) <= 25
    assert 20 <= round(section.bottom_margin.mm, 1) <= 25
    assert 30 <= round(section.left_margin.mm, 1) <= 35
    assert 15 <= round(section.right_margin.mm, 1) <= 20


def test_every_font_named_in_the_file_is_times_new_roman_in_all_scripts(report_2023):
    with ZipFile(BytesIO(export_docx(report_2023))) as archive:
        parts = [
            archive.read(n).decode() for n in archive.namelist() if n.startswith("word/document")
        ]
    word = Document(BytesIO(export_docx(report_2023)))
    assert all("w:rFonts" not in part for part in parts)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        fonts = word.styles[name].element.rPr.rFonts
        scripts = {
            script: fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")
        }
        assert set(scripts.values()) == {"Times New Roman"}
        assert not any("Theme" in attribute for attribute in fonts.attrib)


def test_the_nation_and_the_motto_stand_at_the_right_in_their_sizes(head):
    nation, motto, line, place = head[1].paragraphs
    assert (nation.text, looks(nation)) == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, True, False))
    assert (motto.text, looks(motto)) == ("Độc lập - Tự do - Hạnh phúc", (13, True, False))
    assert (place.text, looks(place)) == ("Ngọc Kỳ, ngày 29 tháng 12 năm 2023", (13, False, True))
    assert line.text == ""


def test_the_issuing_body_and_the_number_stand_at_the_left(head):
    body, commune, line, number = head[0].paragraphs
    assert [body.text, commune.text] == ["ỦY BAN NHÂN DÂN", "XÃ NGỌC KỲ"]
    assert looks(body) == looks(commune) == (12, True, False)
    assert (number.text, looks(number)) == ("Số: 192/BC-UBND", (13, False, False))
    assert line.text == ""


def test_the_nations_name_cannot_wrap(head):
    assert width_mm(head[1].paragraphs[0].text, 12) < 100 * 0.9
    assert round(head[1].width.mm) == 100


def test_lines_are_drawn_and_never_typed(word, head):
    xml = word.element.xml
    assert "____" not in xml
    assert "<w:u " not in xml
    for cell in head:
        line = cell.paragraphs[2]
        assert line._p.pPr.find(qn("w:pBdr")).find(qn("w:top")).get(qn("w:val")) == "single"


def test_the_line_below_the_motto_is_as_long_as_the_motto(head):
    style = head[1].paragraphs[2].paragraph_format
    drawn_mm = 100 - (style.left_indent + style.right_indent) / Mm(1)
    assert drawn_mm == pytest.approx(width_mm("Độc lập - Tự do - Hạnh phúc", 13), abs=0.1)


def test_the_line_below_the_subject_is_a_third_to_a_half_of_it(word, report_2023):
    style = word.paragraphs[2].paragraph_format
    drawn_mm = 165 - (style.left_indent + style.right_indent) / Mm(1)
    assert 1 / 3 <= drawn_mm / width_mm(report_2023.subject, 14) <= 1 / 2


def test_the_parts_come_in_the_order_of_the_decree(word):
    texts = [p.text for p in word.paragraphs]
    starts = [
        "BÁO CÁO", "Kết quả tuyên truyền", "Kính gửi: ", "Căn cứ Kế hoạch số 72/KH-UBND",
        "Căn cứ Kế hoạch số 17/KH-UBND", "Ủy ban nhân dân xã Ngọc Kỳ báo cáo", "I. KẾT QUẢ THỰC HIỆN",
        "1. Công tác triển khai", "2. Kết quả thực hiện", "a) Nội dung", "b) Thống kê", "II. ĐÁNH GIÁ",
        "1. Ưu điểm", "2. Đề xuất", "III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024", "Trên đây là", "Phụ lục I",
        "BIỂU TỔNG HỢP", "Phụ lục II",
    ]  # fmt: skip
    found = -1
    for start in starts:
        found = next(at for at, text in enumerate(texts) if at > found and text.startswith(start))


def test_the_title_and_the_subject_are_bold_and_centred(word):
    for start in ("BÁO CÁO", "Kết quả tuyên truyền"):
        paragraph = paragraph_of(word, start)
        assert looks(paragraph) == (14, True, False)
        assert paragraph.alignment is WD_ALIGN_PARAGRAPH.CENTER


def test_grounds_are_italic_and_end_with_a_semicolon_the_last_with_a_full_stop(word):
    grounds = [p for p in word.paragraphs if p.text.startswith("Căn cứ")]
    assert [p.text[-1] for p in grounds] == [";", "."]
    assert all(looks(p) == (14, False, True) for p in grounds)


def test_the_text_is_justified_indented_and_spaced(word):
    body = paragraph_of(word, "Trên đài truyền thanh")
    style = body.paragraph_format
    assert body.alignment is WD_ALIGN_PARAGRAPH.JUSTIFY
    assert style.first_line_indent / Mm(1) == pytest.approx(12.7, abs=0.05)
    assert style.space_after >= Pt(6)
    assert 1 <= style.line_spacing <= 1.5
    assert looks(body) == (14, False, False)


def test_headings_are_numbered_and_known_to_the_navigation_pane(word):
    first, second, third = (
        paragraph_of(word, start) for start in ("I. KẾT", "1. Công tác triển", "a) Nội dung")
    )
    assert [p.style.name for p in (first, second, third)] == ["Heading 1", "Heading 2", "Heading 3"]
    assert [looks(p)[1] for p in (first, second, third)] == [True, True, False]
    assert all(p.paragraph_format.keep_with_next for p in (first, second, third))


def test_the_text_ends_with_the_sign_of_the_decree_and_stays_with_the_signature(word):
    closing = paragraph_of(word, "Trên đây là")
    assert closing.text.endswith("xã Ngọc Kỳ./.")
    assert closing.paragraph_format.keep_with_next
    row = word.tables[1].rows[0]
    assert row._tr.trPr.find(qn("w:cantSplit")) is not None


def test_recipients_stand_at_the_left_and_end_with_the_archive(word):
    word_line, *lines = word.tables[1].rows[0].cells[0].paragraphs
    assert (word_line.text, looks(word_line)) == ("Nơi nhận:", (12, True, True))
    assert [line.text for line in lines] == [
        "- Phòng VHTT huyện (b/c);", "- TTĐU; HĐND; lãnh đạo UBND xã;", "- Trang TTĐT xã;", "- Lưu: VT, VHXH.",
    ]  # fmt: skip
    assert {looks(line) for line in lines} == {(11, False, False)}


def test_the_signature_is_in_capitals_and_leaves_room_for_the_seal(word):
    authority, position, name = word.tables[1].rows[0].cells[1].paragraphs
    assert [authority.text, position.text, name.text] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", ""]
    assert looks(authority) == looks(position) == (14, True, False)
    assert name.paragraph_format.space_before >= Mm(25)


def test_page_numbers_stand_at_the_top_centre_and_not_on_the_first_page(word):
    for section in word.sections:
        assert section.different_first_page_header_footer
        paragraph = section.header.paragraphs[0]
        assert paragraph.alignment is WD_ALIGN_PARAGRAPH.CENTER
        assert "PAGE" in paragraph._p.xml
        assert paragraph.runs[0].font.size == Pt(13)
        assert not section.first_page_header.paragraphs[0].text


def test_each_annex_has_its_own_pages_heading_and_numbering(word):
    report, qualitative, numeric = word.sections
    assert report._sectPr.find(qn("w:pgNumType")) is None
    for section in (qualitative, numeric):
        tags = [child.tag for child in section._sectPr]
        assert tags.count(qn("w:pgNumType")) == 1
        assert tags.index(qn("w:pgMar")) < tags.index(qn("w:pgNumType")) < tags.index(qn("w:cols"))
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert qualitative.orientation is WD_ORIENT.PORTRAIT
    assert numeric.orientation is WD_ORIENT.LANDSCAPE
    assert paragraph_of(word, "(Kèm theo").text == (
        "(Kèm theo Báo cáo số 192/BC-UBND ngày 29 tháng 12 năm 2023 của Ủy ban nhân dân xã Ngọc Kỳ)"
    )


def test_table_rows_stay_whole_and_headers_are_repeated(word):
    for table in word.tables[2:]:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert all(11 <= looks(cell.paragraphs[0])[0] <= 12 for cell in table._cells if cell.text)


def test_the_qualitative_annex_rates_five_forms(word):
    table = word.tables[2]
    assert [cell.text for cell in table.rows[0].cells] == [
        "STT",
        "Hình thức tuyên truyền",
        "Mức độ thực hiện",
    ]
    assert [row.cells[2].text for row in table.rows[1:]] == ["Đạt", "Đạt", "Đạt", "Đạt", "Có"]


def test_the_numeric_annex_says_about_only_before_the_estimate(word):
    results = [row.cells[4].text for row in word.tables[3].rows]
    assert results == ["Kết quả trong kỳ", "25", "55", "900", "60", "khoảng 1.500"]
    assert [row.cells[6].text for row in word.tables[3].rows[1:]] == ["125", "114,6", "-", "-", "-"]


def test_the_figures_of_2023_come_out_as_the_commune_reported_them(word):
    text = "\n".join(p.text for p in word.paragraphs)
    assert "đã phát 25 tin bài (trong đó 25 tin bài sản xuất mới) với 55 lượt phát" in text
    assert "900 phút" in text
    assert "khoảng 900" not in text
    assert (
        "đã đăng 60 tin bài, trong đó: cải cách hành chính 40 tin bài, chuyển đổi số 20 tin bài"
        in text
    )
    assert "khoảng 1.500 lượt hướng dẫn thủ tục hành chính" in text
    assert "từ ngày 01/01/2023 đến ngày 31/12/2023" in text


def test_defects_of_the_handmade_report_are_gone(word):
    text = "\n".join(p.text for p in word.paragraphs)
    for stale in ("mức độ 3", "KH- UBND", "KH - UBND", "UỶ", "Ngọc kỳ", "đạt 100%", "Xuân"):
        assert stale not in text
