"""A player in a hot loop beside boxes that poll: what do the others feel?

Liquidsoap 2.1.3 asks 150 to 260 times a second for a list in which a file is missing. Here a
guest asks as fast as it may for a list, and for a key that is not there, while twenty boxes poll
their plan; the limit is the same polling without the guest, in the same run, on the same station.
Run: python tests/bench/bench_bad_guest.py     (about a minute)
"""

import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.acceptance.fault_rig import WholeStation

BOXES = 20
ROUND_S = 12
GUEST_PER_S = 250


def main() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        station = WholeStation(Path(folder))
        try:
            return measure(station)
        finally:
            station.stop()


def measure(station) -> list[str]:
    base = station.up.url
    alone = others_feel(station, guest=None)
    lines = [f"{BOXES} boxes polling, no guest (limit): {told(alone)}"]
    for name, path in (
        ("a list of a right key", f"/p/{station.key}/now.m3u"),
        ("a key that is not there", "/p/nobody/now.m3u"),
    ):
        answers: Counter[int] = Counter()
        beside = others_feel(station, guest=(base + path, answers))
        said = ", ".join(f"{count} x {status}" for status, count in sorted(answers.items()))
        rate = sum(answers.values()) / ROUND_S
        ratio = percentile(beside, 95) / percentile(alone, 95)
        lines.append(
            f"beside a guest asking for {name} at {rate:.0f}/s ({said}): {told(beside)},"
            f" p95 {ratio:.1f} x of the limit"
        )
    return lines


def others_feel(station, guest) -> list[float]:
    """Seconds that each 304 took, while the guest asks."""
    stop, spent = threading.Event(), []
    threads = [
        threading.Thread(target=poll, args=(station, stop, spent, number / BOXES))
        for number in range(BOXES)
    ]
    if guest:
        threads += [threading.Thread(target=hammer, args=(*guest, stop)) for _ in range(2)]
    for thread in threads:
        thread.start()
    stop.wait(ROUND_S)
    stop.set()
    for thread in threads:
        thread.join()
    return spent


def poll(station, stop, spent, first_s):
    """One box, ten times as often as a real one: a question a second."""
    url = f"{station.up.url}/api/box/v1/plan"
    with requests.Session() as http:
        http.headers["Authorization"] = f"Bearer {station.token}"
        etag = http.get(url, timeout=30).headers["ETag"]
        while not stop.wait(first_s or 1.0):
            first_s = 0
            began = time.monotonic()
            answer = http.get(url, headers={"If-None-Match": etag}, timeout=30)
            spent.append(time.monotonic() - began)
            etag = answer.headers.get("ETag", etag)


def hammer(url, answers, stop):
    with requests.Session() as http:
        while not stop.is_set():
            began = time.monotonic()
            answers[http.get(url, timeout=30).status_code] += 1
            stop.wait(max(0.0, 2 / GUEST_PER_S - (time.monotonic() - began)))


def percentile(values, percent) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(len(ordered) * percent / 100))]


def told(spent) -> str:
    p50, p95 = percentile(spent, 50) * 1000, percentile(spent, 95) * 1000
    return f"304 in p50 {p50:.1f} ms, p95 {p95:.1f} ms, worst {max(spent) * 1000:.0f} ms (n={len(spent)})"


if __name__ == "__main__":
    print("\n".join(main()))
