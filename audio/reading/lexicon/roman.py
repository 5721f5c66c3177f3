"""Words before which Roman numerals stand."""

from audio.reading.lexicon import word_set

ROMAN_KEYWORDS = word_set(
    "động chương mục phần khóa thứ kỷ quý kỳ lục điều hội cấp hạng loại vùng vực độ nhóm đợt tập "
    "bảng biểu chiến đoạn khu bậc quyển khoản tiết bài kì thế quyết đẳng tầng lần số giai"
)
"""Last syllables: "đại hội XIV", "phụ lục IV", "thế kỷ XXI", "khu vực I", "lần thứ X"."""

AMBIGUOUS_LETTERS = frozenset({"C", "D", "L", "M"})
"""One letter that is more often a name than a hundred: điểm C, khu D."""
