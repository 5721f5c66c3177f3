"""The list of sign-ins names machines as people know them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.people.machines import LONGEST, machine_words

LIKE_ALL = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 6.1) {LIKE_ALL} Chrome/109.0 Safari/537.36", "Chrome, Windows"),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {LIKE_ALL} Chrome/140 Safari/537 Edg/140",
            "Edge, Windows",
        ),
        (f"Mozilla/5.0 (Linux; Android 10; K) {LIKE_ALL} Chrome/140 Mobile", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/17 Safari/605", "Safari, macOS"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox, Linux",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {LIKE_ALL} coc_coc_browser/120 Chrome/114",
            "Cốc Cốc, Windows",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_machine_is_called_by_its_browser_and_its_system(agent, words):
    assert machine_words(agent) == words


@given(st.text(max_size=200))
def test_any_header_gives_a_short_name(agent):
    words = machine_words(agent)
    assert len(words) <= LONGEST
    assert bool(words) == bool(agent)
