"""Google's speech service on the loopback, and a watch over every address that is connected to."""

import base64
import gzip
import json
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from enum import StrEnum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from audio.ffmpeg import ffmpeg_path
from audio.speech.base import SpeechRequest
from audio.speech.espeak_speech import VOICES, EspeakSpeech
from audio.speech.gtts_speech import GoogleLimits, GoogleSpeech
from audio.speech.pace import Pace

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_addresses: list[str] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        _addresses.append(str(arguments[1][0]))
    elif event == "socket.getaddrinfo":
        _addresses.append(str(arguments[0]))


@pytest.fixture(scope="session")
def _watched() -> None:
    # An audit hook sees every connection of the interpreter, and cannot be taken off again.
    sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def connected_to(_watched) -> Iterator[list[str]]:
    """Hosts that the test looked up or connected to; one outside this machine fails the test."""
    _addresses.clear()
    yield _addresses
    assert set(_addresses) <= LOOPBACK


class Fault(StrEnum):
    NONE = auto()
    SENDS_IN_CHUNKS = auto()
    SENDS_ZIPPED = auto()
    THROTTLES = auto()
    SERVER_ERROR = auto()
    FORBIDS = auto()
    HANGS = auto()
    DRIPS = auto()
    CUTS_THE_CONNECTION = auto()
    CUTS_THE_HEAD = auto()
    TRUNCATES_THE_SOUND = auto()
    SENDS_SILENCE = auto()
    SENDS_A_PAGE = auto()
    SENDS_WRONG_BASE64 = auto()
    SENDS_EMPTY_SOUND = auto()
    SENDS_NO_MP3 = auto()
    SENDS_TOO_MUCH = auto()
    HAS_NO_SOUND = auto()
    POINTS_ELSEWHERE = auto()
    ASKS_FOR_A_ROBOT = auto()


def _batch(mp3: bytes) -> bytes:
    inner = json.dumps([base64.b64encode(mp3).decode()], separators=(",", ":"))
    return _envelope(inner)


