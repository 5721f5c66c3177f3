"""What may vary from report to report, and what a Word file must survive."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from broadcast.reports.document import Authority, Grid, Section, Signature
from broadcast.reports.docx_export import export_docx
from broadcast.reports.errors import DocumentIncomplete


@pytest.fixture
def word_of():
    return lambda document: Document(BytesIO(export_docx(document)))


def paragraph_of(word, start: str):
    return next(p for p in word.paragraphs if p.text.startswith(start))


@pytest.mark.parametrize(
    ("authority", "position", "lines"),
    [
        (Authority.COLLECTIVE, "Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (Authority.DEPUTY, "Phó Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (Authority.BY_ORDER, "Trưởng phòng", ["TL. CHỦ TỊCH", "TRƯỞNG PHÒNG"]),
        (Authority.BY_DELEGATION, "Trưởng phòng", ["TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG"]),
        (Authority.ACTING, "Chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"]),
    ],
)
def test_each_authority_signs_in_its_own_words(word_of, report_2023, authority, position, lines):
    signed = replace(report_2023, signature=Signature(authority, position, signer="Họ và Tên"))
    cell = word_of(signed).tables[1].rows[0].cells[1]
    assert [p.text for p in cell.paragraphs] == [*lines, "Họ và Tên"]


def test_numbers_and_dates_take_their_leading_zeros(word_of, report_2023):
    early = replace(report_2023, number=5, issued_on=date(2024, 2, 3))
    left, right = word_of(early).tables[0].rows[0].cells
    assert left.paragraphs[-1].text == "Số: 05/BC-UBND"
    assert right.paragraphs[-1].text == "Ngọc Kỳ, ngày 03 tháng 02 năm 2024"


def test_an_unissued_report_leaves_room_for_number_and_day(word_of, report_2023):
    blank = replace(report_2023, number=None, issued_on=None)
    left, right = word_of(blank).tables[0].rows[0].cells
    assert "\u00a0" * 6 + "/BC-UBND" in left.paragraphs[-1].text
    assert right.paragraphs[-1].text.endswith("năm 2023")


def test_an_electronic_report_leaves_number_and_day_blank_inside_the_annex(word_of, report_2023):
    word = word_of(replace(report_2023, is_electronic=True))
    assert "192" not in paragraph_of(word, "(Kèm theo").text
    assert "192" in word.tables[0].rows[0].cells[0].text


def test_a_single_annex_has_no_number(word_of, report_2023):
    word = word_of(replace(report_2023, annexes=report_2023.annexes[:1]))
    assert paragraph_of(word, "Phụ lục").text == "Phụ lục"


def test_a_superior_body_stands_above_the_issuer_in_regular_letters(word_of, report_2023):
    word = word_of(replace(report_2023, superior="Ủy ban nhân dân huyện"))
    superior = word.tables[0].rows[0].cells[0].paragraphs[0]
    assert (superior.text, superior.runs[0].bold) == ("ỦY BAN NHÂN DÂN HUYỆN", False)


def test_several_addressees_are_listed(word_of, report_2023):
    word = word_of(replace(report_2023, addressees=("Sở Nội vụ", "Sở VHTTDL")))
    at = [p.text for p in word.paragraphs].index("Kính gửi:")
    assert [p.text for p in word.paragraphs[at + 1 : at + 3]] == ["- Sở Nội vụ;", "- Sở VHTTDL."]


def test_the_properties_carry_the_exchange_metadata(word_of, report_2023):
    word = word_of(report_2023)
    core = word.core_properties
    assert core.title == "Báo cáo kết quả tuyên truyền công tác cải cách hành chính năm 2023"
    assert core.author == "Ủy ban nhân dân xã Ngọc Kỳ"
    assert core.language == "vi-VN"
    assert core.created.date() == date(2023, 12, 29)
    with ZipFile(BytesIO(export_docx(report_2023))) as archive:
        custom = archive.read("docProps/custom.xml").decode()
    for field in (
        "OrganId",
        "OrganName",
        "CodeNumber",
        "CodeNotation",
        "IssuedDate",
        "Subject",
        "SignerPosition",
    ):
        assert f'name="{field}"' in custom
    assert "SignerFullName" not in custom


def test_the_same_report_gives_the_same_bytes(report_2023):
    assert export_docx(report_2023) == export_docx(report_2023)


def test_typed_texts_cannot_break_the_file(word_of, report_2023):
    hostile = replace(report_2023, opening="<w:p> & \x00\x0b ]]> {{ so }} như sau:", place="A&B")
    word = word_of(hostile)
    assert paragraph_of(word, "<w:p> & ]]> {{ so }} như sau:").text


def test_a_table_of_a_thousand_rows_comes_out_whole(word_of, report_2023):
    rows = tuple((str(at), f"tin bài {at}", "Đạt") for at in range(1000))
    annex = replace(
        report_2023.annexes[0], grids=(replace(report_2023.annexes[0].grids[0], rows=rows),)
    )
    word = word_of(replace(report_2023, annexes=(annex,)))
    assert len(word.tables[2].rows) == 1001


def test_a_table_may_stand_within_the_text(word_of, report_2023):
    grid = Grid(("Cụm loa",), (("thôn Đông",),), (1,), (report_2023.annexes[0].grids[0].aligns[0],))
    word = word_of(replace(report_2023, sections=(Section("Kết quả", (grid,)),)))
    assert [cell.text for cell in word.tables[1]._cells] == ["Cụm loa", "thôn Đông"]


@pytest.mark.parametrize("missing", ["issuer", "subject", "sections", "closing", "place"])
def test_a_report_without_its_required_parts_is_refused(report_2023, missing):
    empty = replace(report_2023, **{missing: type(getattr(report_2023, missing))()})
    with pytest.raises(DocumentIncomplete) as refused:
        export_docx(empty)
    assert refused.value.facts == {"missing": missing}


def test_headings_deeper_than_three_levels_are_refused(report_2023):
    deep = Section(
        "1", children=(Section("2", children=(Section("3", children=(Section("4"),)),)),)
    )
    with pytest.raises(DocumentIncomplete):
        export_docx(replace(report_2023, sections=(deep,)))


def test_two_equal_annexes_are_still_numbered_apart(word_of, report_2023):
    annex = report_2023.annexes[0]
    word = word_of(replace(report_2023, annexes=(annex, annex)))
    labels = [p.text for p in word.paragraphs if p.text.startswith("Phụ lục")]
    assert labels == ["Phụ lục I", "Phụ lục II"]
