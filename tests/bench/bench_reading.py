"""How fast a long text is read, and that twice the text takes about twice the time.

Run: python tests/bench/bench_reading.py
"""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from audio.reading import read

WORDS = 10_000
LIMIT_S = 1.0
LINEAR_LIMIT = 2.5
SENTENCE = (
    "Căn cứ Kế hoạch số 72/KH-UBND ngày 30/12/2022, UBND xã thông báo: từ 7h30 đến 11h, thứ 4 ngày "
    "26/11/2025, Trạm Y tế tiêm cho 1.250/1.300 trẻ (đạt 96,15%), phí 50.000đ/người, gọi 0220.3747.123. "
)
HOSTILE = ("1.1/", "≥ 1", "A-&", "a@a.", "ngày 1, ", "\u0301", "((", "72/KH-\n")


def seconds(text: str) -> float:
    """Median of five runs."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        read(text)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main() -> list[str]:
    """One line for each claim, with the measured figure against its limit."""
    text = SENTENCE * (WORDS // len(SENTENCE.split()) + 1)
    once, twice = seconds(text), seconds(text * 2)
    lines = [
        f"{WORDS} từ: {once:.2f} s, giới hạn {LIMIT_S} s, tỷ lệ {once / LIMIT_S:.2f}",
        f"gấp đôi văn bản: {twice / once:.2f} lần, giới hạn {LINEAR_LIMIT}",
    ]
    for unit in HOSTILE:
        half = seconds(unit * (20_000 // len(unit)))
        whole = seconds(unit * (40_000 // len(unit)))
        lines.append(f"{unit!r} gấp đôi: {whole / half:.2f} lần, giới hạn {LINEAR_LIMIT}")
    return lines


if __name__ == "__main__":
    print("\n".join(main()))
