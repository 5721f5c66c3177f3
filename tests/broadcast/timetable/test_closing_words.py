"""A session ends with its slot's closing words: in the order, to the millisecond, by name."""

from datetime import time

import pytest

from broadcast.bulletins.models import AudioFile
from broadcast.timetable.running_sheet import read_sheet
from scheduler.timetable.running_order import LineKind


@pytest.fixture
def words(office):
    def spoken(code, duration_ms):
        return office.keep(
            AudioFile(
                id=code,
                station_id=office.station.id,
                sha256=code[0] * 64,
                bytes=1,
                duration_ms=duration_ms,
                loudness_lufs=-16,
                true_peak_dbtp=-1,
                created_at=office.clock(),
            )
        ).id

    return spoken


def session_with(office, **audio):
    office.slot(at=time(17), opening_words="Mở", closing_words="Kết")
    office.wish()
    office.fill()
    row = office.sessions()[0]
    for name, value in audio.items():
        setattr(row, name, value)
    office.db.commit()
    office.fill()
    return row


def test_the_closing_words_follow_the_last_item_and_are_called_by_their_name(office, words):
    row = session_with(
        office, opening_audio_id=words("mo", 5_016), closing_audio_id=words("ket", 3_024)
    )
    lines = read_sheet(office.desk(), row.id).lines
    assert [one.words for one in lines] == ["Lời mở đầu", "Tin 1", "Lời kết"]
    closing = lines[-1].line
    assert closing.duration_ms == 3_024
    assert closing.offset_ms == 5_016 + lines[1].line.duration_ms


def test_the_same_words_at_both_ends_are_two_lines_that_stay(office, words):
    audio = words("mo", 5_016)
    row = session_with(office, opening_audio_id=audio, closing_audio_id=audio)
    lines = read_sheet(office.desk(), row.id).lines
    assert [one.words for one in lines] == ["Lời mở đầu", "Tin 1", "Lời kết"]
    office.fill()
    assert [one.line.id for one in read_sheet(office.desk(), row.id).lines] == [
        one.line.id for one in lines
    ]


def test_a_session_without_items_says_no_closing_words_either(office, words):
    office.slot(at=time(17), closing_words="Kết")
    office.fill()
    row = office.sessions()[0]
    row.closing_audio_id = words("ket", 3_024)
    office.db.commit()
    office.fill()
    assert read_sheet(office.desk(), row.id).lines == []


def test_room_is_kept_for_closing_words_that_are_not_spoken_yet(office):
    """The item fits its session to the second, but not with words around it."""
    office.slot(at=time(17), minutes=1, closing_words="Kết")
    office.wish(office.approved(minutes=0.95))
    office.fill()
    assert office.lines() == []


def test_an_order_without_words_has_no_link(office):
    row = session_with(office)
    kinds = [one.line.kind for one in read_sheet(office.desk(), row.id).lines]
    assert kinds == [LineKind.BULLETIN]
