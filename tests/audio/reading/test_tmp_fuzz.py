"""What holds for every text, however hostile."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from audio.reading import CENTRAL, NORTH, SOUTH, DictionaryEntry, Reading, read, split_for_speech

STYLES = st.sampled_from([NORTH, CENTRAL, SOUTH])


def outside(reading: Reading) -> tuple[str, str]:
    """What no change covers, on the written and on the spoken side."""
    written, spoken = [], []
    at_written = at_spoken = 0
    for change in reading.changes:
        written.append(reading.written[at_written : change.start])
        spoken.append(reading.spoken[at_spoken : change.spoken_start])
        at_written, at_spoken = change.end, change.spoken_end
    written.append(reading.written[at_written:])
    spoken.append(reading.spoken[at_spoken:])
    return "".join(written), "".join(spoken)


def check(text: str, style: object) -> None:
    reading = read(text, style=style)  # type: ignore[arg-type]
    assert not any(char.isdigit() for char in reading.spoken), reading.spoken
    assert unicodedata.is_normalized("NFC", reading.spoken)
    assert read(reading.spoken, style=style).spoken == reading.spoken  # type: ignore[arg-type]
    for change in reading.changes:
        assert reading.written[change.start : change.end] == change.written
        assert reading.spoken[change.spoken_start : change.spoken_end] == change.spoken
        assert change.reason
    ends = [(c.end, c.spoken_end) for c in reading.changes]
    starts = [(c.start, c.spoken_start) for c in reading.changes]
    for (end, spoken_end), (start, spoken_start) in zip(ends, starts[1:], strict=False):
        assert end <= start
        assert spoken_end <= spoken_start
    for flag in reading.flags:
        assert reading.written[flag.start : flag.end] == flag.written
    written, spoken = outside(reading)
    assert "".join(written.split()) == "".join(spoken.split())


class TestEveryTextHasAReading:
    def test_digits_vanish_spans_hold_and_reading_twice_changes_nothing(self, hostile_texts):
        @settings(max_examples=6000, deadline=None)
        @given(hostile_texts, STYLES)
        def prove(text, style):
            check(text, style)

        prove()

    def test_golden_texts_keep_every_promise(self, golden_case):
        check(golden_case[1], NORTH)
        check(golden_case[1], SOUTH)

    def test_parts_for_the_voice_carry_every_word_and_fit(self, hostile_texts):
        @settings(max_examples=200, deadline=None)
        @given(hostile_texts, st.integers(min_value=20, max_value=200))
        def prove(text, limit):
            spoken = read(text).spoken
            parts = split_for_speech(spoken, limit=limit)
            assert all(0 < len(part.text) <= limit for part in parts)
            assert "".join("".join(part.text.split()) for part in parts) == "".join(spoken.split())
            assert [part.sentence for part in parts] == sorted(part.sentence for part in parts)

        prove()

    def test_a_dictionary_never_breaks_a_reading(self, hostile_texts):
        entries = (
            DictionaryEntry("72", "bảy hai"),
            DictionaryEntry("a", "b"),
            DictionaryEntry("/", ""),
        )

        @settings(max_examples=100, deadline=None)
        @given(hostile_texts)
        def prove(text):
            reading = read(text, dictionary=entries)
            for change in reading.changes:
                assert reading.spoken[change.spoken_start : change.spoken_end] == change.spoken

        prove()
