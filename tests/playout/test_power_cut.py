"""Whatever a power cut leaves of the journal's bytes: what was promised is there, and only once.

The bench (tests/bench/faults_disk.py) does the same at thousands of offsets.
"""

import random

import pytest


@pytest.fixture
def life(tmp_path, power_cut):
    lived = power_cut.Life(tmp_path)
    yield lived
    lived.close()


def test_a_log_cut_at_any_byte_keeps_every_commit_before_it_and_none_after(life):
    chance = random.Random(5)
    offsets = life.offsets(chance, more=100)
    assert offsets[0] == 0 or offsets[0] < life.born_bytes
    assert [lie for at in offsets[:: 1 + len(offsets) // 150] for lie in life.cut_at(at)] == []


def test_a_commit_torn_between_its_sectors_has_happened_or_has_not(life):
    chance = random.Random(6)
    numbers = range(1, len(life.promises))
    assert [lie for number in numbers for lie in life.tear(number, chance)] == []


def test_a_checkpoint_that_was_cut_in_the_middle_loses_nothing(life):
    chance = random.Random(7)
    assert [lie for _ in range(20) for lie in life.half_checkpoint(chance)] == []


def test_the_judge_notices_a_journal_that_does_not_sync(life):
    """A promise that the bytes do not hold is told, else the three tests above could not fail."""
    life.promises[-1] = life.promises[-2]
    assert life.cut_at(life.promises[-1].log_bytes + 10**6) != []
