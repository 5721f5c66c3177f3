from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree

from broadcast.reports import errors
from broadcast.reports.docx_export import export_docx
from broadcast.reports.docx_properties import SUBJECT_MAX, exchange_metadata


def custom_properties(document) -> dict[str, str]:
    with ZipFile(BytesIO(export_docx(document))) as archive:
        root = etree.fromstring(archive.read("docProps/custom.xml"))
    return {one.get("name"): "".join(one.itertext()) for one in root}


def test_the_fields_of_the_decree_are_filled_by_their_names(report_2023):
    assert exchange_metadata(report_2023) == {
        "OrganId": "H23.24.11089",
        "OrganName": "Ủy ban nhân dân xã Ngọc Kỳ",
        "CodeNumber": "192",
        "CodeNotation": "BC-UBND",
        "IssuedDate": "2023-12-29",
        "Place": "Ngọc Kỳ",
        "TypeName": "Báo cáo",
        "Subject": "Báo cáo kết quả tuyên truyền công tác cải cách hành chính năm 2023",
        "PageAmount": "5",
        "Language": "Tiếng Việt",
        "SignerPosition": "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH",
        "To": "Phòng Văn hóa và Thông tin huyện Tứ Kỳ; Phòng VHTT huyện (b/c); "
        "TTĐU; HĐND; lãnh đạo UBND xã; Trang TTĐT xã",
    }


def test_what_is_not_known_yet_is_left_out(report_2023):
    fields = exchange_metadata(replace(report_2023, number=None, issued_on=None, organ_id=""))
    assert not {"OrganId", "CodeNumber", "IssuedDate", "SignerFullName"} & set(fields)


def test_a_long_subject_is_cut_at_the_decrees_five_hundred_letters(report_2023):
    fields = exchange_metadata(replace(report_2023, subject="Kết quả " * 200))
    assert len(fields["Subject"]) == SUBJECT_MAX == 500


def test_word_finds_the_fields_in_the_file(report_2023):
    assert custom_properties(report_2023) == exchange_metadata(report_2023)


def test_letters_of_markup_survive_in_the_properties(report_2023):
    hostile = replace(report_2023, place="A & <B>")
    assert custom_properties(hostile)["Place"] == "A & <B>"


def test_a_very_long_subject_still_gives_a_file_word_opens(report_2023):
    word = Document(BytesIO(export_docx(replace(report_2023, subject="Kết quả " * 200))))
    assert len(word.core_properties.title) == 255


def test_the_file_carries_no_picture_and_no_date_of_the_template(report_2023):
    with ZipFile(BytesIO(export_docx(report_2023))) as archive:
        assert not [name for name in archive.namelist() if "thumbnail" in name]
        assert b"2013" not in archive.read("docProps/core.xml")
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


ERRORS = [
    error for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, errors.LoaError) and error.__module__ == errors.__name__
]  # fmt: skip


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_of_reports_says_in_vietnamese_what_is_wrong(error):
    assert error.code.startswith("reports.")
    assert error.message.endswith(".")
    assert not error.message.isascii()


def test_no_two_errors_share_a_code():
    assert len({error.code for error in ERRORS}) == len(ERRORS) > 8
