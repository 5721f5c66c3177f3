"""What holds for every page: reachable by all, light, narrow enough for a phone, silent."""

import json

import pytest
import requests
from browser_stage import DESKTOP, PASSWORD, PHONE
from e2e_station import send
from every_page import find_pages

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.slow]

WEIGHT_LIMIT_BYTES = 200_000
NEWCOMER = ("/dang-nhap", "/khong-co-trang-nay")
SECTIONS = {"/", "/tin-bai/", "/lich-phat/", "/nhat-ky/", "/bao-cao/", "/cum-loa/", "/cai-dat"}
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@pytest.fixture(scope="module")
def pages(demo_station) -> list[tuple[str, str]]:
    """(login, path) of every kind of page, found by the one who may see all."""
    visit = requests.Session()
    send(visit, f"{demo_station.url}/dang-nhap", {"login": "quantri", "password": PASSWORD})
    found = find_pages(demo_station.url, visit)
    return [("quantri", path) for path in found] + [("", path) for path in NEWCOMER]


def test_every_section_is_reached_by_links(pages):
    assert {path for _login, path in pages} >= SECTIONS
    assert len(pages) > 35


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_page_shuts_anybody_out(watched, pages, axe, theme, size):
    wrong = []
    for login in ("quantri", ""):
        page = watched.page(login, size, bypass_csp=True)
        page.context.add_init_script(axe)
        page.context.add_cookies([{"name": "theme", "value": theme, "url": watched.url}])
        for path in [path for who, path in pages if who == login]:
            page.goto(path)
            page.wait_for_selector("html.scripted")
            wrong += [f"{path}: {one}" for one in violations(page)]
    watched.forgive("404")
    assert not wrong, "\n".join(wrong)


def violations(page) -> list[str]:
    found = page.evaluate("rules => axe.run({runOnly: rules})", list(RULES))["violations"]
    return [
        f"{one['id']}: {json.dumps(one['nodes'][0]['target'])} {one['nodes'][0]['failureSummary']}"
        for one in found
    ]


def test_no_page_is_wider_than_a_phone(watched, pages):
    page = watched.page("quantri", PHONE)
    wide = {}
    for path in [path for login, path in pages if login]:
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide[path] = width
    assert not wide, wide


def test_a_first_visit_weighs_at_most_200_kb(watched, pages):
    heavy = {}
    for login, path in pages:
        weight = weigh(watched.page(login), path)
        if weight > WEIGHT_LIMIT_BYTES:
            heavy[path] = weight
    watched.forgive("404")
    assert not heavy, heavy


def weigh(page, path: str) -> int:
    """Bytes over the wire of a cold visit, sound left out: it comes when somebody listens."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    media: set[str] = set()
    weights: list[int] = []

    def began(told) -> None:
        if told.get("type") == "Media":
            media.add(told["requestId"])

    def ended(told) -> None:
        if told["requestId"] not in media:
            weights.append(told["encodedDataLength"])

    wire.on("Network.requestWillBeSent", began)
    wire.on("Network.loadingFinished", ended)
    page.goto(path, wait_until="networkidle")
    page.context.close()
    return sum(weights)
