"""One child of `loa up`: real processes that die, hang, fork and come back."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from broadcast.supervision.child import (
    FIRST_PAUSE_S,
    LARGEST_LOG_BYTES,
    LONGEST_PAUSE_S,
    STEADY_AFTER_S,
    Child,
)

ENDS = "raise SystemExit('het muc')"
STAYS = "import time; print('up', flush=True); time.sleep(60)"
DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
LEAVES_A_DEAF_CHILD = f"""
import subprocess, sys
born = subprocess.Popen([sys.executable, "-c", {DEAF!r}], stdout=subprocess.PIPE)
born.stdout.readline()
print(born.pid, flush=True)
"""
SUPERVISOR = f"""
import sys, time
from pathlib import Path
from broadcast.supervision.child import Child
child = Child("a", [sys.executable, "-c", {STAYS!r}], {{}}, Path(sys.argv[1]))
child.start(0.0)
print(child.process.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def child_of(tmp_path):
    born = []

    def make(code: str, **environ: str) -> Child:
        log = tmp_path / "logs" / "child.log"
        child = Child("con", [sys.executable, "-S", "-c", code], environ, log)
        born.append(child)
        return child

    yield make
    for child in born:
        child.wait_stopped(0)


def heard(child: Child) -> str:
    """The first line of its log, once it is there."""
    deadline = time.monotonic() + 10
    while not (child.log.exists() and child.log.read_text().endswith("\n")):
        assert time.monotonic() < deadline, "the child said nothing"
        time.sleep(0.01)
    return child.log.read_text().splitlines()[-1]


def is_gone(pid: int) -> bool:
    """True once no process runs under `pid`: reaped, or a zombie that waits for its parent."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            with Path(f"/proc/{pid}/stat").open(encoding="ascii") as stat:
                if stat.read().rsplit(")", 1)[1].split()[0] == "Z":
                    return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.01)
    return False


def test_a_child_that_lives_is_left_alone(child_of):
    child = child_of(STAYS)
    child.start(0.0)
    assert child.is_running
    assert not child.tend(1.0)
    assert child.restarts == 0


def test_a_child_that_died_comes_back_after_its_pause_and_not_before(child_of):
    child = child_of(ENDS)
    child.start(0.0)
    child.process.wait()
    assert not child.tend(1.0)
    assert not child.tend(1.0 + FIRST_PAUSE_S / 2)
    assert child.tend(1.0 + FIRST_PAUSE_S)
    assert child.restarts == 1


def test_the_pause_doubles_with_each_death_up_to_its_limit(child_of):
    child = child_of(ENDS)
    child.start(0.0)
    now, pauses = 0.0, []
    for _death in range(9):
        child.process.wait()
        assert not child.tend(now)
        pauses.append(child.due_at - now)
        now = child.due_at
        assert child.tend(now)
    assert pauses == [min(FIRST_PAUSE_S * 2**n, LONGEST_PAUSE_S) for n in range(9)]


def test_a_child_that_held_out_begins_again_with_the_short_pause(child_of):
    child = child_of(STAYS)
    child.start(0.0)
    child.pause_s = LONGEST_PAUSE_S
    child.tend(STEADY_AFTER_S)
    assert child.pause_s == LONGEST_PAUSE_S
    child.tend(STEADY_AFTER_S + 1)
    assert child.pause_s == FIRST_PAUSE_S


def test_a_child_asked_to_stop_ends_by_the_signal_it_was_asked_with(child_of):
    child = child_of(STAYS)
    child.start(0.0)
    heard(child)
    child.ask_to_stop()
    child.wait_stopped(10)
    assert child.process.returncode == -signal.SIGTERM


def test_a_child_that_hangs_on_the_request_is_killed(child_of):
    child = child_of(DEAF)
    child.start(0.0)
    heard(child)
    child.ask_to_stop()
    child.wait_stopped(0.1)
    assert child.process.returncode == -signal.SIGKILL


def test_no_grandchild_outlives_the_stop(child_of):
    child = child_of(LEAVES_A_DEAF_CHILD)
    child.start(0.0)
    grandchild = int(heard(child))
    child.process.wait()
    child.ask_to_stop()
    child.wait_stopped(1)
    assert is_gone(grandchild)


def test_a_child_comes_back_only_when_the_family_it_left_is_gone(child_of):
    child = child_of(LEAVES_A_DEAF_CHILD)
    child.start(0.0)
    grandchild = int(heard(child))
    child.process.wait()
    child.tend(1.0)
    assert child.tend(1.0 + FIRST_PAUSE_S)
    assert is_gone(grandchild)


def test_stopping_what_never_started_or_has_ended_is_no_error(child_of):
    child = child_of(ENDS)
    child.ask_to_stop()
    child.wait_stopped(0)
    child.start(0.0)
    child.process.wait()
    child.ask_to_stop()
    child.wait_stopped(0)
    assert child.process.returncode == 1


def test_a_child_sees_only_the_environment_it_was_given(child_of):
    child = child_of("import os; print(sorted(os.environ))", LOA_GIVEN="1", LC_CTYPE="C.UTF-8")
    child.start(0.0)
    assert heard(child) == "['LC_CTYPE', 'LOA_GIVEN']"


def test_what_a_child_prints_and_complains_is_kept_for_its_last_words(child_of):
    child = child_of("import sys; print('mot'); sys.exit('hai\\nba\\nbon')")
    assert child.last_words() == ""
    child.start(0.0)
    child.process.wait()
    assert sorted(child.last_words(9).splitlines()) == ["ba", "bon", "hai", "mot"]
    assert len(child.last_words(2).splitlines()) == 2


def test_the_log_goes_on_over_a_restart(child_of):
    child = child_of(ENDS)
    for moment in (0.0, 1.0):
        child.start(moment)
        child.process.wait()
    assert child.log.read_text().splitlines() == ["het muc", "het muc"]


def test_a_log_that_grew_too_large_is_turned_over_at_the_start(child_of):
    child = child_of(ENDS)
    child.log.parent.mkdir()
    with child.log.open("wb") as log:
        log.truncate(LARGEST_LOG_BYTES + 1)
    child.start(0.0)
    child.process.wait()
    assert child.log.read_text() == "het muc\n"
    assert child.log.with_suffix(".log.1").stat().st_size == LARGEST_LOG_BYTES + 1


def test_a_child_ends_with_a_supervisor_that_was_killed(tmp_path):
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path / "a.log")],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with supervisor:
        pid = int(supervisor.stdout.readline())
        supervisor.kill()
    assert is_gone(pid)


def test_a_start_the_machine_refuses_is_tried_again_and_ends_nobody(child_of):
    child = child_of(ENDS)
    child.start(0.0)
    child.process.wait()
    working, child.argv = child.argv, ["/no/such/program"]
    assert not child.tend(1.0)
    assert not child.tend(1.0 + FIRST_PAUSE_S)
    child.argv = working
    assert not child.tend(2.0 + FIRST_PAUSE_S)
    assert child.tend(2.0 + 3 * FIRST_PAUSE_S)
