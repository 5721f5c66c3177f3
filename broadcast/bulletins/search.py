"""Search without accents: `chuyen doi so` finds `Chuyển đổi số`. PURE."""

import unicodedata

_MARKS = str.maketrans(dict.fromkeys("“”„«»", '"'))


def asked_for(question: str) -> list[str]:
    """What has to be found, folded: each word, and what stands in quotation marks as one run."""
    found = []
    parts = question.translate(_MARKS).split('"')
    for number, part in enumerate(parts):
        closed = number % 2 == 1 and number < len(parts) - 1
        found += [fold(part)] if closed else fold(part).split()
    return [piece for piece in found if piece]


def fold(text: str) -> str:
    """Lower case, without accents, đ as d, white space single. What both sides are compared by."""
    apart = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(
        letter for letter in apart if not unicodedata.combining(letter) and letter != "\0"
    )
    return " ".join(bare.replace("đ", "d").split())
