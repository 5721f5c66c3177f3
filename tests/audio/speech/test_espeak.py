"""The helper process: what it says, and what happens to us when it is killed or goes mad."""

import array
import ast
import fcntl
import json
import os
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
import wave
from pathlib import Path

import pytest

from audio.speech import espeak_process
from audio.speech.base import SpeechRequest
from audio.speech.clip import duration_of
from audio.speech.errors import SpeechInterrupted, SpeechRefused, SpeechUnavailable
from audio.speech.espeak_process import EspeakProcess
from audio.speech.espeak_speech import VOICES, EspeakSpeech

SENTENCE = "Ủy ban nhân dân xã Đông Hòa thông báo lịch tiêm chủng mở rộng."
QUESTION = {"text": "bà con", "voice": "vi", "rate_wpm": 160, "volume": 55}


@pytest.fixture
def process():
    process = EspeakProcess()
    yield process
    process.close()


@pytest.fixture
def espeak(process) -> EspeakSpeech:
    return EspeakSpeech(process)


def until(happened) -> None:
    deadline = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        os.sched_yield()


def waiting_bytes(pid: int) -> int:
    """What lies unread in the standard input of a process."""
    with Path(f"/proc/{pid}/fd/0").open("rb", buffering=0) as pipe:
        return struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)))[0]


def state(pid: int) -> str:
    """One letter as proc(5) has it: R, S, T stopped, Z ended; X when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "X"


def is_gone(pid: int) -> bool:
    return state(pid) in "ZX"


def stop(pid: int) -> None:
    os.kill(pid, signal.SIGSTOP)
    until(lambda: state(pid) == "T")


def test_a_helper_killed_in_mid_sentence_is_replaced_and_the_sentence_spoken(
    espeak, process, tmp_path
):
    process.ask(QUESTION, 20)
    helper = process.pid
    stop(helper)
    target = tmp_path / "clip.wav"
    speaking = threading.Thread(
        target=espeak.say, args=(SpeechRequest(SENTENCE, VOICES[0]), target)
    )
    speaking.start()
    until(lambda: waiting_bytes(helper) > 0)
    os.kill(helper, signal.SIGKILL)
    speaking.join()
    assert duration_of(target) > 2_000
    assert process.pid not in {None, helper}


def test_a_helper_killed_between_sentences_is_not_noticed(espeak, process, tmp_path):
    process.ask(QUESTION, 20)
    helper = process.pid
    os.kill(helper, signal.SIGKILL)
    until(lambda: is_gone(helper))
    espeak.say(SpeechRequest(SENTENCE, VOICES[0]), tmp_path / "clip.wav")
    assert duration_of(tmp_path / "clip.wav") > 2_000


def test_a_helper_that_hangs_is_ended_when_patience_is(espeak, process, tmp_path):
    process.ask(QUESTION, 20)
    helper = process.pid
    stop(helper)
    with pytest.raises(SpeechInterrupted):
        espeak.say(SpeechRequest(SENTENCE, VOICES[0]), tmp_path / "clip.wav", patience_s=0.1)
    assert is_gone(helper)
    assert process.pid is None
    assert not (tmp_path / "clip.wav").exists()


def test_the_same_helper_speaks_again_and_again(process):
    process.ask(QUESTION, 20)
    helper = process.pid
    lengths = [len(process.ask(QUESTION, 20).samples) for _ in range(5)]
    assert process.pid == helper
    assert max(lengths) < 1.02 * min(lengths)


def test_an_unknown_voice_is_refused_and_the_helper_lives_on(process):
    process.ask(QUESTION, 20)
    helper = process.pid
    with pytest.raises(SpeechRefused):
        process.ask(QUESTION | {"voice": "tlh"}, 20)
    assert process.ask(QUESTION, 20).samples
    assert process.pid == helper


def test_after_closing_nothing_runs_and_a_question_starts_it_anew(process):
    process.ask(QUESTION, 20)
    helper = process.pid
    process.close()
    process.close()
    assert is_gone(helper)
    assert process.ask(QUESTION, 20).samples


def frame(head: object, sound: bytes = b"") -> bytes:
    written = json.dumps(head).encode()
    return struct.pack(">I", len(written)) + written + sound


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0\0",
        b"\xff\xff\xff\xff",
        struct.pack(">I", 3) + b"{]}",
        frame([]),
        frame({}),
        frame({"rate_hz": 22_050}),
        frame({"rate_hz": 22_050, "bytes": "many"}),
        frame({"rate_hz": 22_050, "bytes": -1}),
        frame({"rate_hz": 22_050, "bytes": 10**12}),
        frame({"rate_hz": 22_050, "bytes": 10}, b"short"),
    ],
)
def test_a_helper_that_talks_nonsense_is_ended(answer):
    script = f"import sys; sys.stdout.buffer.write({answer!r})"
    process = EspeakProcess((sys.executable, "-c", script))
    with pytest.raises(SpeechInterrupted):
        process.ask(QUESTION, 20)
    assert process.pid is None


def test_a_job_stopped_in_mid_sentence_leaves_no_answer_for_the_next_question(process):
    """As Celery's time limit does it: an exception out of nowhere, while the answer is awaited."""
    long, short = QUESTION | {"text": "bà con " * 20}, process.ask(QUESTION, 20)

    class Stopped(Exception):
        pass

    def out_of_nowhere(*_: object) -> None:
        raise Stopped

    earlier = signal.signal(signal.SIGALRM, out_of_nowhere)
    try:
        helper = process.pid
        stop(helper)
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with pytest.raises(Stopped):
            process.ask(long, 20)
    finally:
        signal.signal(signal.SIGALRM, earlier)
    assert is_gone(helper)
    assert process.ask(QUESTION, 20) == short


