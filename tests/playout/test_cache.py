"""Audio on the disk: whole and right or not there, and never thrown away while it is needed."""

import errno
import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playout.cache import PROTECTED, MediaCache, choose_evictions
from playout.errors import DiskFull, DiskReadOnly, MediaCorrupt, MediaMissing
from playout.plan import Audio

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


def audio_of(content):
    sha = hashlib.sha256(content).hexdigest()
    return Audio(f"/media/{sha}.mp3", sha, len(content), 1000)


def keep(cache, content, needed=None, now=NOON):
    audio = audio_of(content)
    cache.store(audio, lambda _, part: part.write_bytes(content), needed or {}, now)
    return audio.sha256


def test_what_was_kept_is_known_after_a_restart(tmp_path):
    sha = keep(MediaCache(tmp_path, 2**30), b"sound")
    again = MediaCache(tmp_path, 2**30)
    assert again.held == {sha}
    assert again.size_bytes == 5
    assert again.verify(sha).read_bytes() == b"sound"


def test_a_stranger_in_the_folder_is_not_audio(tmp_path):
    (tmp_path / "readme.txt").write_text("x")
    (tmp_path / f"{'a' * 64}.part").write_text("x")
    assert MediaCache(tmp_path, 2**30).held == frozenset()


def test_a_flipped_bit_is_found_and_the_file_is_gone(tmp_path):
    cache = MediaCache(tmp_path, 2**30)
    sha = keep(cache, b"sound")
    (tmp_path / f"{sha}.mp3").write_bytes(b"sounc")
    with pytest.raises(MediaCorrupt):
        cache.verify(sha)
    assert cache.held == frozenset()
    with pytest.raises(MediaMissing):
        cache.verify(sha)


def test_a_truncated_file_is_corrupt(tmp_path):
    cache = MediaCache(tmp_path, 2**30)
    sha = keep(cache, b"sound")
    (tmp_path / f"{sha}.mp3").write_bytes(b"sou")
    with pytest.raises(MediaCorrupt):
        cache.verify(sha)


def test_the_least_needed_goes_when_the_budget_is_full(tmp_path):
    cache = MediaCache(tmp_path, 250)
    unplanned, far = keep(cache, b"a" * 100), keep(cache, b"b" * 100)
    needed = {far: NOON + timedelta(days=5)}
    soon = keep(cache, b"c" * 100, needed)
    assert cache.held == {far, soon}
    assert unplanned not in cache.held
    needed[soon] = NOON + timedelta(hours=1)
    last = keep(cache, b"d" * 100, needed)
    assert cache.held == {soon, last}


def test_what_three_days_need_is_never_dropped(tmp_path):
    cache = MediaCache(tmp_path, 250)
    needed = {keep(cache, bytes([n]) * 100): NOON + timedelta(hours=71) for n in range(2)}
    with pytest.raises(DiskFull):
        keep(cache, b"z" * 100, needed)
    assert cache.held == set(needed)


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 50)),
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 200)),
    st.integers(-50, 300),
)
def test_evictions_make_just_enough_room_and_spare_what_is_needed(held, due_in_h, excess):
    needed = {s: NOON + timedelta(hours=h) for s, h in due_in_h.items()}
    free = {s for s in held if s not in needed or needed[s] > NOON + PROTECTED}
    try:
        chosen = choose_evictions(held, needed, NOON, excess_bytes=excess)
    except DiskFull:
        assert sum(held[s] for s in free) < excess
        return
    assert set(chosen) <= free
    assert sum(held[s] for s in chosen) >= excess
    assert sum(held[s] for s in chosen[:-1]) < max(1, excess)
    far = datetime.max.replace(tzinfo=UTC)
    for gone in chosen:
        assert all(needed.get(gone, far) >= needed.get(s, far) for s in free - set(chosen))


@pytest.mark.parametrize(
    ("number", "named"),
    [(errno.ENOSPC, DiskFull), (errno.EROFS, DiskReadOnly), (errno.EIO, DiskReadOnly)],
)
def test_a_disk_that_refuses_is_named_and_leaves_no_half_file(tmp_path, number, named):
    cache = MediaCache(tmp_path, 2**30)

    def refuse(audio, part):
        raise OSError(number, "no")

    with pytest.raises(named):
        cache.store(audio_of(b"sound"), refuse, {}, NOON)
    assert cache.held == frozenset()


def test_a_really_full_disk_is_refused_before_the_download(tmp_path):
    cache = MediaCache(tmp_path, 2**62)
    huge = Audio("/media/x.mp3", "a" * 64, 2**60, 1000)
    with pytest.raises(DiskFull):
        cache.store(huge, lambda audio, part: pytest.fail("must not be fetched"), {}, NOON)


def test_only_a_few_unfinished_downloads_are_kept(tmp_path):
    cache = MediaCache(tmp_path, 2**30)
    for n in range(9):
        (tmp_path / f"{n:064x}.part").write_bytes(b"x")
    keep(cache, b"sound")
    assert len(list(tmp_path.glob("*.part"))) == 3
