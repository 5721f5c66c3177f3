"""Parts for a voice: short enough, cut where one breathes, never inside what belongs together."""

import pytest

from audio.reading import estimate_ms, read, split_for_speech

LONG_DATE = (
    "Ủy ban nhân dân xã trân trọng thông báo đến toàn thể nhân dân trong xã biết rằng từ ngày mùng "
    "một tháng một năm hai nghìn không trăm hai mươi sáu sẽ thu phí vệ sinh môi trường"
)


def texts(spoken: str, **options: int) -> list[str]:
    return [part.text for part in split_for_speech(spoken, **options)]


def test_sentences_end_parts_and_are_counted():
    parts = split_for_speech("Câu một. Câu hai! Câu ba?", limit=9)
    assert [(part.text, part.sentence) for part in parts] == [
        ("Câu một.", 0),
        ("Câu hai!", 1),
        ("Câu ba?", 2),
    ]


def test_short_clauses_of_one_sentence_travel_together():
    assert texts("Kính thưa bà con, hôm nay, trời đẹp.") == ["Kính thưa bà con, hôm nay, trời đẹp."]


def test_two_sentences_are_never_one_part():
    assert len(texts("Một. Hai.")) == 2


@pytest.mark.parametrize(
    ("text", "pause"), [("a, " * 40, 200), ("Xong.", 500), ("Xong!", 500), ("chưa xong", 0)]
)
def test_the_pause_follows_the_mark(text: str, pause: int):
    assert split_for_speech(text)[0].pause_after_ms == pause


def test_a_paragraph_pauses_longer_than_a_sentence():
    first, second = split_for_speech("Đoạn một.\n\nĐoạn hai.")
    assert first.pause_after_ms > 500
    assert second.pause_after_ms == 500


def test_a_date_and_a_number_stay_in_one_breath():
    for part in texts(LONG_DATE, limit=80):
        assert not part.endswith(("mùng", "tháng", "năm", "nghìn", "không", "trăm", "hai", "mươi"))


@pytest.mark.parametrize("limit", [40, 60, 80, 100])
def test_a_name_is_not_torn(limit: int):
    spoken = (
        "theo đề nghị của các đồng chí trong ban chỉ đạo và ông Nguyễn Văn An trưởng thôn Ngọc Kỳ "
        * 3
    )
    assert not any(part.endswith(("Nguyễn", "Văn", "Ngọc")) for part in texts(spoken, limit=limit))


def test_a_title_before_a_name_does_not_end_the_sentence():
    assert len(split_for_speech("Mời ThS. Nam phát biểu.")) == 1


def test_a_page_break_inside_a_sentence_is_healed():
    (part,) = split_for_speech("quán triệt tới cán \n\nbộ, công chức")
    assert part.text == "quán triệt tới cán bộ, công chức"


def test_a_heading_is_a_sentence_of_its_own():
    assert texts("Công tác triển khai\n Ủy ban nhân dân xã đã ban hành.") == [
        "Công tác triển khai",
        "Ủy ban nhân dân xã đã ban hành.",
    ]


def test_wrapped_lines_are_one_sentence():
    line = (
        "Căn cứ kế hoạch tuyên truyền của Ủy ban nhân dân xã về cải cách hành chính nhà nước xã\n"
    )
    assert len({part.sentence for part in split_for_speech(line + "Ngọc Kỳ năm nay.")}) == 1


def test_list_items_are_sentences_even_without_a_full_stop():
    spoken = read(
        "Các việc cần làm trong tháng này của toàn thể nhân dân trong xã như sau\n- Quét đường\n- Khơi cống"
    ).spoken
    assert texts(spoken)[1:] == ["Quét đường", "Khơi cống"]


def test_a_word_longer_than_the_limit_is_cut_by_force():
    assert texts("a" * 25, limit=10) == ["a" * 10, "a" * 10, "a" * 5]


def test_nothing_gives_nothing():
    assert split_for_speech(" \n ") == ()


class TestEstimate:
    def test_two_hundred_syllables_take_a_minute_at_two_hundred(self):
        assert estimate_ms("tiếng " * 200, syllables_per_minute=200) == 60_000

    def test_marks_add_their_pauses(self):
        plain = estimate_ms("một hai", syllables_per_minute=200)
        assert estimate_ms("một, hai.", syllables_per_minute=200) == plain + 700

    def test_hyphens_part_syllables(self):
        assert estimate_ms("ki-lô-mét", syllables_per_minute=60) == 3000

    def test_silence_takes_no_time(self):
        assert estimate_ms("", syllables_per_minute=200) == 0

    def test_a_speed_of_nothing_is_refused(self):
        with pytest.raises(ValueError, match="syllables_per_minute"):
            estimate_ms("a", syllables_per_minute=0)
