"""`loa read` as an operator runs it: a real process, text in, words out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

WRITTEN = "Kế hoạch số 72/KH-UBND của xã, 24 hộ"


def run(*options: str, text: str | bytes = WRITTEN) -> subprocess.CompletedProcess[bytes]:
    given = text.encode() if isinstance(text, str) else text
    command = [sys.executable, "-m", "broadcast.cli", "read", *options]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)


def test_it_writes_the_spoken_text():
    assert run().stdout.decode() == "Kế hoạch số bảy mươi hai của xã, hai mươi tư hộ\n"


def test_a_southern_voice_says_bon():
    assert "hai mươi bốn hộ" in run("--voice", "south").stdout.decode()


def test_explain_is_json_with_every_change_and_doubt():
    document = json.loads(run("--explain", text="XYZK có 24 hộ").stdout)
    (change,) = document["changes"]
    assert document["written"][change["start"] : change["end"]] == change["written"] == "24"
    assert change["rule"] == "card"
    assert [flag["written"] for flag in document["flags"]] == ["XYZK"]


def test_a_timetable_is_read_with_weekdays():
    assert run("--schedule", text="T2 phát lại").stdout.decode() == "thứ hai phát lại\n"


def test_the_script_is_a_page_in_large_type(tmp_path: Path):
    page = tmp_path / "ban-doc.html"
    run("--script", "html", "--output", str(page))
    assert "<p>Kế hoạch số bảy mươi hai của xã, hai mươi tư hộ</p>" in page.read_text("utf-8")


def test_the_script_is_a_word_file(tmp_path: Path):
    file = tmp_path / "ban-doc.docx"
    assert run("--script", "docx", "--output", str(file)).returncode == 0
    paragraphs = [paragraph.text for paragraph in Document(str(file)).paragraphs]
    assert "Kế hoạch số bảy mươi hai của xã, hai mươi tư hộ" in paragraphs


def test_a_word_file_needs_a_place():
    result = run("--script", "docx")
    assert result.returncode == 2
    assert "--output" in result.stderr.decode()


def test_text_that_is_not_unicode_is_refused_with_what_to_do():
    result = run(text=b"\xff\xfe\x00\x41")
    assert result.returncode == 1
    assert "UTF-8" in result.stderr.decode()


def test_an_old_font_is_named_on_the_error_stream():
    result = run(text="Ñaûng uûy xaõ, Uûy ban nhaân daân xaõ thoâng baùo lòch hoïp")
    assert "VNI" in result.stderr.decode()


@pytest.mark.parametrize("shown", ["--voice", "--explain", "--script", "Ví dụ", "loa read"])
def test_help_shows_options_and_examples(shown: str):
    assert shown in run("--help", text="").stdout.decode()


def test_it_starts_without_the_web_framework():
    code = (
        "import sys, broadcast.commands.read; print('flask' in sys.modules, 'docx' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=60
    )
    assert result.stdout.split() == [b"False", b"False"]
