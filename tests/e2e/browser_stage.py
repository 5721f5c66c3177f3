"""The demonstration station as a browser sees it: Debian's Chromium, watched for what it complains of."""

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from demo_ahead import shown_station
from e2e_station import send, stations
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

PASSWORD = "loa phường nói thật"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
AXE = "axe-core@4.14.1"
"""From npm at test time: 600 kB that the station itself never needs."""
QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


class Watched:
    """A browser at one station. `complaints` collects what no page may cause."""

    def __init__(self, browser, station) -> None:
        self.browser, self.url = browser, station.url
        self.complaints: list[str] = []
        self.signed_in: dict[str, list[dict]] = {}
        self.open = ExitStack()

    def page(self, login: str = "", size: dict[str, int] = DESKTOP, **more) -> Page:
        """A fresh context: nothing cached, `login` signed in already."""
        context = self.browser.new_context(
            viewport=size, base_url=self.url, locale="vi-VN", has_touch=size is PHONE, **more
        )
        self.open.callback(context.close)
        context.set_default_timeout(PATIENCE_MS)
        if login:
            context.add_cookies(self._cookies_of(login))
        self._watch(context)
        return context.new_page()

    def _cookies_of(self, login: str) -> list[dict]:
        """Signed in once by HTTP: guessing passwords is limited, and so are thirty tests."""
        if login not in self.signed_in:
            visit = requests.Session()
            send(visit, f"{self.url}/dang-nhap", {"login": login, "password": PASSWORD})
            kept = [{"name": one.name, "value": one.value} for one in visit.cookies]
            self.signed_in[login] = [{**one, "url": self.url} for one in kept]
        return self.signed_in[login]

    def _watch(self, context: BrowserContext) -> None:
        """A refused style or script of the content policy is an error in the console, too."""
        context.on("console", self._heard)
        context.on("weberror", lambda told: self.complaints.append(str(told.error)))
        context.on("request", self._asked)

    def _heard(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.page and message.page.url}: {message.text}")

    def _asked(self, request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in {"data", "blob"} and asked.netloc != urlsplit(self.url).netloc:
            self.complaints.append(f"asked another host: {request.url}")

    def forgive(self, words: str) -> None:
        """What the test itself brought about: a cut wire, a refused save."""
        self.complaints = [one for one in self.complaints if words not in one]


@pytest.fixture(scope="session")
def demo_station(tmp_path_factory):
    """One for all browser tests of a process: the demonstration takes a minute and a half."""
    with stations(tmp_path_factory) as start:
        yield shown_station(start, tmp_path_factory)


@pytest.fixture(scope="session")
def chromium():
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed (apt install chromium)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(QUIETLY))
        yield browser
        browser.close()


@pytest.fixture
def watched(chromium, demo_station):
    """Fails the test when a page complained or asked another host."""
    watched = Watched(chromium, demo_station)
    with watched.open:
        yield watched
    complaints = "\n".join(watched.complaints)
    assert not complaints, complaints


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core; fetched once into a folder of the temporary ones."""
    kept = Path(tempfile.gettempdir()) / f"loa-{os.getuid()}" / f"{AXE}.min.js"
    if not kept.exists():
        if shutil.which("npm") is None:
            pytest.skip("npm is not installed, so axe-core cannot be fetched")
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as work:
            _pack_axe(Path(work), kept)
    return kept.read_text("utf-8")


def _pack_axe(work: Path, kept: Path) -> None:
    done = subprocess.run(
        ["npm", "pack", "--silent", AXE], cwd=work, capture_output=True, text=True
    )
    if done.returncode != 0:
        pytest.skip(f"npm cannot fetch {AXE}: {done.stderr[-300:]}")
    [packed] = work.glob("*.tgz")
    with tarfile.open(fileobj=io.BytesIO(packed.read_bytes())) as archive:
        script = archive.extractfile("package/axe.min.js").read()
    fresh = kept.with_suffix(".new")
    fresh.write_bytes(script)
    fresh.replace(kept)
