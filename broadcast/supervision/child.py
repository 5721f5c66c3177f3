"""One child process of `loa up`: started, watched, started again after a growing pause."""

import contextlib
import ctypes
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
STEADY_AFTER_S = 60.0
LARGEST_LOG_BYTES = 10_000_000
PR_SET_PDEATHSIG = 1


@dataclass(slots=True)
class Child:
    """`argv` and `env` say what runs; `log` takes what it prints. Times are monotonic seconds."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    pause_s: float = FIRST_PAUSE_S
    restarts: int = field(default=0)

    def start(self, monotonic: float) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        _turn_over(self.log)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.argv,
                env=dict(self.env),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 -- the supervisor has one thread
            )
        self.started_at = monotonic

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tend(self, monotonic: float) -> bool:
        """Start it again when it has ended and its pause is over. True when it was started.

        A start that the machine refuses (no process, no room for the log) is tried again later:
        the other children need their supervisor.
        """
        if self.is_running:
            if monotonic - self.started_at > STEADY_AFTER_S:
                self.pause_s = FIRST_PAUSE_S
            return False
        if self.due_at == 0.0:
            self.due_at = monotonic + self.pause_s
            self.pause_s = min(self.pause_s * 2, LONGEST_PAUSE_S)
        if monotonic < self.due_at:
            return False
        self.due_at = 0.0
        self.restarts += 1
        self._end_family()
        try:
            self.start(monotonic)
        except OSError:
            return False
        return True

    def ask_to_stop(self) -> None:
        if self.is_running and self.process is not None:
            _signal_group(self.process, signal.SIGTERM)

    def wait_stopped(self, timeout_s: float) -> None:
        """Gone within `timeout_s`, one way or the other, with all its own children."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout_s)
        self._end_family()
        self.process.wait()

    def _end_family(self) -> None:
        """What a dead child left behind would still hold its port, its queue or its leases."""
        if self.process is not None:
            _signal_group(self.process, signal.SIGKILL)

    def last_words(self, lines: int = 3) -> str:
        """The end of its log, for the sentence that says why it does not start."""
        try:
            text = self.log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return "\n".join(text.strip().splitlines()[-lines:])


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def _die_with_parent() -> None:
    """When the supervisor is killed with -9, the kernel asks the child to end (Linux prctl)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _turn_over(log: Path) -> None:
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