def _envelope(inner: str | None) -> bytes:
    rows = json.dumps([["wrb.fr", "jQ1olc", inner, None, None, None, "generic"]]).replace(", ", ",")
    return f")]}}'\n\n{len(rows)}\n{rows}\n".encode()


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "GoogleLoopback"

    def log_message(self, *_: object) -> None: ...

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        rpc = json.loads(parse_qs(body)["f.req"][0])
        name, parameters = rpc[0][0][0], json.loads(rpc[0][0][1])
        assert name == "jQ1olc"
        assert parameters[1] == "vi"
        assert self.path == "/_/TranslateWebserverUi/data/batchexecute"
        self.server.asked.append(parameters[0])
        self.server.asked_at.append(time.monotonic())
        getattr(self, f"_{self.server.next_fault()}")(parameters[0])

    def _send(self, body: bytes, status: int = 200, length: int | None = None, **more: str) -> None:
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def _none(self, text: str) -> None:
        self._send(_batch(self.server.mp3(text)))

    def _sends_in_chunks(self, text: str) -> None:
        whole = _batch(self.server.mp3(text))
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for start in range(0, len(whole), 1_000):
            part = whole[start : start + 1_000]
            self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def _sends_zipped(self, text: str) -> None:
        self._send(gzip.compress(_batch(self.server.mp3(text))), Content_Encoding="gzip")

    def _throttles(self, _: str) -> None:
        self._send(b"Too many", 429, Retry_After="7200")

    def _server_error(self, _: str) -> None:
        self._send(b"Oops", 503)

    def _forbids(self, _: str) -> None:
        self._send(b"No", 403)

    def _hangs(self, _: str) -> None:
        self.server.released.wait(30)
        self.close_connection = True

    def _drips(self, _: str) -> None:
        self._send(b"", length=10_000_000)
        try:
            while not self.server.released.wait(0.02):
                self.wfile.write(b".")
                self.wfile.flush()
        except OSError:
            pass
        self.close_connection = True

    def _cuts_the_connection(self, text: str) -> None:
        whole = _batch(self.server.mp3(text))
        self._send(whole[: len(whole) // 2], length=len(whole))
        self.close_connection = True

    def _cuts_the_head(self, _: str) -> None:
        self.close_connection = True

    def _truncates_the_sound(self, text: str) -> None:
        self._send(_batch(self.server.mp3(text)[:900]))

    def _sends_silence(self, _: str) -> None:
        self._send(_batch(self.server.silence))

    def _sends_a_page(self, _: str) -> None:
        self._send(b"<!doctype html><title>Sign in</title>")

    def _sends_wrong_base64(self, _: str) -> None:
        self._send(_envelope('["QUJDR"]'))

    def _sends_empty_sound(self, _: str) -> None:
        self._send(_batch(b""))

    def _sends_no_mp3(self, _: str) -> None:
        self._send(_batch(b"#EXTM3U\nhttp://example.invalid/a.mp3\n" * 40))

    def _sends_too_much(self, _: str) -> None:
        self._send(_batch(b"\xff\xfb" + bytes(3_000_000)))

    def _has_no_sound(self, _: str) -> None:
        self._send(_envelope(None))

    def _points_elsewhere(self, _: str) -> None:
        self._send(b"", 302, Location="http://example.invalid/")

    def _asks_for_a_robot(self, _: str) -> None:
        self._send(b"", 302, Location="https://www.google.com/sorry/index?continue=x")


class Recordings:
    """A text as MP3 in eSpeak's voice, made once for all tests, so that answers come at once."""

    def __init__(self, espeak: EspeakSpeech, folder: Path) -> None:
        self._espeak, self._folder = espeak, folder
        self._making = threading.Lock()
        self._made: dict[str, bytes] = {}
        self.silence = _encode("-f", "lavfi", "-i", "anullsrc=r=24000:cl=mono", "-t", "3")

    def mp3(self, text: str) -> bytes:
        with self._making:
            if text not in self._made:
                spoken = self._folder / "spoken.wav"
                self._espeak.say(SpeechRequest(text, VOICES[0]), spoken)
                self._made[text] = _encode("-i", str(spoken))
            return self._made[text]


class GoogleLoopback(ThreadingHTTPServer):
    """Speaks batchexecute with eSpeak's voice. `faults` are used up one a question, in order."""

    daemon_threads = True

    def __init__(self, recordings: Recordings) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.endpoint = f"http://127.0.0.1:{self.server_port}"
        self.faults: deque[Fault] = deque()
        self.asked: list[str] = []
        self.asked_at: list[float] = []
        self.released = threading.Event()
        self.mp3 = recordings.mp3
        self.silence = recordings.silence

    def next_fault(self) -> Fault:
        return self.faults.popleft() if self.faults else Fault.NONE

    def handle_error(self, *_: object) -> None:
        """A client that gave up is part of the tests."""


def _encode(*source: str) -> bytes:
    command = [ffmpeg_path(), "-v", "error", *source, "-b:a", "32k", "-f", "mp3", "pipe:1"]
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.fixture(scope="session")
def espeak() -> Iterator[EspeakSpeech]:
    speech = EspeakSpeech()
    yield speech
    speech.close()


@pytest.fixture(scope="session")
def recordings(espeak, tmp_path_factory) -> Recordings:
    return Recordings(espeak, tmp_path_factory.mktemp("google"))


@pytest.fixture
def google_server(recordings) -> Iterator[GoogleLoopback]:
    server = GoogleLoopback(recordings)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def google(google_server, tmp_path) -> GoogleSpeech:
    """Google's engine on the loopback, in a hurry."""
    return GoogleSpeech(
        Pace(tmp_path / "state" / "pace", interval_s=0),
        endpoint=google_server.endpoint,
        limits=GoogleLimits(answer_s=1.0, attempts=2, back_off_s=0.001),
    )
