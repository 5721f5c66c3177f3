"""Lets the demonstration go out once for all browser tests: `python tests/e2e/demo_ahead.py FOLDER`.

A showing takes a minute and a half of the clock and next to no work. `.ci/tests` begins it before
the other tests; each stage then starts a station of its own on a copy of FOLDER/data, and
FOLDER/told is what `loa demo` said.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from e2e_station import Folders, RunningStation, stations


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as base, stations(Folders(base)) as start:
        station = start(folder / "data")
        told = show(station)
        station.stop()
        (folder / "told").write_text(told, "utf-8")


def show(station: RunningStation) -> str:
    station.answers()
    return station.loa("demo")


def shown_station(start, tmp_path_factory) -> RunningStation:
    """A station of its own after the demonstration; `told` is what that said.

    It stands on a copy of what was shown ahead, or, where nothing was, shows it itself.
    """
    data = tmp_path_factory.mktemp("shown") / "data"
    ahead = os.environ.get("LOA_TEST_DEMO")
    if ahead:
        shutil.copytree(Path(ahead) / "data", data)
    station = start(data)
    if ahead:
        station.answers()
        station.told = (Path(ahead) / "told").read_text("utf-8")
    else:
        station.told = show(station)
    return station


if __name__ == "__main__":
    main(Path(sys.argv[1]))
