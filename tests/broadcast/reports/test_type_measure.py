import unicodedata
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest
from reportlab.pdfbase.pdfmetrics import getFont

from broadcast.reports.stable_zip import stable_zip
from broadcast.reports.type_measure import register_fonts, width_mm

VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"


@pytest.mark.parametrize("face", ["Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"])
def test_every_vietnamese_letter_has_a_glyph_in_each_face(face: str):
    letters = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
    letters += [*VOWELS, "đ"]
    register_fonts()
    glyphs = getFont(face).face.charToGlyph
    assert len(letters) == 73
    assert [one for one in letters + [x.upper() for x in letters] if ord(one) not in glyphs] == []


def test_widths_are_those_of_times_new_roman():
    """Adobe's metrics of Times give 500 units to a digit and 250 to a space, of 1000 to the em."""
    assert width_mm("0" * 72, 10, "Tinos") == pytest.approx(72 * 5 * 25.4 / 72, rel=1e-3)
    assert width_mm(" " * 72, 10, "Tinos") == pytest.approx(72 * 2.5 * 25.4 / 72, rel=1e-3)


def test_an_archive_packed_at_another_time_has_the_same_bytes():
    archives = []
    for year in (1999, 2026):
        file = BytesIO()
        with ZipFile(file, "w") as archive:
            archive.writestr(ZipInfo("word/document.xml", (year, 1, 1, 0, 0, 0)), "nội dung")
        archives.append(file.getvalue())
    assert archives[0] != archives[1]
    assert stable_zip(archives[0]) == stable_zip(archives[1])
