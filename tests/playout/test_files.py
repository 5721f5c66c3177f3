"""Small files survive a power cut, and a torn one is known for what it is."""

import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playout.errors import DiskFull, DiskReadOnly
from playout.files import disk_error, read_checked, write_checked
from playout.plan_store import PlanStore, choose_plan


@given(content=st.binary(max_size=200))
def test_what_was_written_is_read(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("f") / "x"
    write_checked(path, content)
    assert read_checked(path) == content
    assert [p.name for p in path.parent.iterdir()] == ["x"]


@pytest.mark.parametrize("cut", range(1, 70, 7))
def test_a_torn_or_changed_file_is_no_file(tmp_path, cut):
    path = tmp_path / "x"
    write_checked(path, b"plan")
    content = path.read_bytes()
    path.write_bytes(content[:-cut])
    assert read_checked(path) is None
    path.write_bytes(
        content[:cut] + bytes([content[cut] ^ 1]) + content[cut + 1 :]
        if cut < len(content)
        else b""
    )
    assert read_checked(path) is None


def test_a_file_that_is_not_there_is_none(tmp_path):
    assert read_checked(tmp_path / "none") is None


@pytest.mark.parametrize(
    ("number", "named"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, DiskReadOnly),
        (errno.EIO, DiskReadOnly),
    ],
)
def test_a_refusing_disk_has_a_name(number, named):
    assert isinstance(disk_error(OSError(number, "x")), named)


def test_a_folder_that_is_gone_is_a_named_error_and_the_old_file_stays(tmp_path):
    with pytest.raises(DiskReadOnly):
        write_checked(tmp_path / "gone" / "x", b"1")


@pytest.fixture
def documents(golden):
    return {n: (golden / f"plan_{n}.json").read_bytes() for n in ("normal", "empty", "emergency")}


@pytest.fixture
def store(tmp_path):
    return PlanStore(tmp_path, "https://loa.example")


def test_a_stored_plan_comes_back(store, documents):
    assert store.load() is None
    store.save(documents["normal"])
    assert store.load().version == "41"


def test_the_plan_before_is_kept_beside_the_newest(store, documents, tmp_path):
    store.save(documents["normal"])
    store.save(documents["emergency"])
    store.save(documents["emergency"])
    (tmp_path / "plan.json").write_bytes(b"torn")
    assert store.load().version == "41"


def test_a_stored_plan_of_another_schema_is_stepped_over(store, tmp_path):
    store.save(b'{"schema": 99}')
    assert store.load() is None


def test_empty_takes_nothing_away_while_the_older_is_valid(build, noon):
    held = build.plan(build.session(noon, [build.item()]), hours=72)
    empty = build.plan(version="2")
    assert choose_plan(held, empty, noon) is held
    assert choose_plan(held, empty, held.valid_until) is empty
    assert choose_plan(None, empty, noon) is empty
    assert choose_plan(empty, build.plan(version="3"), noon).version == "3"


def test_anything_but_empty_takes_over_at_once(build, noon):
    held = build.plan(build.session(noon, [build.item()]))
    cancelled = build.plan(build.session(noon, [], name="s"), version="2")
    assert choose_plan(held, cancelled, noon) is cancelled
