"""The work grows with the length of the text: no pattern may run away, no rule may look far."""

import importlib
import pkgutil
import re
import sys
from re import _parser  # type: ignore[attr-defined]

import pytest

import audio.reading
from audio.reading import read

FARTHEST = 800
"""No rule's pattern may span more characters than this from where it stands."""
WHOLE_LINES = {
    "_MOTTO",
    "_RULES",
    "_NAME",
    "_SYLLABLE",
    "_MARK",
    "_WORD",
    "_BREAK",
    "_SIMPLE",
    "_TOKEN",
    "_STOP",
    "_TCVN3",
    "_VNI",
    "_VIETNAMESE",
}
"""One repeat of one class, possessive or without a choice after it: linear by shape."""


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for module in pkgutil.walk_packages(audio.reading.__path__, "audio.reading."):
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern):
                found.append((f"{module.name}.{name}", value))
    return found


@pytest.mark.parametrize(("name", "pattern"), patterns(), ids=lambda value: str(value)[:60])
def test_a_pattern_is_bounded_or_cannot_go_back(name: str, pattern: re.Pattern[str]):
    if name.rpartition(".")[2] in WHOLE_LINES:
        nested = re.search(r"[+*]\)[+*]", pattern.pattern)
        assert nested is None
        return
    assert _parser.parse(pattern.pattern, pattern.flags).getwidth()[1] <= FARTHEST


def calls_to_read(text: str) -> int:
    """Python and C calls made while reading: work that does not depend on the machine."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    read("khởi động 72/KH-UBND")
    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "unit",
    [
        "UBND xã họp ngày 30/12/2022 lúc 7h30. ",
        "1",
        "1.",
        "1/",
        "1-",
        "12/",
        "a/",
        "-",
        " -",
        "\n",
        "\n\n",
        "(",
        "≥ 1",
        "A",
        "A.",
        "UBND",
        "UBND-",
        "a@a.",
        "www.a.",
        "I",
        "I,",
        "1,",
        "0 ",
        "x1",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n",
        "Nơi nhận:\n",
        "TM. ",
        "\u0301",
        "e\u0301",
        "²",
        "e-",
        "72/KH-\nUBND ",
        "T2, ",
        "ngày 1, ",
        "thứ 2, ",
        "CT ",
        "Một là, ",
        ". ",
        "½",
        "wi-",
    ],
)
def test_twice_the_text_is_twice_the_work(unit: str):
    size = max(1, 1200 // len(unit))
    once, twice = calls_to_read(unit * size), calls_to_read(unit * size * 2)
    assert twice <= 2.4 * once + 2000
