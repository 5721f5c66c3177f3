"""Words around dates and times, and the feasts that are dates without any cue."""

from audio.reading.lexicon import word_set

NEAR_DATE_CUES = word_set(
    "thứ ngày hôm lễ dịp sáng chiều tối trưa đêm tết rằm mùng mồng giỗ hội nghỉ nay mai qua nhật "
    "cn niệm mừng"
)
"""A word of these among the four before a/b makes it a day and a month."""

DATE_CUES = word_set("từ đến trước sau hết tới hạn cuối kể vào phút giờ lúc")
"""One of these makes a date only when it stands right before."""

ADDS_DAY = word_set("từ đến trước sau hết tới kể qua hạn")
"""After these a plain day is introduced by "ngày"."""

NAMES_DAY = word_set("ngày mùng mồng rằm hôm")

LUNAR_CUES = ("âm lịch", "âl", "tết", "giỗ", "rằm")

FEASTS = frozenset(
    {
        (1, 1),
        (3, 2),
        (27, 2),
        (8, 3),
        (26, 3),
        (30, 4),
        (1, 5),
        (7, 5),
        (19, 5),
        (1, 6),
        (5, 6),
        (21, 6),
        (28, 6),
        (27, 7),
        (19, 8),
        (2, 9),
        (10, 10),
        (13, 10),
        (20, 10),
        (9, 11),
        (18, 11),
        (20, 11),
        (1, 12),
        (22, 12),
    }
)
"""Days of month and month known by their figures: 30/4 is never thirty quarters."""

NOT_A_DAY_AFTER = word_set("đêm lần giờ bữa buổi tiếng lượt viên gói cốc lít hộp ca người hộ")
"""After "ngày 2 …" these count something: ngày 2 lần."""

TIME_CUES = word_set("lúc từ đến hồi vào trước sau sáng chiều tối trưa đêm khoảng giờ")
