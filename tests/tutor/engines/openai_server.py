"""A real HTTP server on loopback that speaks OpenAI's chat-completions protocol, as well or as badly as it is told.

Each request takes the next of its `acts`; the last one goes on for ever.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Act = Callable[["Handler", dict[str, Any]], None]
Text = str | Callable[[dict[str, Any]], str]
"""What to say, or how to make it from the request."""


class Handler(BaseHTTPRequestHandler):
    """Notes the request and performs the next act."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        self.server.keys.append(self.headers.get("Authorization", ""))
        act = self.server.acts[min(len(self.server.requests), len(self.server.acts)) - 1]
        try:
            act(self, body)
        except (BrokenPipeError, ConnectionResetError):
            self.server.left.set()

    def start(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def event(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Listens on a free port of loopback while it is entered."""

    daemon_threads = True

    def __init__(self, *acts: Act) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.acts = acts
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.left = threading.Event()
        """Set once a client has gone away in the middle of an answer."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def __enter__(self) -> Server:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.shutdown()
        self.server_close()


def _chunk(delta: dict[str, Any], finish: str | None = None, **more: Any) -> str:
    choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
    return json.dumps({"id": "c1", "object": "chat.completion.chunk", "model": "m", "choices": choices, **more})


def _usage(tokens: tuple[int, int]) -> dict[str, int]:
    return {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)}


def says(text: Text, *, tokens: tuple[int, int] = (100, 20), piece: int = 7, as_tool: bool = True) -> Act:
    """A well-behaved server that says `text`: as a tool's arguments where a tool is asked for, streamed if asked to."""

    def act(handler: Handler, body: dict[str, Any]) -> None:
        tool = as_tool and "tools" in body
        said = text if isinstance(text, str) else text(body)
        if not body.get("stream"):
            message = {"role": "assistant", "content": said}
            whole = {"id": "c1", "object": "chat.completion", "model": "m", "usage": _usage(tokens)}
            whole["choices"] = [{"index": 0, "message": message, "finish_reason": "stop"}]
            handler.start(kind="application/json")
            handler.wfile.write(json.dumps(whole).encode())
            return
        handler.start()
        for number, part in enumerate(_pieces(said, piece)):
            function = {"name": "CitedAnswer", "arguments": part} if number == 0 else {"arguments": part}
            call = {"index": 0, "id": "t1" if number == 0 else None, "type": "function", "function": function}
            handler.event(_chunk({"tool_calls": [call]} if tool else {"content": part}))
        handler.event(_chunk({}, "tool_calls" if tool else "stop"))
        usage = {"id": "c1", "object": "chat.completion.chunk", "model": "m", "choices": [], "usage": _usage(tokens)}
        handler.event(json.dumps(usage))
        handler.event("[DONE]")

    return act


def breaks_off(text: str) -> Act:
    """Streams the text and hangs up."""

    def act(handler: Handler, body: dict[str, Any]) -> None:
        handler.start()
        for part in _pieces(text, 7):
            handler.event(_chunk({"content": part}))

    return act


def endless(parts: Iterable[str], pause: threading.Event, seconds: float) -> Act:
    """Streams the parts, which never end, with a pause before each."""

    def act(handler: Handler, body: dict[str, Any]) -> None:
        handler.start()
        for part in parts:
            if pause.wait(seconds):
                return
            handler.event(_chunk({"content": part}))

    return act


def trickles(pause: threading.Event, seconds: float) -> Act:
    """Sends a byte of an event at a time, for ever: the line is busy and nothing is said."""

    def act(handler: Handler, body: dict[str, Any]) -> None:
        handler.start()
        while not pause.wait(seconds):
            handler.wfile.write(b":")
            handler.wfile.flush()

    return act


def fails(status: int, text: str = "no", kind: str = "application/json", **headers: str) -> Act:
    """Answers with an error status."""

    def act(handler: Handler, body: dict[str, Any]) -> None:
        handler.start(status, kind, **headers)
        handler.wfile.write(json.dumps({"error": {"message": text}}).encode())

    return act


def sends(raw: bytes, kind: str) -> Act:
    """Answers with bytes of its own choice, as if all were well."""

    def act(handler: Handler, body: dict[str, Any]) -> None:
        handler.start(200, kind)
        handler.wfile.write(raw)

    return act


def _pieces(text: str, length: int) -> Iterator[str]:
    return (text[start : start + length] for start in range(0, len(text), length))
