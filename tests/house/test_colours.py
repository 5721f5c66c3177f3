"""The dark colours stand twice, for the machine's wish and for the person's: they are the same."""

import re
from pathlib import Path

TOKENS = Path(__file__).parents[2] / "broadcast/static/css/tokens.css"


def test_the_two_blocks_of_dark_colours_hold_the_same_values():
    blocks = re.findall(r"\{\s*color-scheme: dark;([^}]*)\}", TOKENS.read_text("utf-8"))
    first, second = (dict(re.findall(r"(--[\w-]+): *([^;]+);", block)) for block in blocks)
    assert first == second
    assert "--paper" in first
