import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.reading import DictionaryEntry, read
from broadcast.bulletins.side_by_side import lay_out

TEXT = "UBND xã họp lúc 7h30 ngày 30/12/2022.\n\n- Đã thu 1.500.000 đồng, mã XQZW."


def pieces(page):
    return [piece for paragraph in page for line in paragraph for piece in line.pieces]


def shown(page):
    return "".join(piece.text for piece in pieces(page))


def kinds(page):
    return {piece.written.strip(): piece.kind for piece in pieces(page) if piece.kind}


def test_every_change_is_marked_with_its_class_and_says_what_was_written_and_why():
    page = lay_out(read(TEXT))
    assert kinds(page) == {
        "UBND": "abbreviation",
        "7h30": "date",
        "30/12/2022": "date",
        "-": "sign",
        "1.500.000 đồng": "number",
        "XQZW": "unknown",
    }
    assert all(piece.why for piece in pieces(page) if piece.kind)


def test_a_word_of_the_dictionary_has_a_class_of_its_own():
    page = lay_out(read("Xã NTM.", dictionary=[DictionaryEntry("NTM", "nông thôn mới")]))
    assert kinds(page) == {"NTM": "dictionary"}


def test_blank_lines_part_paragraphs():
    assert len(lay_out(read(TEXT))) == 2


def test_each_sentence_of_the_audio_is_found_in_the_text_with_its_times():
    reading = read("Họp lúc 7h30.\n\nMời bà con.")
    sentences = [
        {"text": "Họp lúc bảy giờ ba mươi phút.", "starts_ms": 500, "ends_ms": 2000},
        {"text": "Mời bà con.", "starts_ms": 2800, "ends_ms": 4000},
    ]
    found = [
        (line.starts_ms, "".join(piece.text for piece in line.pieces))
        for paragraph in lay_out(reading, sentences)
        for line in paragraph
    ]
    assert found == [(500, "Họp lúc bảy giờ ba mươi phút."), (2800, "Mời bà con.")]


def test_a_sentence_that_is_not_in_the_text_is_left_out():
    page = lay_out(read("Mời bà con."), [{"text": "Khác hẳn.", "starts_ms": 1, "ends_ms": 2}])
    assert [line.starts_ms for paragraph in page for line in paragraph] == [None]


def test_an_empty_text_has_no_paragraph():
    assert lay_out(read("")) == []


@given(st.text(max_size=120))
def test_nothing_of_the_spoken_text_is_lost_or_said_twice(text):
    reading = read(text)
    assert "".join(shown(lay_out(reading)).split()) == "".join(reading.spoken.split())


@given(
    st.lists(st.sampled_from(["UBND", "7h30", "12/2", "XQZW", "bà con", "\n\n", "."]), max_size=30)
)
def test_marks_come_in_the_order_of_the_text(words):
    reading = read(" ".join(words))
    at = 0
    for piece in pieces(lay_out(reading)):
        at = reading.spoken.index(piece.text, at) + len(piece.text)


def lines_run(work, *given):
    """How many lines of Python `work` takes: the same on every machine."""
    count = 0

    def trace(_frame, event, _argument):
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work(*given)
    finally:
        sys.settrace(before)
    return count


def test_the_work_grows_with_the_text_and_not_with_its_square():
    short, long = (read("XQZW và 12/2 rồi " * times) for times in (20, 200))
    assert lines_run(lay_out, long) < 11 * lines_run(lay_out, short)


@pytest.mark.parametrize("text", ["\n", " \n\n ", "…", "-\n-"])
def test_a_text_without_words_is_laid_out_all_the_same(text):
    lay_out(read(text))
