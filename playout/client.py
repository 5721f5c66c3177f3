"""HTTP with the station: one kept-alive connection, honest timeouts, errors by name.

The token goes to the station's own origin and nowhere else: redirects are not followed. Every
answer also tells the station's time, if only by its Date header.
"""

import http.client
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from playout import VERSION
from playout.errors import (
    AnswerNotUnderstood,
    BoxError,
    MediaCorrupt,
    MediaCut,
    MediaPutAside,
    StationRefused,
    StationUnreachable,
    TokenRevoked,
)
from playout.files import disk_error
from playout.offset import Exchange
from playout.plan import Audio
from playout.wire import parse_server_time

TIMEOUT_S = 15.0
"""For each step on the wire, not for the whole: a slow download lives while it moves."""

HALF_A_MILLISECOND_NS = 500_000
"""`server_time` is cut to milliseconds; taken as exact, the rest would look like drift and be
carried through hours without a station."""

LARGEST_ANSWER = 8 * 2**20
_CHUNK = 64 * 1024
_GONE = {401, 403, 410}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    etag: str | None


class StationClient:
    """For one thread. `steady_ns` times the exchanges; `heard` gets each of them."""

    def __init__(
        self,
        station_url: str,
        token: str,
        steady_ns: Callable[[], int],
        heard: Callable[[Exchange], None],
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self.station_url = station_url
        self._parts = urlsplit(station_url)
        self._token = token
        self._steady_ns = steady_ns
        self._heard = heard
        self._timeout_s = timeout_s
        self._connection: http.client.HTTPConnection | None = None

    def get_plan(self, etag: str | None) -> Answer:
        """The plan (200) or "you have it" (304). :raises StationUnreachable, StationRefused:"""
        headers = {"If-None-Match": etag} if etag else {}
        return self._ask("GET", "/api/box/v1/plan", None, headers, expected={200, 304})

    def send_plays(self, body: bytes) -> bytes:
        return self._ask("POST", "/api/box/v1/plays", body, _JSON, expected={200}).body

    def send_heartbeat(self, body: bytes) -> None:
        self._ask("POST", "/api/box/v1/heartbeat", body, _JSON, expected={200})

    def fetch_media(self, audio: Audio, part: Path, put_aside: Callable[[], bool]) -> None:
        """Brings `part` to `audio.size_bytes`, going on from what is already there.

        :raises MediaCut: the connection ended early; `part` keeps what came.
        :raises MediaPutAside: `put_aside` said that something more urgent waits.
        :raises MediaCorrupt: the station sent more than the file has.
        """
        have = part.stat().st_size if part.exists() else 0
        if have >= audio.size_bytes:
            return
        headers = {"Range": f"bytes={have}-", "If-Range": f'"{audio.sha256}"'} if have else {}
        target = urlsplit(audio.url)
        path = target.path + (f"?{target.query}" if target.query else "")
        try:
            answer = self._send("GET", path, None, headers)
            if answer.status == 416:
                raise MediaCorrupt(sha256=audio.sha256)  # what lies here is not its beginning
            if answer.status not in {200, 206}:
                self._refuse(answer.status, answer.read(LARGEST_ANSWER))
            start = have if answer.status == 206 else 0
            if start and f"bytes {start}-" not in answer.headers.get("Content-Range", ""):
                raise MediaCorrupt(sha256=audio.sha256)
            self._receive(answer, part, audio, start, put_aside)
        except BoxError:
            self.close()
            raise

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _receive(
        self,
        answer: http.client.HTTPResponse,
        part: Path,
        audio: Audio,
        start: int,
        put_aside: Callable[[], bool],
    ) -> None:
        size = start
        try:
            out = part.open("ab" if start else "wb")
        except OSError as err:
            raise disk_error(err) from err
        with out:
            while size < audio.size_bytes:
                if put_aside():
                    raise MediaPutAside(sha256=audio.sha256)
                chunk = self._read_chunk(answer)
                size += len(chunk)
                if size > audio.size_bytes:
                    raise MediaCorrupt(sha256=audio.sha256)
                if not chunk:
                    raise MediaCut(sha256=audio.sha256, have_bytes=size)
                try:
                    out.write(chunk)
                except OSError as err:
                    raise disk_error(err) from err
        answer.read(1)

    def _read_chunk(self, answer: http.client.HTTPResponse) -> bytes:
        try:
            return answer.read1(_CHUNK)
        except (OSError, http.client.HTTPException) as err:
            raise MediaCut(detail=repr(err)) from err

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | None,
        headers: dict[str, str],
        expected: set[int],
    ) -> Answer:
        sent_ns = self._steady_ns()
        answer = self._send(method, path, body, headers)
        received_ns = self._steady_ns()
        try:
            text = answer.read(LARGEST_ANSWER + 1)
        except (OSError, http.client.HTTPException) as err:
            self.close()
            raise StationUnreachable(detail=repr(err)) from err
        if len(text) > LARGEST_ANSWER:
            self.close()
            raise AnswerNotUnderstood(detail="answer too large")
        self._tell_time(sent_ns, received_ns, answer, text if method == "POST" else b"")
        if answer.status not in expected:
            self._refuse(answer.status, text)
        return Answer(answer.status, text, answer.headers.get("ETag"))

    def _send(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        """A connection the station closed while idle is opened again once; the questions are all
        safe to repeat, by ETag, by Range or by the rows' own ids.
        """
        common = {
            "Authorization": f"Bearer {self._token}",
            "User-Agent": f"loa-box/{VERSION}",
            "Accept-Encoding": "identity",
        }
        for is_fresh in (self._connection is None, True):
            connection = self._connect()
            try:
                connection.request(method, self._parts.path + path, body, common | headers)
                return connection.getresponse()
            except (OSError, http.client.HTTPException) as err:
                self.close()
                if is_fresh:
                    raise StationUnreachable(detail=repr(err)) from err
        raise AssertionError("unreachable")  # the second round is always fresh

    def _connect(self) -> http.client.HTTPConnection:
        if self._connection is None:
            host, port = self._parts.hostname or "", self._parts.port
            if self._parts.scheme == "https":
                self._connection = http.client.HTTPSConnection(
                    host, port, timeout=self._timeout_s, context=ssl.create_default_context()
                )
            else:
                self._connection = http.client.HTTPConnection(host, port, timeout=self._timeout_s)
        return self._connection

    def _tell_time(
        self, sent_ns: int, received_ns: int, answer: http.client.HTTPResponse, text: bytes
    ) -> None:
        """The answer's own `server_time`, which is made for the answer, else the Date header. A
        plan's `server_time` is not used: a document with an ETag may have been made earlier.
        """
        try:
            moment, grain_ns = parse_server_time(text), HALF_A_MILLISECOND_NS
        except AnswerNotUnderstood:
            try:
                moment, grain_ns = parsedate_to_datetime(answer.headers["Date"]), 500_000_000
            except (TypeError, ValueError, IndexError):
                return
        station_ns = round(moment.timestamp() * 1000) * 1_000_000 + grain_ns
        self._heard(Exchange(sent_ns, received_ns, station_ns, grain_ns))

    def _refuse(self, status: int, text: bytes) -> None:
        try:
            code = str(json.loads(text).get("code", ""))
        except (ValueError, AttributeError):
            code = ""
        if status in _GONE:
            raise TokenRevoked(status=status, code=code)
        raise StationRefused(status=status, code=code)


_JSON = {"Content-Type": "application/json"}
