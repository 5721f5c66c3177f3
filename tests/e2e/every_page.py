"""Finds the pages of a station by following its links, one address for each kind of page."""

import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

import requests

NO_PAGES = re.compile(r"\.(?:mp3|docx|xlsx|csv|pdf|ics|m3u|json|svg)$|^/(?:static|media|p)/")
PARTS = ("/hom-nay", "/tren-song", "/tinh-hinh", "/tien-do")
"""Pieces that a page fetches for itself."""
START = ("/", "/tin-bai/moi", "/tin-bai/cho-duyet", "/lich-phat/khan-cap")


def find_pages(url: str, visit: requests.Session) -> list[str]:
    """Paths with their questions, each kind of page once, in the order they were found."""
    kinds: set[str] = set()
    found: list[str] = []
    waiting = deque(START)
    while waiting:
        path = waiting.popleft()
        if kind_of(path) in kinds:
            continue
        kinds.add(kind_of(path))
        page = visit.get(url + path, timeout=30)
        if page.headers.get("Content-Type", "").startswith("text/html") and page.ok:
            found.append(path)
            waiting.extend(links_of(page, url))
    return found


def links_of(page: requests.Response, url: str) -> list[str]:
    links = []
    for href in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', page.text):
        there = urlsplit(urljoin(page.url, unescape(href)))
        if there.netloc != urlsplit(url).netloc or NO_PAGES.search(there.path):
            continue
        if not there.path.endswith(PARTS):
            links.append(there.path + (f"?{there.query}" if there.query else ""))
    return links


def kind_of(path: str) -> str:
    """The address without ids, days and questions: two bulletins are one kind of page."""
    bare = path.partition("?")[0]
    bare = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27,}(?::[^/]*)?", "*", bare)
    return re.sub(r"/(?:\d[\d-]*|[^/]*%3A[^/]*|[^/]*:[^/]*)(?=/|$)", "/*", bare)
