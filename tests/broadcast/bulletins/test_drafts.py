import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.bulletins.drafts import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    Draft,
    clean,
    clean_line,
    clean_text,
    problems_of,
)
from broadcast.bulletins.rules import BulletinKind


def make(**fields):
    whole = {"title": "Tin", "kind": BulletinKind.NEWS, "topic_id": "t", "text": "Chữ."}
    return Draft(**whole | fields)


def test_a_complete_draft_has_no_problem():
    assert problems_of(make()) == {}


def test_an_empty_text_is_no_problem_of_a_draft_it_may_become_a_recording():
    assert problems_of(make(text="")) == {}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * (LONGEST_TITLE + 1)}, "title"),
        ({"text": "x" * (LONGEST_TEXT + 1)}, "text"),
        ({"speed_percent": 69}, "speed_percent"),
        ({"speed_percent": 131}, "speed_percent"),
    ],
    ids=str,
)
def test_each_problem_names_its_field(fields, wrong):
    assert set(problems_of(make(**fields))) == {wrong}


def test_a_text_of_100_000_letters_is_told_its_length_and_the_limit():
    sentence = problems_of(make(text="á" * 100_000))["text"]
    assert "100.000" in sentence
    assert "60.000" in sentence


@pytest.mark.parametrize(
    "text",
    [
        "§µi truyÒn thanh x· Ngäc Kú xin th«ng b¸o tíi toµn thÓ bµ con nh©n d©n",
        "Ñaøi truyeàn thanh xaõ Ngoïc Kyø xin thoâng baùo tôùi toaøn theå baø con",
    ],
    ids=["TCVN3", "VNI"],
)
@pytest.mark.parametrize("field", ["text", "title"])
def test_text_of_an_old_font_is_told_how_to_convert_it(text, field):
    sentence = problems_of(make(**{field: text}))[field]
    assert "Unicode" in sentence
    assert "UniKey" in sentence


def test_what_word_leaves_in_a_paste_is_gone_and_paragraphs_stay():
    pasted = (
        "Kính gửi\u00a0bà con\u200b,\r\n\r\n\r\n\r\n\uf0b7\tMục một\x0bdòng hai\u00ad \r\nHết\ufeff"
    )
    assert clean_text(pasted) == "Kính gửi bà con,\n\n-\tMục một\ndòng hai\nHết"


def test_a_title_is_one_line():
    assert clean_line("  Tin\tmới\r\n trong  ngày\x00 ") == "Tin mới trong ngày"


def test_letters_put_together_from_parts_become_one():
    assert clean(make(text=unicodedata.normalize("NFD", "Lễ hội"))).text == "Lễ hội"


@given(st.text(st.characters(), max_size=200))
def test_cleaning_twice_changes_nothing_more_and_never_fails(text):
    once = clean_text(text)
    assert clean_text(once) == once
    once.encode()


@given(st.text(st.characters(categories=["L", "Nd"]), max_size=200))
def test_no_letter_or_figure_is_lost(text):
    kept = "".join(clean_text(text).split())
    assert kept == "".join(unicodedata.normalize("NFC", text).split())
