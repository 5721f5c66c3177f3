"""The switches of a voice."""

from dataclasses import replace

import pytest

from audio.reading import CENTRAL, NORTH, SOUTH, DocumentNumbers, ListMarkers, ReadingStyle, read


@pytest.mark.parametrize(
    ("written", "style", "spoken"),
    [
        ("1.005", SOUTH, "một ngàn không trăm lẻ năm"),
        ("1.024", CENTRAL, "một ngàn không trăm hai mươi tư"),
        ("24", SOUTH, "hai mươi bốn"),
        ("ngày 04/4/2024", SOUTH, "ngày bốn tháng tư năm hai ngàn không trăm hai mươi bốn"),
        ("ngày 5/9", replace(NORTH, mung=False), "ngày năm tháng chín"),
        ("quý IV", replace(NORTH, quarter_four="tư"), "quý tư"),
        ("đội 3B", replace(NORTH, letter_names="bờ"), "đội ba bờ"),
        ("1. Mục đích", replace(NORTH, list_markers=ListMarkers.THU_NHAT), "Thứ nhất, Mục đích"),
        ("4. Mục đích", replace(NORTH, list_markers=ListMarkers.THU_NHAT), "Thứ tư, Mục đích"),
        ("1. Mục đích", replace(NORTH, list_markers=ListMarkers.PAUSE), "Mục đích"),
        ("I. Mục đích", replace(NORTH, list_markers=ListMarkers.PAUSE), "Mục đích"),
        (
            "số 72/KH-UBND",
            replace(NORTH, document_numbers=DocumentNumbers.FULL),
            "số bảy mươi hai, gạch chéo, ca hát, gạch ngang, Ủy ban nhân dân",
        ),
        (
            "số 72/KH-UBND",
            replace(NORTH, document_numbers=DocumentNumbers.VERBATIM),
            "số bảy mươi hai, gạch chéo, kế hoạch, gạch ngang, Ủy ban nhân dân",
        ),
    ],
)
def test_a_switch_changes_what_it_names(written: str, style: ReadingStyle, spoken: str):
    assert read(written, style=style).spoken == spoken


@pytest.mark.parametrize("style", [NORTH, CENTRAL, SOUTH])
def test_dialect_touches_numbers_and_never_other_words(style: ReadingStyle):
    assert read("bố mẹ nuôi lợn, bắp ngô", style=style).spoken == "bố mẹ nuôi lợn, bắp ngô"


def test_lunar_days_keep_mung_in_every_style():
    assert read("mùng 5 Tết", style=SOUTH).spoken == "mùng năm Tết"


def test_a_timetable_may_be_announced_by_the_caller():
    assert read("T2 phát lại", schedule_context=True).spoken == "thứ hai phát lại"
    assert read("T2 phát lại").spoken != "thứ hai phát lại"
