import os
import sys
from pathlib import Path

import pytest

from audio.speech.base import Engine, SpeechRequest, Voice
from audio.speech.clip import duration_of
from audio.speech.command_speech import CommandLimits, CommandSpeech
from audio.speech.errors import (
    SpeechInterrupted,
    SpeechRefused,
    SpeechThrottled,
    SpeechUnavailable,
)

ODD = Voice(Engine.COMMAND, "$(id); rm -rf {speed}", "Tên lạ")
ASKED = SpeechRequest("Bà con chú ý nghe thông báo.", ODD, 80)


@pytest.fixture
def answering(write_wav):
    """A program of the given Python lines; `answer()` in them sends a good WAV."""
    sound = str(write_wav("hum.wav", 2_000))
    opening = f"""
import os, sys, time
def answer():
    sys.stdout.buffer.write(open({sound!r}, "rb").read())
"""

    def build(lines: str, *more: str, environ=None, **limits) -> CommandSpeech:
        return CommandSpeech(
            [sys.executable, "-c", opening + lines, *more],
            [ODD],
            environ=environ or {},
            limits=CommandLimits(**limits),
        )

    return build


@pytest.fixture
def target(tmp_path) -> Path:
    return tmp_path / "clip.wav"


def test_the_text_comes_as_utf_8_and_the_voice_and_speed_as_arguments(answering, target, tmp_path):
    speech = answering(
        "open(sys.argv[1], 'wb').write(sys.stdin.buffer.read() + '|'.join(sys.argv[2:]).encode())\n"
        "answer()",
        str(tmp_path / "seen"), "{voice}", "--speed={speed}",
    )  # fmt: skip
    speech.say(ASKED, target)
    seen = (tmp_path / "seen").read_text()
    assert seen == f"{ASKED.text}$(id); rm -rf {{speed}}|--speed=80"
    assert duration_of(target) == 2_000


def test_the_program_sees_only_the_environment_it_was_given(answering, target, tmp_path, monkeypatch):  # fmt: skip
    monkeypatch.setenv("LOA_SECRET_KEY", "s3cret")
    speech = answering(
        "open(sys.argv[1], 'w').write(' '.join(sorted(os.environ))); answer()",
        str(tmp_path / "seen"),
        environ={"FPT_KEY": "k"},
    )
    speech.say(ASKED, target)
    assert (tmp_path / "seen").read_text().split()[0] == "FPT_KEY"
    assert "LOA_SECRET_KEY" not in (tmp_path / "seen").read_text()


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ("sys.exit(1)", SpeechUnavailable),
        ("sys.exit(65)", SpeechRefused),
        ("sys.exit(75)", SpeechThrottled),
        ("os.kill(os.getpid(), 9)", SpeechUnavailable),
        ("answer(); sys.exit(1)", SpeechUnavailable),
        ("", SpeechInterrupted),
        ("print('<html>Sign in</html>')", SpeechInterrupted),
        ("sys.stdout.write('RIFF' + 'x' * 99)", SpeechInterrupted),
    ],
)
def test_its_status_and_its_answer_decide(answering, target, lines, error):
    with pytest.raises(error):
        answering(lines).say(ASKED, target)
    assert not target.exists()


def test_its_last_words_are_kept_for_the_administrator(answering, target):
    speech = answering("sys.exit('y' * 9000 + ' no such model')")
    with pytest.raises(SpeechUnavailable) as caught:
        speech.say(ASKED, target)
    assert caught.value.facts["said"].strip().endswith("no such model")
    assert len(caught.value.facts["said"]) == 300
    assert "no such model" not in caught.value.message


def test_one_that_never_reads_its_input_does_not_block_us(answering, target):
    speech = answering("answer()", longest_text=2_000_000)
    long = SpeechRequest("dài lắm " * 4 + "đ" * 1_000_000, ODD)
    speech.say(long, target)
    assert target.exists()


def test_too_much_output_is_cut_off(answering, target):
    endless = "while True: sys.stdout.buffer.write(bytes(65536))"
    with pytest.raises(SpeechInterrupted, match="quá nhiều dữ liệu"):
        answering(endless, largest_answer=1_000_000).say(ASKED, target)


@pytest.mark.parametrize(
    "lines", ["time.sleep(600)", "answer(); sys.stdout.flush(); os.close(1); time.sleep(600)"]
)
def test_one_that_does_not_end_is_ended(answering, target, lines):
    with pytest.raises(SpeechInterrupted, match="quá lâu"):
        answering(lines, patience_s=0.3).say(ASKED, target)


def test_its_children_are_ended_with_it(answering, target, tmp_path):
    """The grandchild holds a pipe's end open: reading that pipe to its end proves it is gone."""
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    speech = answering(
        "kept = open(sys.argv[1], 'w')\n"
        "if os.fork() == 0: time.sleep(600)\n"
        "kept.write('x'); kept.flush(); time.sleep(600)",
        str(tmp_path / "pipe"),
        patience_s=1.0,
    )
    with pytest.raises(SpeechInterrupted):
        speech.say(ASKED, target)
    os.set_blocking(reader, True)
    assert os.read(reader, 10) == b"x"
    assert os.read(reader, 10) == b""
    os.close(reader)


def test_a_command_that_does_not_exist_is_named(target):
    speech = CommandSpeech(["/nonexistent/piper"], [ODD], environ={})
    with pytest.raises(SpeechUnavailable, match=r"/nonexistent/piper.*Cài đặt"):
        speech.say(ASKED, target)


def test_another_command_is_another_version_and_the_same_one_is_not():
    versions = [
        CommandSpeech(command, [ODD], environ={}).version
        for command in (["piper", "a b"], ["piper", "a", "b"], ["piper", "a b"])
    ]
    assert versions[0] == versions[2] != versions[1]


def test_it_sets_the_speed_when_its_command_mentions_it():
    assert CommandSpeech(["x", "--length={speed}"], [ODD], environ={}).sets_speed
    assert not CommandSpeech(["x", "{voice}"], [ODD], environ={}).sets_speed
