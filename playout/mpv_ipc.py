"""One mpv process and its JSON IPC. The only place that knows how mpv is started and spoken to.

The connection is a socket pair that mpv inherits: no path, and when the box dies, even by
kill -9, mpv sees the end of it and quits instead of playing on alone.
"""

import json
import queue
import socket
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from playout.errors import PlayerFailed

REPLY_S = 3.0
QUIT_S = 2.0

_OPTIONS = (
    "--no-config", "--no-terminal", "--idle=yes", "--no-video", "--pause=yes",
    "--load-scripts=no", "--ytdl=no", "--gapless-audio=yes", "--prefetch-playlist=yes",
    "--volume-max=400", "--network-timeout=10", "--demuxer-max-bytes=8MiB",
    "--demuxer-max-back-bytes=1MiB",
)  # fmt: skip

Event = dict[str, Any]


class MpvProcess:
    """Started by the constructor. `events` yields (steady_ns, event) in order."""

    def __init__(self, audio_device: str, steady_ns: Callable[[], int]) -> None:
        """:raises PlayerFailed: mpv is not installed."""
        self._steady_ns = steady_ns
        self._ours, theirs = socket.socketpair()
        self._replies: dict[int, queue.Queue[Event]] = {}
        self._events: queue.SimpleQueue[tuple[int, Event]] = queue.SimpleQueue()
        self._last_id = 0
        self._is_dead = False
        command = ["mpv", *_OPTIONS, *device_options(audio_device)]
        try:
            with theirs:
                self._process = subprocess.Popen(
                    [*command, f"--input-ipc-client=fd://{theirs.fileno()}"],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )  # fmt: skip
        except OSError as err:
            self._ours.close()
            raise PlayerFailed(reason="player_not_installed", detail=str(err)) from err
        self._reader = threading.Thread(target=self._read, name="mpv", daemon=True)
        self._reader.start()

    def ask(self, *command: Any) -> Any:
        """The `data` of mpv's reply, or None. :raises PlayerFailed: refused, dead or no reply."""
        self._last_id += 1
        number, box = self._last_id, queue.Queue[Event](1)
        self._replies[number] = box
        try:
            self.tell(*command, request_id=number)
            reply = box.get(timeout=REPLY_S)
        except queue.Empty as err:
            raise PlayerFailed(reason="player_stuck") from err
        finally:
            self._replies.pop(number, None)
        if reply.get("error") != "success":
            raise PlayerFailed(reason="player_refused", detail=reply.get("error"))
        return reply.get("data")

    def tell(self, *command: Any, request_id: int = 0) -> None:
        """Sends without waiting. :raises PlayerFailed: mpv has gone."""
        line = json.dumps({"command": command, "request_id": request_id}).encode() + b"\n"
        try:
            self._ours.sendall(line)
        except OSError as err:
            raise PlayerFailed(reason="player_died") from err

    def take_events(self) -> list[tuple[int, Event]]:
        """:raises PlayerFailed: mpv has gone, and nothing of it is left to hear."""
        taken = []
        while not self._events.empty():
            taken.append(self._events.get())
        if not taken and self._is_dead:
            raise PlayerFailed(reason="player_died")
        return taken

    def close(self) -> None:
        with suppress(OSError):
            self._ours.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(timeout=QUIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(timeout=QUIT_S)
        self._ours.close()

    def _read(self) -> None:
        with suppress(OSError), self._ours.makefile("rb") as lines:
            for line in lines:
                now_ns = self._steady_ns()
                message = json.loads(line)
                if "event" in message:
                    self._events.put((now_ns, message))
                elif box := self._replies.get(message.get("request_id", 0)):
                    box.put(message)
        self._is_dead = True
        for box in list(self._replies.values()):
            with suppress(queue.Full):
                box.put_nowait({"error": "player_died"})


def device_options(audio_device: str) -> list[str]:
    """Mpv's own names pass through; `null` and `pcm:FILE` are outputs without a sound card."""
    if audio_device == "auto":
        return []
    if audio_device == "null":
        return ["--ao=null"]
    if audio_device.startswith("pcm:"):
        return ["--ao=pcm", f"--ao-pcm-file={audio_device[4:]}"]
    return [f"--audio-device={audio_device}"]
