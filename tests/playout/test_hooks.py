"""The amplifier and the lamp: newest wish last, and never in the way of the air."""

import pytest

from playout.hooks import Hook, HookFailed


@pytest.fixture
def hook():
    made = Hook()
    yield made
    made.close()


def test_wishes_run_one_after_the_other_and_the_newest_wins(tmp_path):
    log, hook = tmp_path / "log", Hook()
    gate = tmp_path / "gate"
    hook.run(["sh", "-c", f"while [ ! -e {gate} ]; do sleep 0.01; done; echo first >> {log}"])
    hook.run(["sh", "-c", f"echo never >> {log}"])
    hook.run(["sh", "-c", f"echo last >> {log}"])
    gate.touch()
    hook.close()
    hook.close()
    assert log.read_text().split() == ["first", "last"]


def test_a_command_that_does_not_exist_is_named(hook):
    with pytest.raises(HookFailed):
        hook.run(["/no/such/amplifier"])


def test_a_command_that_fails_is_told_when_it_has_ended(hook):
    hook.run(["sh", "-c", "exit 3"])
    hook._running.wait()
    with pytest.raises(HookFailed) as caught:
        hook.tend()
    assert caught.value.facts["status"] == 3
    hook.tend()


def test_a_hanging_command_is_killed_in_the_end(hook, monkeypatch):
    monkeypatch.setattr("playout.hooks.LONGEST_RUN_POLLS", 3)
    hook.run(["sleep", "600"])
    hook.tend()
    hook.tend()
    with pytest.raises(HookFailed):
        hook.tend()


def test_no_command_is_no_deed(hook):
    hook.run(())
    hook.tend()
    assert hook._running is None
