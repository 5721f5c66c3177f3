"""The line between a station and its listeners: it counts, and it breaks where it is told to."""

import contextlib
import socket
import threading
from dataclasses import dataclass, field

METHODS = ("GET ", "HEAD ", "POST ")
CHUNK = 65_536


@dataclass
class Asked:
    """One request as it went over the line. `status` is 0 while nothing was answered."""

    method: str
    path: str
    headers: dict[str, str]
    status: int = 0


@dataclass
class Cut:
    """The next `times` answers to paths with `where` end after `after_bytes`, head included."""

    where: str
    after_bytes: int
    times: int = 1


@dataclass
class _Call:
    client: socket.socket
    station: socket.socket
    asked: list[Asked] = field(default_factory=list)
    budget: int | None = None


class CutWire:
    """A TCP proxy on loopback. With `Cut(where, 0)` the station has done its deed, but its
    answer is lost: the proxy waits for the first byte of it and hangs up.
    """

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.asked: list[Asked] = []
        self.cuts: list[Cut] = []
        self.news = threading.Condition()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def paths(self, where: str = "", method: str = "") -> list[Asked]:
        return [one for one in list(self.asked) if where in one.path and method in {"", one.method}]

    def wait_for(self, happened, timeout_s: float):
        """Until `happened(self)`; looked at again with every request and answer."""
        with self.news:
            assert self.news.wait_for(lambda: happened(self), timeout_s), [
                (one.method, one.path, one.status) for one in self.asked
            ][-20:]

    def forget(self) -> None:
        self.asked, self.cuts = [], []

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                station = socket.create_connection(("127.0.0.1", self.target_port))
            except OSError:
                client.close()
                continue
            for end in (client, station):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            call = _Call(client, station)
            threading.Thread(target=self._carry_questions, args=(call,), daemon=True).start()
            threading.Thread(target=self._carry_answers, args=(call,), daemon=True).start()

    def _carry_questions(self, call: _Call) -> None:
        with contextlib.suppress(OSError):
            while chunk := call.client.recv(CHUNK):
                head = chunk.decode("latin-1")
                if head.startswith(METHODS):
                    self._note_question(call, head)
                call.station.sendall(chunk)
            call.station.shutdown(socket.SHUT_WR)

    def _note_question(self, call: _Call, head: str) -> None:
        first, *lines = head.partition("\r\n\r\n")[0].split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = dict(line.split(": ", 1) for line in lines if ": " in line)
        asked = Asked(method, path, {name.lower(): value for name, value in headers.items()})
        cut = next((one for one in self.cuts if one.times and one.where in path), None)
        if cut:
            cut.times -= 1
            call.budget = cut.after_bytes
        call.asked.append(asked)
        with self.news:
            self.asked.append(asked)
            self.news.notify_all()

    def _carry_answers(self, call: _Call) -> None:
        with contextlib.suppress(OSError):
            while chunk := call.station.recv(CHUNK):
                if chunk.startswith(b"HTTP/1.") and call.asked and not call.asked[-1].status:
                    with self.news:
                        call.asked[-1].status = int(chunk[9:12])
                        self.news.notify_all()
                if call.budget is not None:
                    chunk, call.budget = chunk[: call.budget], call.budget - len(chunk)
                call.client.sendall(chunk)
                if call.budget is not None and call.budget <= 0:
                    break
        for end in (call.client, call.station):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
