"""One question to Google's speech service and its answer, within time and size limits.

gTTS knows the protocol and writes the question. The sending is ours, because gTTS 2.5.4 switches
TLS verification off, follows redirects, has no limit of size, and its timeout counts from byte to
byte, so that a dripping server holds it for ever.
"""

import base64
import binascii
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import urlsplit

import requests
from gtts import gTTS
from urllib3.exceptions import HTTPError

from audio.speech.errors import (
    SpeechInterrupted,
    SpeechRefused,
    SpeechThrottled,
    SpeechUnavailable,
)

GOOGLE_TLDS = frozenset(
    {"com", "com.vn", "com.hk", "com.sg", "com.tw", "co.jp", "co.kr", "co.th", "fr", "de"}
)
"""A tld becomes part of a host name, so it comes from this list and from nowhere else."""
LARGEST_TEXT = int(gTTS.GOOGLE_TTS_MAX_CHARS)
LARGEST_ANSWER = 2 * 2**20
"""A hundred letters are some 60 kB of base64."""
_PATH = "/_/TranslateWebserverUi/data/batchexecute"
_AUDIO = re.compile(rb'jQ1olc","\[\\"([A-Za-z0-9+/=]*)\\"\]')
_NO_AUDIO = re.compile(rb'"jQ1olc",(?:null|"\[null)')
_Answer = TypeVar("_Answer")


def check_endpoint(endpoint: str) -> str:
    """`endpoint` without a slash at its end, if it is `http(s)://host[:port]` and nothing more.

    :raises ValueError: anything else.
    """
    parts = urlsplit(endpoint)
    bare = parts.path in {"", "/"} and not (parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not bare:
        raise ValueError(f"not http(s)://host[:port]: {endpoint!r}")
    return endpoint.rstrip("/")


class Question(gTTS):  # gTTS has no annotations
    """A text of at most 100 letters, in one request, unsplit and unchanged."""

    def __init__(self, text: str, base_url: str) -> None:
        super().__init__(text, lang="vi", lang_check=False)
        self._url = base_url + _PATH

    def ask(self, session: requests.Session, connect_s: float, answer_s: float) -> bytes:
        """The MP3 that Google answers within `answer_s` seconds, connecting included.

        :raises SpeechThrottled: 429, or a redirect to the page for robots.
        :raises SpeechRefused: Google answered that it has no sound for this text.
        :raises SpeechInterrupted: 5xx, timeout, cut connection, answer without usable sound.
        :raises SpeechUnavailable: any other status.
        """
        try:
            return within(answer_s, lambda: self._send(session, connect_s, answer_s))
        except (requests.RequestException, HTTPError) as error:
            raise SpeechInterrupted(
                "Không kết nối được với dịch vụ giọng đọc Google. Hãy kiểm tra mạng.",
                cause=type(error).__name__,
            ) from error

    def _send(self, session: requests.Session, connect_s: float, answer_s: float) -> bytes:
        deadline = time.monotonic() + answer_s
        with session.post(
            self._url,
            data=self._package_rpc(self.text),
            headers=self.GOOGLE_TTS_HEADERS,
            timeout=(connect_s, answer_s),
            allow_redirects=False,
            stream=True,
        ) as response:
            _check_status(response)
            return find_audio(_read_bounded(response, deadline))


def find_audio(body: bytes) -> bytes:
    """The MP3 inside a batchexecute answer.

    :raises SpeechRefused: the answer is well formed and says that there is no sound.
    :raises SpeechInterrupted: it is something else (a page, a part, wrong base64).
    """
    found = _AUDIO.search(body)
    if found is None:
        if _NO_AUDIO.search(body):
            raise SpeechRefused("Google không đọc được câu này. Hãy sửa câu hoặc chọn giọng khác.")
        raise SpeechInterrupted(began=body[:80].decode("ascii", "replace"))
    try:
        return base64.b64decode(found[1], validate=True)
    except binascii.Error as error:
        raise SpeechInterrupted(cause=str(error)) from error


def within(seconds: float, work: Callable[[], _Answer]) -> _Answer:
    """What `work` returns, or SpeechInterrupted after `seconds`: name look-up has no timeout of
    its own, so the wait is bounded from outside and the thread left to end by itself.
    """
    hands = ThreadPoolExecutor(max_workers=1)
    try:
        return hands.submit(work).result(timeout=seconds)
    except TimeoutError as error:
        raise SpeechInterrupted(
            "Dịch vụ giọng đọc Google trả lời quá chậm. Hãy thử lại sau ít phút."
        ) from error
    finally:
        hands.shutdown(wait=False)


def _check_status(response: requests.Response) -> None:
    status = response.status_code
    to_robot_page = response.is_redirect and "/sorry" in response.headers.get("Location", "")
    if status == HTTPStatus.TOO_MANY_REQUESTS or to_robot_page:
        retry_after = response.headers.get("Retry-After", "")
        raise SpeechThrottled(retry_after_s=float(retry_after) if retry_after.isdigit() else None)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        raise SpeechInterrupted(status=status)
    if status != HTTPStatus.OK:
        raise SpeechUnavailable(
            "Dịch vụ giọng đọc Google từ chối hoặc đã đổi cách gọi. Hãy dùng giọng ngoại tuyến và "
            "báo người quản trị.",
            status=status,
        )


def _read_bounded(response: requests.Response, deadline: float) -> bytes:
    body = bytearray()
    # Not iter_content: it gathers a whole chunk before it lets us look at the clock.
    while part := response.raw.read1(16_384, decode_content=True):
        body += part
        if len(body) > LARGEST_ANSWER or time.monotonic() > deadline:
            raise SpeechInterrupted("Câu trả lời của dịch vụ giọng đọc quá lớn hoặc quá chậm.")
    return bytes(body)
