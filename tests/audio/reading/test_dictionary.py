"""The station's own words win over every rule."""

import pytest

from audio.reading import DictionaryEntry, RuleClass, read

VNEID = DictionaryEntry("VNeID", "vi-nờ-ai-đi", scope="shared")


def test_an_entry_wins_over_a_rule():
    (change,) = read("dùng VNeID", dictionary=[VNEID]).changes
    assert (change.spoken, change.rule) == ("vi-nờ-ai-đi", RuleClass.DICTIONARY)


def test_the_station_wins_over_the_shared_dictionary():
    own = DictionaryEntry("VNeID", "vê-nê-ai-đi")
    assert read("VNeID", dictionary=[VNEID, own]).spoken == "vê-nê-ai-đi"


def test_the_longer_entry_wins():
    entries = [DictionaryEntry("Trại", "A"), DictionaryEntry("Trại Giữa", "Trại Ở Giữa")]
    assert read("xóm Trại Giữa", dictionary=entries).spoken == "xóm Trại Ở Giữa"


@pytest.mark.parametrize("written", ["loabc", "xloa", "loá"])
def test_an_entry_is_a_whole_word(written: str):
    assert "#" not in read(written, dictionary=[DictionaryEntry("loa", "#")]).spoken


def test_case_counts_unless_the_entry_says_otherwise():
    strict, lax = DictionaryEntry("Hà", "B"), DictionaryEntry("Hà", "B", case_sensitive=False)
    assert read("hà", dictionary=[strict]).spoken == "hà"
    assert read("hà", dictionary=[lax]).spoken == "B"


def test_an_entry_protects_a_whole_code():
    entry = DictionaryEntry("72/KH-UBND", "kế hoạch đặc biệt")
    assert read("số 72/KH-UBND", dictionary=[entry]).spoken == "số kế hoạch đặc biệt"


def test_an_empty_entry_is_ignored():
    assert read("a b", dictionary=[DictionaryEntry(" ", "x")]).spoken == "a b"
