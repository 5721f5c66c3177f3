"""Commands of the place: power of the amplifier, status lamp. They never hold up the air."""

import subprocess
from collections.abc import Sequence

from playout.errors import BoxError

LONGEST_RUN_POLLS = 240
"""About a minute of steps; a hanging command is killed, or the next switch would never happen."""


class HookFailed(BoxError):
    code = "box.hook_failed"
    message = "Lệnh bật tắt âm ly hoặc đèn báo bị lỗi. Hãy kiểm tra LOA_BOX_AMP_*_COMMAND."


class Hook:
    """Runs one command at a time, the newest wish last; a finished one is reaped by `tend`."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None
        self._polls = 0
        self._wanted: Sequence[str] = ()

    def run(self, command: Sequence[str]) -> None:
        """:raises HookFailed: the command cannot be started."""
        self._wanted = command
        self.tend()

    def tend(self) -> None:
        """:raises HookFailed: the last command ended badly or hung."""
        if self._running and not self._has_ended(self._running):
            return
        wanted, self._wanted = self._wanted, ()
        if not wanted:
            return
        try:
            self._running = subprocess.Popen(  # the place's own command, by its own settings
                wanted, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
            self._polls = 0
        except OSError as err:
            raise HookFailed(detail=str(err)) from err

    def close(self) -> None:
        """Waits for what runs and was wished: switching the amplifier off is the last deed."""
        for _ in range(2):
            if self._running:
                try:
                    self._running.wait(timeout=5)
                except subprocess.TimeoutExpired:
                    self._running.kill()
                    self._running.wait()
                self._running = None
            self.tend()

    def _has_ended(self, running: subprocess.Popen[bytes]) -> bool:
        status = running.poll()
        if status is None:
            self._polls += 1
            if self._polls < LONGEST_RUN_POLLS:
                return False
            running.kill()
            status = running.wait()
        self._running = None
        if status:
            raise HookFailed(status=status)
        return True
