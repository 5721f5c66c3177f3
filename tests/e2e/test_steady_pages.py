"""Nothing on a page moves under the finger while it loads."""

import pytest
from browser_stage import DESKTOP, PHONE

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.slow]

PAGES = ("/", "/tin-bai/", "/tin-bai/moi", "/lich-phat/", "/nhat-ky/", "/bao-cao/", "/cum-loa/")
STEADY = 0.01
"""A tenth of what the browser makers call good (web.dev/cls): a hair, not a line."""
WATCH = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      const moved = one.sources.map((source) => source.node?.className || source.node?.nodeName);
      window.shifts.push([one.value, String(moved)]);
    }
  }).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_page_shifts_while_it_loads(watched, size):
    moved = {}
    for path in PAGES:
        page = watched.page("quantri", size)
        page.context.add_init_script(f"({WATCH})()")
        page.goto(path, wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        shifts = page.evaluate("window.shifts")
        if sum(value for value, _what in shifts) > STEADY:
            moved[path] = shifts
        page.context.close()
    assert not moved, moved
