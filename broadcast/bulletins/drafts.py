"""What an operator writes, and what is wrong with it. PURE: problems are values, not exceptions."""

import re
import unicodedata
from dataclasses import dataclass, replace

from audio.reading import LegacyEncoding, detect_legacy
from broadcast.bulletins.rules import BulletinKind
from broadcast.errors import InvalidInput

LONGEST_TEXT = 60_000
"""Two hours of speech; far above any bulletin, below what would stall a page."""
LONGEST_TITLE = 300
SPEEDS_PERCENT = (70, 130)
_EMPTY_LINES = re.compile(r"\n{3,}")
_WORD_MARKS = {
    **dict.fromkeys(map(ord, "\r\x0b\x0c\x85\u2028"), "\n"),
    0x2029: "\n\n",
    **dict.fromkeys((0xA0, 0x2007, 0x202F), " "),
    # Word's bullets come as letters of Symbol and Wingdings.
    **dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF076, 0x2022, 0x25AA), "-"),
}


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
    """The draft as it is kept: `clean_line` of the title, `clean_text` of the text."""
    return replace(draft, title=clean_line(draft.title), text=clean_text(draft.text))


def clean_line(typed: str) -> str:
    """One line without invisible letters, white space single."""
    return " ".join(clean_text(typed).split())


def clean_text(pasted: str) -> str:
    """NFC, paragraphs kept, Word's rubbish gone: bullets of symbol fonts, soft breaks, no-break
    spaces, zero-width and control letters. The words stay as typed.
    """
    text = unicodedata.normalize("NFC", pasted.replace("\r\n", "\n")).translate(_WORD_MARKS)
    text = "".join(letter for letter in text if letter in "\n\t" or not _is_rubbish(letter))
    lines = [line.strip(" ") if not line.strip() else line.rstrip() for line in text.split("\n")]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


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
    elif detect_legacy(draft.text):
        found["text"] = LegacyEncoding.message
    if detect_legacy(draft.title):
        found["title"] = LegacyEncoding.message
    if not SPEEDS_PERCENT[0] <= draft.speed_percent <= SPEEDS_PERCENT[1]:
        found["speed_percent"] = f"Tốc độ đọc từ {SPEEDS_PERCENT[0]} đến {SPEEDS_PERCENT[1]} %."
    return found


def _is_rubbish(letter: str) -> bool:
    """Controls, formats, lone surrogates and private letters; nobody wants them."""
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"}