def test_a_machine_without_the_program_says_what_to_install():
    with pytest.raises(SpeechUnavailable, match="espeakng-loader"):
        EspeakProcess(("/nonexistent/python",)).ask(QUESTION, 20)


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.name)
@pytest.mark.parametrize("speed_percent", [50, 100, 150])
def test_no_voice_clips_at_any_speed(espeak, tmp_path, voice, speed_percent):
    espeak.say(SpeechRequest(SENTENCE, voice, speed_percent), tmp_path / "clip.wav")
    with wave.open(str(tmp_path / "clip.wav")) as sound:
        samples = array.array("h", sound.readframes(sound.getnframes()))
    assert 8_000 < max(map(abs, samples)) < 30_000


def test_the_three_regions_sound_different(process):
    def first_words(voice: str) -> bytes:
        # eSpeak's noise runs on from text to text; only a fresh helper repeats itself.
        process.close()
        return process.ask(QUESTION | {"voice": voice}, 20).samples

    assert first_words("vi") == first_words("vi")
    assert len({first_words(voice.name) for voice in VOICES}) == 3


SPEAKER = """
import os, sys
from audio.speech.espeak_process import EspeakProcess
process = EspeakProcess()
question = {"text": "bà con", "voice": "vi", "rate_wpm": 160, "volume": 55}
process.ask(question, 20)
"""


def run_speaker(more: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", SPEAKER + more], check=True, capture_output=True, text=True
    ).stdout


def test_the_gpl_library_is_never_in_our_own_process():
    said = run_speaker(
        "print('espeakng_loader' in sys.modules, 'espeak-ng' in open('/proc/self/maps').read(),"
        "'espeak-ng' in open(f'/proc/{process.pid}/maps').read())"
    )
    assert said.split() == ["False", "False", "True"]


def test_the_helper_imports_nothing_of_the_house():
    tree = ast.parse(espeak_process.HELPER.read_text())
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported - sys.stdlib_module_names == {"espeakng_loader"}


def test_the_helper_ends_with_its_owner_even_if_that_one_is_killed():
    said = run_speaker("print(process.pid, flush=True); os._exit(0)")
    until(lambda: is_gone(int(said)))


def test_a_forked_worker_gets_a_helper_of_its_own():
    said = run_speaker("""
before = process.pid
child = os.fork()
if child == 0:
    assert process.ask(question, 20).samples
    print(process.pid != before, flush=True)
    process.close()
    os._exit(0)
os.waitpid(child, 0)
assert process.ask(question, 20).samples
print(process.pid == before)
""")
    assert said.split() == ["True", "True"]
