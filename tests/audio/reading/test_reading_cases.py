"""The worked cases: what an announcer says for what an office writes, word for word."""

from audio.reading import read


def test_a_worked_case_is_read_as_an_announcer_reads_it(golden_case, spoken_words):
    _class, written, spoken = golden_case
    assert spoken_words(read(written).spoken) == spoken_words(spoken)


def test_a_worked_case_reads_the_same_with_a_line_end_behind_it(golden_case, spoken_words):
    _class, written, spoken = golden_case
    assert spoken_words(read(written + "\n").spoken) == spoken_words(spoken)


def test_a_covered_text_leaves_no_unread_number(golden_case):
    reading = read(golden_case[1])
    assert not any(char.isdigit() for char in reading.spoken)
