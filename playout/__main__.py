"""`python -m playout run | once | doctor`: the box from the command line."""

import argparse
import logging
import os
import signal
import sys

from playout.assemble import Box
from playout.config import BoxConfig
from playout.doctor import examine
from playout.errors import BoxError


def main(arguments: list[str] | None = None) -> int:
    """0 when all is well, 1 when the box has a fault, 2 when it cannot even begin."""
    parser = argparse.ArgumentParser(prog="python -m playout", description=__doc__)
    parser.add_argument(
        "deed",
        choices=["run", "once", "doctor"],
        help="run: chạy mãi; once: tải lịch, âm thanh và gửi nhật ký một lần; doctor: khám loa",
    )
    deed = parser.parse_args(arguments).deed
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    try:
        config = BoxConfig.from_env(os.environ)
        if deed == "doctor":
            return examine(config, sys.stdout.write)
        box = Box(config)
    except BoxError as err:
        print(f"{err.code}: {err.message}", file=sys.stderr)
        return 2
    return _run(box) if deed == "run" else _once(box)


def _run(box: Box) -> int:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: box.agent.stop())
    try:
        box.agent.run()
    finally:
        box.close()
    return 0


def _once(box: Box) -> int:
    """Plan, audio and rows once, without playing: fills a box before it goes to its pole."""
    try:
        box.link.step()
        while box.fetcher.step() == 0:
            pass
        for fault in box.faults.list():
            print(f"{fault.code}: {fault.message}", file=sys.stderr)
        print(f"{len(box.cache.held)} tệp âm thanh, {box.journal.depth().waiting} dòng chờ gửi")
        return 1 if box.faults.list() else 0
    finally:
        box.close()


if __name__ == "__main__":
    sys.exit(main())
