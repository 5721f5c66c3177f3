"""The locked lists against the advisories that were looked up by hand, on 24 November 2026.

`make audit` asks a service for all there are. Where none can be reached this says what is known,
and that a change of the lists does not fall behind it.
"""

import csv
import re
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)


def advisories():
    with Path(__file__).with_name("advisories.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def locked(name):
    return PINNED.findall((ROOT / name).read_text("utf-8"))


@pytest.mark.parametrize("lock", LOCKS)
def test_nothing_locked_has_a_hole_that_was_looked_up(lock):
    first_good = {row["package"]: row for row in advisories()}
    holes = [
        (package, version, first_good[package]["advisory"])
        for package, version in locked(lock)
        if package in first_good and Version(version) < Version(first_good[package]["first_good"])
    ]
    assert holes == []


def test_every_advisory_is_about_something_that_is_locked():
    there = {package for lock in LOCKS for package, _version in locked(lock)}
    assert {row["package"] for row in advisories()} <= there


@pytest.mark.parametrize("lock", LOCKS)
def test_every_file_of_a_locked_package_is_known_by_its_hash(lock):
    text = (ROOT / lock).read_text("utf-8")
    starts = [found.start() for found in PINNED.finditer(text)]
    blocks = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    assert len(blocks) > 50
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
