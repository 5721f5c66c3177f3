"""Groups that are matched once and for all, so that no pattern can go back into them.

Python's own possessive groups `(…){m,n}+` would say it shorter, but before 3.11.5 they forget to
step back from a half-matched turn (CPython gh-106052), and Debian 12 ships 3.11.2. A lookahead is
atomic in every version. Possessive single characters `x{m,n}+` are right everywhere.
"""


def atomic(name: str, pattern: str) -> str:
    """A pattern that takes what `pattern` matches first; `name` is a group name of its own."""
    return rf"(?=(?P<{name}>{pattern}))(?P={name})"
