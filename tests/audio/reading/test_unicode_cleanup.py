"""What pasted text brings along, and what the rules get to see."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.reading import LegacyEncoding, RuleClass, detect_legacy, read, require_unicode
from audio.reading.document import fold
from audio.reading.unicode_cleanup import clean_up


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("72/KH-\nUBND", "72/KH-UBND"),
        ("17/KH - UBND", "17/KH-UBND"),
        ("72/KH- UBND", "72/KH-UBND"),
        ("57 - NQ/TW", "57-NQ/TW"),
        ("12 /BC -UBND", "12/BC-UBND"),
        ("25–30", "25-30"),
        ("a\u00a0b", "a b"),
        ("thông\u00adbáo", "thôngbáo"),
        ("ﬁ", "fi"),
        ("Ðảng", "Đảng"),
        ("tin bài( trong đó", "tin bài (trong đó"),
        ("900 phút , rồi", "900 phút, rồi"),
        ("１２", "12"),
        ("Ⅳ", "IV"),
        ("20 ㎡", "20 m²"),
        ("CO₂", "CO2"),
        ("½", " 1/2"),
        ("dòng\r\nkhác", "dòng\nkhác"),
        ("dòng\rkhác", "dòng\nkhác"),
    ],
)
def test_paste_is_cleaned_as_an_editor_would(written: str, clean: str):
    assert clean_up(written).text == clean


@pytest.mark.parametrize(
    "kept", ["Hà Nội - Hải Phòng", "cách 5 - 7 km", "- Tổ chức họp", "tệp .vn"]
)
def test_clean_up_leaves_ordinary_spaces_and_dashes(kept: str):
    assert clean_up(kept).text == kept


@given(st.text(max_size=80))
@settings(deadline=None)
def test_clean_text_is_composed_and_knows_where_it_came_from(written: str):
    clean = clean_up(written)
    assert len(clean.text) == len(clean.starts) == len(clean.ends)
    assert clean.starts == sorted(clean.starts)
    assert all(
        0 <= start < end <= len(written)
        for start, end in zip(clean.starts, clean.ends, strict=True)
    )
    assert all(char in "²³" or not char.isdigit() or char.isascii() for char in clean.text)


@given(st.text(alphabet="hoàuỷkếạchđƯỜ \n-/72KHUBND", max_size=60))
@settings(deadline=None)
def test_decomposed_vietnamese_reads_like_composed(written: str):
    composed = read(unicodedata.normalize("NFC", written))
    assert read(unicodedata.normalize("NFD", written)).spoken == composed.spoken


def test_a_cleaned_place_is_a_change_of_its_own_class():
    (change,) = read("Ðảng ủy").changes
    assert (change.written, change.spoken, change.rule) == ("Ð", "Đ", RuleClass.UNICODE)


@pytest.mark.parametrize(
    ("old", "new"), [("hoà", "hòa"), ("UỶ", "ủy"), ("thuý", "thúy"), ("khoẻ", "khỏe")]
)
def test_both_ways_of_placing_a_tone_match(old: str, new: str):
    assert fold(old) == fold(new) == new


def test_quy_keeps_its_tone():
    assert fold("QUÝ") == "quý"


class TestOldFonts:
    TCVN3 = "§¶ng uû x· Ngäc Kú, Uû ban nh©n d©n x· th«ng b¸o lÞch häp cña th«n"
    VNI = "Ñaûng uûy xaõ, Uûy ban nhaân daân xaõ thoâng baùo lòch hoïp cuûa thoân"

    def test_tcvn3_is_recognised(self):
        assert detect_legacy(self.TCVN3) == "TCVN3"

    def test_vni_is_recognised(self):
        assert detect_legacy(self.VNI) == "VNI"

    def test_unicode_text_is_not_suspected(self, golden_case):
        assert detect_legacy(golden_case[1]) is None

    def test_reading_an_old_font_flags_the_whole_text_and_does_not_raise(self):
        flag = read(self.VNI).flags[0]
        assert (flag.start, flag.end) == (0, len(self.VNI))
        assert "Unicode" in flag.reason

    def test_whoever_needs_unicode_is_told_what_to_do(self):
        with pytest.raises(LegacyEncoding) as caught:
            require_unicode(self.TCVN3)
        assert caught.value.code == "reading.legacy_encoding"
        assert "UniKey" in caught.value.message

    def test_unicode_passes(self):
        require_unicode("Ủy ban nhân dân xã thông báo")
