"""How soon pages can be used on an old PC: Chromium with a CPU four times slower, over loopback.

`python tests/bench/bench_pages.py` starts a station with the demonstration of its own.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))

from browser_stage import DESKTOP, PHONE, QUIETLY, Watched
from e2e_station import Folders, stations
from playwright.sync_api import Page, sync_playwright

SLOWER = 4
LIMIT_MS = 1_000
LIMIT_KB = 200
VISITS = 5
PAGES = ("/", "/tin-bai/", "/tin-bai/moi", "/lich-phat/", "/nhat-ky/", "/bao-cao/", "/cum-loa/")
READY = """() => new Promise((done) => {
  const [visit] = performance.getEntriesByType("navigation");
  requestIdleCallback(() => done({ loaded: visit.domInteractive, idle: performance.now() }));
})"""
"""Scripts have run and the thread is free to answer: from there on every press is heard at once."""


def main() -> list[str]:
    lines = []
    with tempfile.TemporaryDirectory() as base, stations(Folders(base)) as start:
        station = start()
        station.answers()
        station.loa("demo")
        with sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path="/usr/bin/chromium", args=list(QUIETLY)
            )
            watched = Watched(browser, station)
            with watched.open:
                for path in PAGES:
                    for size in (DESKTOP, PHONE):
                        lines.append(measure(watched, path, size))
            browser.close()
    return lines


def measure(watched: Watched, path: str, size: dict[str, int]) -> str:
    times, weights = [], []
    for _visit in range(VISITS):
        page = watched.page("quantri", size)
        time_ms, weight = visit_once(page, path)
        times.append(time_ms)
        weights.append(weight)
        page.context.close()
    best, middle = min(times), sorted(times)[VISITS // 2]
    return (
        f"{path:14} {size['width']:5} px: usable after {middle:4.0f} ms, best {best:4.0f}, "
        f"at {SLOWER}x slower CPU (limit {LIMIT_MS}, {middle / LIMIT_MS:.2f}), "
        f"{max(weights) / 1000:.0f} kB (limit {LIMIT_KB})"
    )


def visit_once(page: Page, path: str) -> tuple[float, int]:
    """Milliseconds until usable and bytes over the wire, of a cold visit."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    weights: list[int] = []
    wire.on("Network.loadingFinished", lambda told: weights.append(told["encodedDataLength"]))
    page.goto(path, wait_until="load")
    idle_ms = page.evaluate(READY)["idle"]
    return idle_ms, sum(weights)


if __name__ == "__main__":
    print("\n".join(main()))
