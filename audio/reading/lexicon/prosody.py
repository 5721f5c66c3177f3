"""Pauses by punctuation, and the words that may or may not stand at a cut."""

from audio.reading.lexicon import word_set

PAUSES_MS = {
    ",": 200,
    ";": 350,
    ":": 350,
    ".": 500,
    "!": 500,
    "?": 500,
    "…": 500,
    "-": 200,
    "–": 200,
}

CLAUSE_WORDS = word_set(
    "và hoặc để nhằm của về tại với do theo trong nhưng mà thì là khi nếu vì bởi qua từ đến cho "
    "được đã sẽ cùng bằng trên những các đồng như đối căn ban được đang không"
)
"""A long clause is cut before one of these."""

NUMBER_WORDS = word_set(
    "không một hai ba bốn tư năm lăm sáu bảy tám chín mười mươi mốt trăm nghìn ngàn triệu tỷ linh "
    "lẻ phẩy phần âm mùng giờ phút giây"
)
"""Between two of these nothing is cut: they are one number, time or date."""

TITLE_ABBREVIATIONS = frozenset({"TP.", "TS.", "ThS.", "BS.", "GS.", "PGS.", "KS.", "Đ/c.", "St."})
