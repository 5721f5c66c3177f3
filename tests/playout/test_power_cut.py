"""Whatever a power cut leaves of the journal's bytes: what was promised is there, and only once.

The bench (tests/bench/faults_disk.py) does the same at thousands of offsets.
"""

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

NOBODY = 65534


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


@pytest.fixture
def read_only_card():
    """A folder that this process may read and not write, whoever it runs as."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield folder
        if os.geteuid() != os.getuid():
            os.seteuid(os.getuid())
        folder.chmod(0o755)


def lock_card(folder):
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    if os.geteuid() == 0:  # root may write everywhere
        os.seteuid(NOBODY)


def test_a_journal_on_a_card_that_refuses_is_read_with_its_log_and_left_as_it_lies(
    life, tmp_path, power_cut, read_only_card
):
    """Rows that stand only in the write-ahead log must not be forgotten, else they play again."""
    for name in ("journal.db", "journal.db-wal"):
        (read_only_card / name).write_bytes((tmp_path / name).read_bytes())
    lock_card(read_only_card)
    journal = power_cut.Journal(read_only_card / "journal.db", "b2")
    assert (journal.was_broken, journal.is_on_disk) == (False, False)
    journal.close_cut_rows()
    assert journal.played == set(life.promises[-1].played)
    found = {(row.key, row.outcome.value) for row in journal.list_unsent()}
    assert found == set(life.promises[-1].rows)
    journal.close()
    assert not list(read_only_card.glob("*.broken-*"))


def test_a_card_that_is_full_from_the_start_does_not_keep_the_journal_from_working(tmp_path):
    """No file of the process may grow: there is not even room for the journal's first page."""
    work = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "from pathlib import Path; from playout.journal import Journal\n"
        f"journal = Journal(Path({str(tmp_path / 'journal.db')!r}), 'b1')\n"
        "print(journal.was_broken, journal.is_on_disk, journal.played, journal.close_cut_rows())"
    )
    done = subprocess.run([sys.executable, "-B", "-c", work], capture_output=True, text=True)
    assert done.stdout.strip() == "False False set() 0", done.stderr
