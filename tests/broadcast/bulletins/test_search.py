from hypothesis import given
from hypothesis import strategies as st

from broadcast.bulletins.search import fold


def test_accents_capitals_and_white_space_do_not_matter():
    assert fold(" Chuyển  ĐỔI\nsố ") == fold("chuyen doi so") == "chuyen doi so"


@given(st.text(max_size=100))
def test_folding_what_is_folded_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_a_letter_that_no_database_takes_is_dropped():
    assert fold("a\x00b") == "ab"
