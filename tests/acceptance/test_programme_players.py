"""Does a joined programme play to its end in the players of the field, without a word?"""

import hashlib
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from audio.ffmpeg import ffmpeg_path
from audio.item import Clip, ItemOrder
from audio.programme import Programme, join
from audio.render import render_item
from audio.tunes import Tune, tune_wav

pytestmark = [pytest.mark.player, pytest.mark.ffmpeg]

MPD_DEADLINE_S = 60
WAV_HEADER_BYTES = 44


def needs(program: str) -> str:
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


@pytest.fixture(scope="module")
def programme(tmp_path_factory) -> Programme:
    """Three rendered items, silence between them: 20 seconds in all."""
    folder = tmp_path_factory.mktemp("programme")
    items = [
        render_item(
            ItemOrder((Clip(tune_wav(tune, folder), "", 0, 0),)),
            folder=folder,
            progress=lambda done, total: None,
            cancelled=lambda: False,
        ).path
        for tune in (Tune.MORNING, Tune.ALERT, Tune.AFTERNOON)
    ]
    parts = [items[0], 1_000, items[1], 2_000, items[2], 1_008]
    return join(parts, folder / "programme.mp3")


def test_ffmpeg_decodes_every_frame_without_a_warning(programme):
    command = [ffmpeg_path(), "-nostdin", "-v", "warning", "-i", str(programme.path)]
    done = subprocess.run([*command, "-f", "s16le", "pipe:1"], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout) == programme.duration_ms * 24 * 2


def test_mpv_plays_to_the_end_without_a_warning_and_knows_the_duration(programme, tmp_path):
    heard = tmp_path / "heard.pcm"
    command = [
        needs("mpv"), "--no-config", "--no-terminal", "--ao=pcm", "--ao-pcm-waveheader=no",
        f"--ao-pcm-file={heard}", "--untimed", "--audio-format=s16", "--gapless-audio=no",
        f"--log-file={tmp_path / 'log'}", "--msg-level=all=warn", "--term-playing-msg=",
        str(programme.path),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    log = (tmp_path / "log").read_text()
    loud = [line for line in log.splitlines() if "][w][" in line or "][e][" in line]
    assert loud == []
    assert heard.stat().st_size == programme.duration_ms * 24 * 2


class Mpd:
    """A private MPD on a socket of its own with an output that really decodes, at full speed."""

    def __init__(self, folder: Path, program: str) -> None:
        self.folder = folder
        self.recorded = folder / "recorded.wav"
        self.log = folder / "log"
        config = folder / "mpd.conf"
        config.write_text(
            f'music_directory "{folder}"\n'
            f'db_file "{folder}/db"\n'
            f'log_file "{self.log}"\n'
            'log_level "default"\n'
            'zeroconf_enabled "no"\n'
            f'bind_to_address "{folder}/socket"\n'
            "audio_output {\n"
            '  type "recorder"\n  name "file"\n  encoder "wave"\n  format "24000:16:1"\n'
            f'  path "{self.recorded}"\n}}\n'
        )
        self.process = subprocess.Popen(
            [program, "--no-daemon", str(config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder)},
        )
        self.lines = self._connected()

    def _connected(self):
        deadline = time.monotonic() + MPD_DEADLINE_S
        while time.monotonic() < deadline:
            try:
                link = socket.socket(socket.AF_UNIX)
                link.connect(str(self.folder / "socket"))
            except (FileNotFoundError, ConnectionRefusedError):
                link.close()
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.05)  # the socket appears when MPD is ready; it tells nobody
                continue
            self.link = link
            lines = link.makefile("rw", encoding="utf-8", newline="\n")
            assert lines.readline().startswith("OK MPD")
            return lines
        raise AssertionError("MPD did not start")

    def ask(self, command: str) -> dict[str, str]:
        self.lines.write(command + "\n")
        self.lines.flush()
        answer = {}
        while (line := self.lines.readline().rstrip("\n")) != "OK":
            assert not line.startswith("ACK"), line
            key, _, value = line.partition(": ")
            answer[key] = value
        return answer

    def close(self) -> None:
        self.lines.close()
        self.link.close()
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def mpd(tmp_path, programme):
    program = needs("mpd")
    shutil.copy(programme.path, tmp_path / "programme.mp3")
    started = Mpd(tmp_path, program)
    yield started
    started.close()


def test_mpd_plays_to_the_end_without_a_warning_and_knows_the_duration(mpd, programme):
    mpd.ask("update")
    while "updating_db" in mpd.ask("status"):
        mpd.ask("idle update")
    facts = mpd.ask('lsinfo "programme.mp3"')
    assert float(facts["duration"]) * 1000 == pytest.approx(programme.duration_ms, abs=1)
    mpd.ask('add "programme.mp3"')
    mpd.ask("play")
    while mpd.ask("status")["state"] == "play":
        mpd.ask("idle player")
    assert "error" not in mpd.ask("status")
    mpd.ask("stop")
    said = [line.partition(" : ")[2] for line in mpd.log.read_text().splitlines()]
    assert said == ["update: added /programme.mp3", 'player: played "programme.mp3"']
    assert mpd.recorded.stat().st_size == WAV_HEADER_BYTES + programme.duration_ms * 24 * 2


def test_the_players_were_given_the_file_that_was_hashed(programme):
    assert hashlib.sha256(programme.path.read_bytes()).hexdigest() == programme.sha256
