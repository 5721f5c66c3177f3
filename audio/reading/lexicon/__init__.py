"""Tables of what Vietnamese offices write and how a news announcer says it. Data, no logic."""


def word_set(text: str) -> frozenset[str]:
    """The words of `text` as a set: tables stay readable as prose."""
    return frozenset(text.split())
