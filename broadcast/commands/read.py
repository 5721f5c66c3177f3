"""`loa read`: Vietnamese office text from standard input, as a voice or an announcer says it."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audio.reading import CENTRAL, NORTH, SOUTH, Reading, detect_legacy, read, reading_script
from audio.reading.script import script_doubts, script_minutes, script_sentences

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_STYLES = {"north": NORTH, "central": CENTRAL, "south": SOUTH}
_EXAMPLES = """\b
Ví dụ / Examples:
  echo "Kế hoạch số 72/KH-UBND ngày 30/12/2022" | loa read
  loa read --voice south < ban-tin.txt
  loa read --explain < ban-tin.txt > giai-thich.json
  loa read --script docx --output ban-doc.docx < ban-tin.txt
"""


@click.command("read", epilog=_EXAMPLES)
@click.option(
    "--voice",
    type=click.Choice(sorted(_STYLES)),
    default="north",
    show_default=True,
    help="Cách đọc số theo vùng miền (nghìn/ngàn, linh/lẻ). Regional words of numbers.",
)
@click.option(
    "--explain",
    is_flag=True,
    help="In JSON: từng chỗ đổi, lý do, và chỗ cần hỏi lại. JSON of every change and doubt.",
)
@click.option(
    "--schedule",
    is_flag=True,
    help="Văn bản là lịch phát: T2 là thứ hai, CN là chủ nhật. The text is a timetable.",
)
@click.option(
    "--script",
    type=click.Choice(["html", "docx"]),
    help="Bản in chữ to cho phát thanh viên. Large-type script for an announcer.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Tệp ghi kết quả; bắt buộc với docx. Where to write; needed for docx.",
)
def command(
    *, voice: str, explain: bool, schedule: bool, script: str | None, output: Path | None
) -> None:
    """Đọc văn bản hành chính: chữ viết ở đầu vào, lời đọc ở đầu ra.

    Reads Vietnamese administrative text on standard input and writes it as spoken.
    """
    if script == "docx" and output is None:
        raise click.UsageError("Bản DOCX cần --output TỆP.docx để ghi.")
    written = _read_input()
    reading = read(written, style=_STYLES[voice], schedule_context=schedule)
    if detect_legacy(written):
        click.echo(reading.flags[0].reason, err=True)
    if script == "docx" and output is not None:
        _script_document(reading).save(str(output))
        return
    text = reading_script(reading) if script else _explained(reading) if explain else reading.spoken
    _write_output(text, output)


def _read_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as err:
        message = "Văn bản không phải UTF-8. Hãy lưu lại bằng Unicode (UTF-8) rồi thử lại."
        raise click.ClickException(message) from err


def _write_output(text: str, output: Path | None) -> None:
    ended = text if text.endswith("\n") else text + "\n"
    if output is None:
        sys.stdout.buffer.write(ended.encode("utf-8", errors="replace"))
    else:
        output.write_text(ended, encoding="utf-8", errors="replace")


def _explained(reading: Reading) -> str:
    return json.dumps(asdict(reading), ensure_ascii=False, indent=2)


def _script_document(reading: Reading) -> "WordDocument":
    """The announcer's script in Word: 22 point, one paragraph a sentence, doubts at the end."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.font.size = Pt(22)
    document.add_heading("Bản đọc", level=1)
    for sentence in script_sentences(reading):
        document.add_paragraph(" / ".join(sentence.breaths))
    document.add_paragraph(f"Dự kiến {script_minutes(reading)}. Dấu / là chỗ lấy hơi.")
    for doubt in script_doubts(reading):
        document.add_paragraph(f"Cần hỏi lại: {doubt}")
    return document


if __name__ == "__main__":
    command()
