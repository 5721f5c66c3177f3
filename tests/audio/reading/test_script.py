"""The announcer's script."""

from audio.reading import read, reading_script
from audio.reading.script import script_doubts, script_minutes, script_sentences


def test_every_sentence_is_a_paragraph():
    page = reading_script(read("Câu một. Câu hai."))
    assert page.count("<p>Câu") == 2


def test_a_long_sentence_shows_where_to_breathe():
    sentence = "nhân dân trong xã cùng nhau thực hiện nếp sống văn minh và giữ gìn vệ sinh " * 3
    (only,) = script_sentences(read(sentence))
    assert len(only.breaths) > 1
    assert 'class="breath"' in reading_script(read(sentence))


def test_markup_in_the_text_stays_text():
    page = reading_script(read("<script>alert('x')</script>"), title="<b>")
    assert "<script>" not in page
    assert "<title>&lt;b&gt;</title>" in page


def test_doubts_stand_at_the_end():
    reading = read("gặp XYZK")
    assert script_doubts(reading)[0].startswith("“XYZK”")
    assert "Cần hỏi lại" in reading_script(reading)


def test_a_text_without_doubt_has_no_such_heading():
    assert "Cần hỏi lại" not in reading_script(read("họp thôn"))


def test_the_length_is_told_in_minutes_and_seconds():
    assert script_minutes(read("tiếng " * 220)) == "1 phút 00 giây"
