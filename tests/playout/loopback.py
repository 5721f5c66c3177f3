"""A station on loopback that speaks the contract and misbehaves on demand. No mock: real HTTP.

Loaded by conftest.py here and by the box's benches; it shares no code with the real station.
"""

import hashlib
import json
import re
import socket
import threading
import time
from collections import deque
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "box-token-for-tests"
FRAME = b"\xff\xf3\x84\xc4" + bytes(188)
FRAME_MS = 24


def make_mp3(duration_ms, salt=0):
    """Silence in the station's format; `salt` makes otherwise equal files different."""
    frames = duration_ms // FRAME_MS
    last = FRAME[:-2] + salt.to_bytes(2)
    return FRAME * (frames - 1) + last


def rfc3339(moment):
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class LoopbackStation:
    """`plan` is the document served; `rows` what was accepted, by id; `script` queues faults."""

    def __init__(self, ahead=timedelta(0)):
        self.ahead = ahead
        self.plan = None
        self.media = {}
        self.rows = {}
        self.offered = []
        self.heartbeats = []
        self.requests = []
        self.poison = set()
        self.explosive = None
        self.revoked = False
        self.changed = threading.Condition()
        self._faults = {}
        self._open = set()
        self._start(0)

    def now(self):
        return datetime.now(UTC) + self.ahead

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def script(self, kind, *faults):
        """Faults for the next requests of a kind: plan, media, plays, heartbeat."""
        self._faults.setdefault(kind, deque()).extend(faults)

    def next_fault(self, kind):
        waiting = self._faults.get(kind)
        return waiting.popleft() if waiting else None

    def add_audio(self, duration_ms, salt=0):
        content = make_mp3(duration_ms, salt)
        sha256 = hashlib.sha256(content).hexdigest()
        self.media[sha256] = content
        return {
            "url": f"/media/{sha256}.mp3",
            "sha256": sha256,
            "bytes": len(content),
            "duration_ms": duration_ms // FRAME_MS * FRAME_MS,
            "mime": "audio/mpeg",
        }

    def item(self, airing, offset_ms, audio, kind="bulletin", **more):
        bulletin = {
            "id": f"b-{airing}",
            "version": 1,
            "title": f"Tin {airing}",
            "topic": "Cải cách hành chính",
        }
        return {
            "airing": airing,
            "kind": kind,
            "offset_ms": offset_ms,
            "duration_ms": more.pop("duration_ms", None) or audio["duration_ms"],
            "bulletin": bulletin if kind == "bulletin" else None,
            "audio": audio,
            "gain_db": 0.0,
        } | more

    def session(
        self,
        name,
        starts_at,
        items,
        *,
        priority="normal",
        grace_ms=60_000,
        mode="whole",
        repeat=None,
    ):
        return {
            "id": name,
            "priority": priority,
            "starts_at": rfc3339(starts_at),
            "late": {"mode": mode, "grace_ms": grace_ms},
            "repeat": repeat,
            "running_order": items,
        }

    def publish(self, version, sessions, poll_s=1, valid_for=timedelta(hours=72)):
        now = self.now()
        self.plan = {
            "schema": 1,
            "plan": version,
            "generated_at": rfc3339(now),
            "valid_until": rfc3339(now + valid_for),
            "server_time": rfc3339(now),
            "poll_s": poll_s,
            "station": {"id": "s", "name": "Đài xã"},
            "box": {"id": "x", "name": "Cụm 1", "zones": [], "volume_percent": 80, "quiet": []},
            "sessions": sessions,
        }

    def wait_for(self, true, timeout_s=20):
        """Until a condition holds, checked at every request; no sleeping."""
        with self.changed:
            if not self.changed.wait_for(lambda: true(self), timeout_s):
                raise AssertionError("the box did not do it in time")

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
        for connection in list(self._open):
            with_no_error(connection.close)
        self._thread.join()

    def start_again(self):
        self._start(self.port)

    def _start(self, port):
        handler = type("Handler", (_Handler,), {"station": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()


def with_no_error(deed):
    try:
        deed()
    except OSError:
        return


class _Handler(BaseHTTPRequestHandler):
    station = None
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        self.station._open.add(self.connection)

    def handle(self):
        with_no_error(super().handle)  # a box that was killed sends a reset

    def finish(self):
        self.station._open.discard(self.connection)
        with_no_error(super().finish)

    def log_message(self, *arguments):
        pass

    def date_time_string(self, timestamp=None):
        return super().date_time_string(self.station.now().timestamp())

    def do_GET(self):
        self._answer(b"")

    def do_POST(self):
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, body):
        station, path = self.station, self.path
        station.requests.append((self.command, path, dict(self.headers)))
        folder = path.split("/")[1]
        kind = folder if folder in {"media", "radio"} else path.rsplit("/", 1)[-1]
        fault = station.next_fault(kind)
        try:
            if kind == "radio":
                self._send_bytes(
                    200, station.media[path.rsplit("/", 1)[-1][:-4]], {"Content-Type": "audio/mpeg"}
                )
            elif self.headers.get("Authorization") != f"Bearer {TOKEN}" or station.revoked:
                self._send(401, {"code": "boxes.token_revoked"})
            elif fault == "drop":
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
            elif isinstance(fault, int):
                self._send(fault, {"code": "boxes.broken"})
            else:
                getattr(self, "_" + kind)(body, fault)
        except (BrokenPipeError, ConnectionResetError, OSError):
            self.close_connection = True
        finally:
            with station.changed:
                station.changed.notify_all()

    def _plan(self, body, fault):
        plan = self.station.plan
        if fault == "garbage":
            self._send_bytes(200, b"<html>portal</html>", {})
        elif plan is None:
            self._send(503, {"code": "boxes.no_plan"})
        elif self.headers.get("If-None-Match") == f'"{plan["plan"]}"':
            self._send_bytes(304, b"", {})
        else:
            self._send(200, plan, {"ETag": f'"{plan["plan"]}"'})

    def _media(self, body, fault):
        content = self.station.media.get(self.path[7:-4])
        if content is None:
            self._send(404, {"code": "media.unknown"})
            return
        if fault == "wrong_bytes":
            content = content[:-1] + bytes([content[-1] ^ 1])
        start = int((re.match(r"bytes=(\d+)-", self.headers.get("Range", "")) or [0, 0])[1])
        headers = {"Content-Type": "audio/mpeg", "Accept-Ranges": "bytes"}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self._headers(206 if start else 200, len(content) - start, headers)
        if isinstance(fault, tuple) and fault[0] == "cut":
            self.wfile.write(content[start : start + fault[1]])
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif isinstance(fault, tuple) and fault[0] == "slow":
            self._drip(content[start:], fault[1])
        else:
            self.wfile.write(content[start:])

    def _drip(self, content, seconds):
        for i in range(0, len(content), max(1, len(content) // 50)):
            self.wfile.write(content[i : i + max(1, len(content) // 50)])
            self.wfile.flush()
            time.sleep(seconds / 50)

    def _plays(self, body, fault):
        station, sent = self.station, json.loads(body)
        if any(row["airing"] == station.explosive for row in sent["plays"] if station.explosive):
            self._send(500, {"code": "boxes.broken"})
            return
        results = [self._accept(sent["boot"], row) for row in sent["plays"]]
        station.offered.append(sent)
        if fault == "lost_answer":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if fault == "duplicated_answers":
            results = results + results
        if fault == "half_answered":
            results = results[: len(results) // 2]
        self._send(200, {"server_time": rfc3339(station.now()), "results": results})

    def _accept(self, boot, row):
        station = self.station
        if row["airing"] in station.poison:
            return {"id": row["id"], "status": "rejected", "reason": "planned_ms is negative"}
        if row["id"] in station.rows:
            return {"id": row["id"], "status": "duplicate", "reason": None}
        station.rows[row["id"]] = row | {"boot": boot}
        return {"id": row["id"], "status": "accepted", "reason": None}

    def _heartbeat(self, body, fault):
        self.station.heartbeats.append(json.loads(body))
        self._send(200, {"server_time": rfc3339(self.station.now())})

    def _send(self, status, value, headers=None):
        self._send_bytes(status, json.dumps(value).encode(), headers or {})

    def _send_bytes(self, status, content, headers):
        self._headers(status, len(content), {"Content-Type": "application/json"} | headers)
        self.wfile.write(content)

    def _headers(self, status, length, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(length))
        self.end_headers()
