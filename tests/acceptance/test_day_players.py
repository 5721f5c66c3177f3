"""mpv and MPD play a station's day over the network and know how long it lasts."""

import os
import socket
import subprocess
import time

import pytest

from tests.acceptance.cut_wire import Cut

pytestmark = [pytest.mark.player, pytest.mark.ffmpeg]

MPD_START_S = 30
WAV_HEADER_BYTES = 44
BYTES_PER_MS = 24 * 2


@pytest.fixture
def mpv(program, tmp_path):
    """`mpv(url)` plays it four times as fast into nothing; says exit code, durations, warnings."""
    path, log = program("mpv"), tmp_path / "mpv.log"

    def play(url, *args):
        words = [
            path, "--no-config", "--ao=null", "--speed=4", "--no-input-terminal",
            "--term-status-msg=", "--term-playing-msg=LASTS ${=duration/full}",
            f"--log-file={log}", *args, url,
        ]  # fmt: skip
        done = subprocess.run(words, capture_output=True, text=True, timeout=60)
        lasted = [
            float(line.split()[1]) * 1000
            for line in done.stdout.splitlines()
            if line.startswith("LASTS ")
        ]
        loud = [line for line in log.read_text().splitlines() if "][e][" in line]
        return done.returncode, lasted, loud

    return play


def test_mpv_plays_the_day_and_knows_each_duration_to_the_millisecond(day, mpv, quiet_wire):
    code, lasted, loud = mpv(f"{day.url}/today.m3u")
    assert (code, loud) == (0, [])
    assert lasted == pytest.approx([one.duration_ms for one in day.sounds], abs=1)
    asked = [one.path for one in quiet_wire.paths("/audio/")]
    assert asked == [f"/p/{day.station.key}/audio/{one.sha256}.mp3" for one in day.sounds]


def test_mpv_hears_every_sample_of_a_session_though_the_line_breaks(day, mpv, quiet_wire, tmp_path):
    heard = tmp_path / "heard.pcm"
    quiet_wire.cuts = [Cut("/session/", day.joined.bytes // 2)]
    code, lasted, _ = mpv(
        f"{day.url}/session/{day.today.id}.mp3", "--ao=pcm", f"--ao-pcm-file={heard}",
        "--ao-pcm-waveheader=no", "--audio-format=s16", "--speed=1", "--untimed",
    )  # fmt: skip
    assert (code, lasted) == (0, pytest.approx([day.joined.duration_ms], abs=1))
    assert heard.stat().st_size == day.joined.duration_ms * BYTES_PER_MS
    asked = quiet_wire.paths("/session/")
    assert {one.status for one in asked} == {206}
    assert any(one.headers["range"] != "bytes=0-" for one in asked), "it resumed"


class Mpd:
    """A private MPD that decodes to a file at full speed."""

    def __init__(self, folder, path):
        self.recorded, self.log = folder / "recorded.wav", folder / "log"
        config = folder / "mpd.conf"
        config.write_text(
            f'music_directory "{folder}"\ndb_file "{folder}/db"\nlog_file "{self.log}"\n'
            f'zeroconf_enabled "no"\nbind_to_address "{folder}/socket"\n'
            'audio_output {\n  type "recorder"\n  name "file"\n  encoder "wave"\n'
            f'  format "24000:16:1"\n  path "{self.recorded}"\n}}\n'
        )
        self.process = subprocess.Popen(
            [path, "--no-daemon", str(config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder)},
        )
        self.link = self._connected(str(folder / "socket"))
        self.lines = self.link.makefile("rw", encoding="utf-8", newline="\n")
        assert self.lines.readline().startswith("OK MPD")

    def _connected(self, address):
        deadline = time.monotonic() + MPD_START_S
        while True:
            link = socket.socket(socket.AF_UNIX)
            try:
                link.connect(address)
            except OSError:
                link.close()
                assert self.process.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)  # the socket appears when MPD is ready; it tells nobody
            else:
                return link

    def ask(self, command):
        self.lines.write(command + "\n")
        self.lines.flush()
        answer = []
        while (line := self.lines.readline().rstrip("\n")) != "OK":
            assert not line.startswith("ACK"), line
            answer.append(line.partition(": ")[::2])
        return answer

    def play(self):
        """To the end; the duration MPD told of each song it played, in milliseconds."""
        told = {}
        self.ask("play")
        while (status := dict(self.ask("status")))["state"] == "play":
            if "duration" in status:
                told[status["songid"]] = float(status["duration"]) * 1000
            self.ask("idle player")
        assert "error" not in status
        self.ask("stop")
        return list(told.values())

    def close(self):
        self.lines.close()
        self.link.close()
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def mpd(program, tmp_path):
    started = Mpd(tmp_path, program("mpd"))
    yield started
    started.close()


def test_mpd_plays_the_day_to_its_last_sample(day, mpd, quiet_wire):
    mpd.ask(f'load "{day.url}/today.m3u"')
    listed = [value for key, value in mpd.ask("playlistinfo") if key == "Name"]
    assert listed[0] == "Lịch tiêm chủng tháng 12"
    mpd.play()
    assert "failed" not in mpd.log.read_text().lower()
    whole_ms = sum(one.duration_ms for one in day.sounds)
    assert mpd.recorded.stat().st_size == WAV_HEADER_BYTES + whole_ms * BYTES_PER_MS


def test_mpd_knows_how_long_a_session_lasts(day, mpd, quiet_wire):
    mpd.ask(f'add "{day.url}/session/{day.today.id}.mp3"')
    assert mpd.play() == pytest.approx([day.joined.duration_ms], abs=1)
    assert mpd.recorded.stat().st_size == WAV_HEADER_BYTES + day.joined.duration_ms * BYTES_PER_MS


def test_an_item_withdrawn_after_the_list_was_read_is_skipped(day, mpv, tmp_path):
    listed = [f"{day.url}/audio/{one.sha256}.mp3" for one in day.sounds]
    listed[1] = f"{day.url}/audio/{'0' * 64}.mp3"
    kept = tmp_path / "kept.m3u"
    kept.write_text("#EXTM3U\n" + "\n".join(listed))
    code, lasted, _ = mpv(str(kept))
    assert code == 3, "mpv says that some could not be played"
    expected = [day.sounds[0].duration_ms, day.sounds[2].duration_ms]
    assert lasted == pytest.approx(expected, abs=1)
