"""A reading script for a human announcer: large type, breath marks, doubts at the end."""

from dataclasses import dataclass
from html import escape

from audio.reading.model import Reading
from audio.reading.sentences import split_for_speech
from audio.reading.timing import SYLLABLES_PER_MINUTE, estimate_ms

_BREATH_CHARACTERS = 90
_STYLE = (
    "body{font:22pt/1.7 'Times New Roman',serif;max-width:34em;margin:2em auto;padding:0 1em}"
    "p{margin:0 0 .8em}.breath{color:#888;padding:0 .2em}h1{font-size:26pt}"
    ".note{font-size:13pt;line-height:1.4;color:#444}@media print{body{margin:0}}"
)


@dataclass(frozen=True, slots=True)
class ScriptSentence:
    """One sentence of the script as the breaths it is said in."""

    breaths: tuple[str, ...]


def script_sentences(reading: Reading) -> tuple[ScriptSentence, ...]:
    """The spoken text of `reading`, sentence by sentence."""
    sentences: dict[int, list[str]] = {}
    for part in split_for_speech(reading.spoken, limit=_BREATH_CHARACTERS):
        sentences.setdefault(part.sentence, []).append(part.text)
    return tuple(ScriptSentence(tuple(breaths)) for breaths in sentences.values())


def script_minutes(reading: Reading) -> str:
    """The expected length as "2 phút 05 giây"."""
    seconds = estimate_ms(reading.spoken, syllables_per_minute=SYLLABLES_PER_MINUTE) // 1000
    return f"{seconds // 60} phút {seconds % 60:02d} giây"


def script_doubts(reading: Reading) -> tuple[str, ...]:
    """What the announcer should ask about before reading."""
    return tuple(f"“{flag.written}”: {flag.reason}" for flag in reading.flags)


def reading_script(reading: Reading, *, title: str = "Bản đọc") -> str:
    """A whole HTML page; every word of the text is escaped."""
    breath = '<span class="breath">/</span>'
    body = "\n".join(
        f"<p>{f' {breath} '.join(escape(text) for text in sentence.breaths)}</p>"
        for sentence in script_sentences(reading)
    )
    doubts = "".join(f"<li>{escape(doubt)}</li>" for doubt in script_doubts(reading))
    notes = f"<h2>Cần hỏi lại</h2><ul>{doubts}</ul>" if doubts else ""
    return (
        f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body>"
        f"<h1>{escape(title)}</h1>\n{body}\n"
        f'<div class="note"><p>Dự kiến {script_minutes(reading)}. Dấu / là chỗ lấy hơi.</p>{notes}'
        "</div></body></html>\n"
    )
