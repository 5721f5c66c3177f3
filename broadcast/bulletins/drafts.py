"""What an operator writes, and what is wrong with it. PURE: problems are values, not exceptions."""

import unicodedata
from dataclasses import dataclass, replace

from audio.reading import detect_legacy
from broadcast.bulletins.rules import BulletinKind
from broadcast.errors import InvalidInput

LONGEST_TEXT = 60_000
"""Two hours of speech; far above any bulletin, below what would stall a page."""
LONGEST_TITLE = 300
SPEEDS_PERCENT = (70, 130)


@dataclass(frozen=True, slots=True)
class Draft:
    title: str
    kind: BulletinKind
    topic_id: str
    text: str
    engine: str = "google"
    voice: str = "vi"
    speed_percent: int = 100


class DraftInvalid(InvalidInput):
    code = "bulletins.draft_invalid"

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()), fields=sorted(problems))
        self.problems = problems


def clean(draft: Draft) -> Draft:
    """NFC, one kind of line end, no invisible control letters; words stay as typed."""
    return replace(draft, title=" ".join(_clean(draft.title).split()), text=_clean(draft.text))


def problems_of(draft: Draft) -> dict[str, str]:
    """Field name -> sentence that says what to do; empty when the draft can be kept."""
    found: dict[str, str] = {}
    if not draft.title.strip():
        found["title"] = "Hãy đặt tiêu đề: người duyệt và nhật ký cần nó."
    elif len(draft.title) > LONGEST_TITLE:
        found["title"] = f"Tiêu đề dài quá {LONGEST_TITLE} ký tự. Hãy rút gọn."
    if len(draft.text) > LONGEST_TEXT:
        length = f"{len(draft.text):,}".replace(",", ".")
        limit = f"{LONGEST_TEXT:,}".replace(",", ".")
        found["text"] = f"Bài dài {length} ký tự, tối đa {limit}. Hãy chia thành nhiều kỳ."
    elif legacy := detect_legacy(draft.text):
        found["text"] = legacy
    if not SPEEDS_PERCENT[0] <= draft.speed_percent <= SPEEDS_PERCENT[1]:
        found["speed_percent"] = f"Tốc độ đọc từ {SPEEDS_PERCENT[0]} đến {SPEEDS_PERCENT[1]} %."
    return found


def _clean(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        letter for letter in lines if letter in "\n\t" or unicodedata.category(letter) != "Cc"
    )
