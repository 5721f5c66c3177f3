from hypothesis import given
from hypothesis import strategies as st

from broadcast.bulletins.search import asked_for, fold


def test_accents_capitals_and_white_space_do_not_matter():
    assert fold(" Chuyển  ĐỔI\nsố ") == fold("chuyen doi so") == "chuyen doi so"


@given(st.text(max_size=100))
def test_folding_what_is_folded_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_a_letter_that_no_database_takes_is_dropped():
    assert fold("a\x00b") == "ab"


def test_words_are_found_in_any_order_and_quoted_words_as_one_run():
    assert asked_for("số ĐỔI") == ["so", "doi"]
    assert asked_for("“đường dây nóng” xã") == ["duong day nong", "xa"]


def test_an_open_quotation_mark_is_no_mark():
    assert asked_for('"đường dây') == ["duong", "day"]
    assert asked_for('""') == []
