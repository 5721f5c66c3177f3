"""Search without accents: `chuyen doi so` finds `Chuyển đổi số`. PURE."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, without accents, đ as d, white space single. What both sides are compared by."""
    apart = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(
        letter for letter in apart if not unicodedata.combining(letter) and letter != "\0"
    )
    return " ".join(bare.replace("đ", "d").split())
