"""Shared pieces for the reading suite: the worked cases and texts that try to break it."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import strategies as st

GOLDEN = Path(__file__).parents[2] / "golden" / "reading"
TABLES = ("cases.tsv", "more_cases.tsv", "fresh_cases.tsv")

FRAGMENTS = (
    "UBND xã",
    "72/KH-UBND",
    "Km5+200",
    "Q3/2025",
    "tháng 5-7",
    "giải 1",
    "V/v",
    "2.1.5",
    "E8.13",
    "7h/10/9",
    "10T",
    "30/2020/NĐ-CP",
    "57-NQ/TW",
    "QH15",
    "30/12/2022",
    "01-05/9/2025",
    "ngày 2 và 3/9",
    "tháng 4",
    "7h30",
    "17g30",
    "7:30",
    "5 giờ 30",
    "1.234.567",
    "0,05",
    "98,5%",
    "2.500.000 VNĐ",
    "50.000đ/người",
    "-5°C",
    "25–30 độ C",
    "tạ/ha",
    "m³",
    "0220.3747.123",
    "115",
    "+84 24 3825 4567",
    "CCCD số 030099001234",
    "2025-2030",
    "Chương II",
    "quý IV/2025",
    "thứ 4",
    "T2, T4, CN",
    "dichvucong.gov.vn",
    "a.b@c.vn",
    "https://x.vn/y",
    "QR",
    "3/4 số thôn",
    "15/20 hộ",
    "24/7",
    "nam/nữ",
    "và/hoặc",
    "./.",
    "≥ 100 lượt",
    "<",
    "±",
    "34A-123.45",
    "đội 3B",
    "A4",
    "H5N1",
    "COVID-19",
    "CT",
    "TT",
    "HĐ",
    "KT. CHỦ TỊCH",
    "TM.",
    "XYZ",
    "Đ/c",
    "v.v...",
    "của",
    "số",
    "ngày",
    "từ",
    "đến",
    "cấp 8-9",
    "\n",
    "\n\n",
    "1. ",
    "a) ",
    "- ",
    "I. ",
    "2.1. ",
    "Nơi nhận:",
    "Trang 2/5",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ".",
    ",",
    ";",
    ":",
    "(",
    ")",
    "/",
    "-",
    "&",
    "²",
    "½",
    "①",
    "ﬁ",
    "Ð",
    "\u00a0",
    "\u00ad",
    "e\u0302\u0301",
    "\u0301",
    "٣",
    "１",
    "Ⅳ",
    "x",
    "%",
)


@pytest.fixture(scope="session")
def spoken_words() -> Callable[[str], list[str]]:
    """The words a listener hears: case and punctuation do not count."""

    def words(text: str) -> list[str]:
        return re.sub(r"[^\w\s]", " ", text.replace("(không đọc)", "").lower()).split()

    return words


def load_cases(name: str) -> list[tuple[str, str, str]]:
    """Class, written and spoken of every row; "\\n" in a row is a line break."""
    with (GOLDEN / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [(row[0], row[1].replace("\\n", "\n"), row[2]) for row in rows if row]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`golden_case` runs once for every row of the tables."""
    if "golden_case" in metafunc.fixturenames:
        cases = [case for name in TABLES for case in load_cases(name)]
        metafunc.parametrize("golden_case", cases, ids=[f"{c[0]}: {c[1][:48]!r}" for c in cases])


@pytest.fixture(scope="session")
def hostile_texts() -> st.SearchStrategy[str]:
    """Any Unicode, and office fragments thrown together without sense."""
    fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=14)
    glue = st.sampled_from(["", " ", "", "\n"])
    mixed = st.builds(lambda parts, sign: sign.join(parts), fragments, glue)
    short = st.text(alphabet="0123456789/-.,:hđ%°IVXTCN ()\n", max_size=40)
    return st.one_of(st.text(max_size=60), mixed, short)
