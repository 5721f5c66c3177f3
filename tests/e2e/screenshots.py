"""`make screenshots`: every page of the demonstration at two widths into test-artefacts/.

`--readme` also makes the four pictures of README anew, small enough to be committed.
"""

import os
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

import requests
from browser_stage import DESKTOP, PASSWORD, PHONE, QUIETLY, Watched
from e2e_station import ROOT, Folders, send, stations
from every_page import find_pages
from playwright.sync_api import Page, sync_playwright

ARTEFACTS = ROOT / "test-artefacts"
PICTURES = Path(__file__).parent / "pictures"
WIDTHS = {"1280": DESKTOP, "390": PHONE}
README = {
    "hom-nay": "/",
    "soan": "/tin-bai/*/soan",
    "lich": "/lich-phat/",
    "so-lieu": "/bao-cao/?kind=year&year=2023",
}


def main() -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as base, stations(Folders(base)) as start:
        station = start()
        station.answers()
        print("loa demo …", flush=True)
        station.loa("demo")
        visit = requests.Session()
        send(visit, f"{station.url}/dang-nhap", {"login": "quantri", "password": PASSWORD})
        pages = find_pages(station.url, visit)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
                args=list(QUIETLY),
            )
            watched = Watched(browser, station)
            with watched.open:
                take_all(watched, pages)
                if "--readme" in sys.argv:
                    take_readme(watched, pages)
            browser.close()


def take_all(watched: Watched, pages: list[str]) -> None:
    for width, size in WIDTHS.items():
        page = watched.page("quantri", size)
        for number, path in enumerate(pages):
            name = f"{number:02}-{quote(path.strip('/') or 'hom-nay', safe='')[:60]}-{width}.png"
            settle(page, path)
            page.screenshot(path=ARTEFACTS / name, full_page=True)
            print(name, flush=True)


def take_readme(watched: Watched, pages: list[str]) -> None:
    PICTURES.mkdir(exist_ok=True)
    for name, wanted in README.items():
        page = watched.page("quantri", {"width": 1100, "height": 760})
        before, star, after = wanted.partition("*")
        path = wanted
        if star:
            path = next(one for one in pages if one.startswith(before) and one.endswith(after))
        settle(page, path)
        page.screenshot(path=PICTURES / f"{name}.png")


def settle(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle")
    page.evaluate("document.fonts.ready")


if __name__ == "__main__":
    main()
