"""Serves the page: first it is reachable, then the library gets ready behind it."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from corpus.blueprint import Exam, Status
from corpus.errors import SettingsError
from corpus.exam_pack import load_pack
from corpus.settings import Settings
from tutor.assemble import assemble, open_library
from tutor.tutor import Tutor
from ui.background import Background
from ui.page.chat import Chat, build_chat
from ui.page.citations import escaped
from ui.page.library_state import LibraryView, build_library_state
from ui.page.styles import CSS
from ui.page.theme import HEAD, make_theme

if TYPE_CHECKING:
    import gradio as gr

FURTHER_PORTS = 20
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  not bound here: how such an address is reached

LOOPBACK = ("127.0.0.1", "localhost", "::1")

Say = Callable[[str], None]


def serve_page(settings: Settings, *, host: str, port: int, say: Say) -> None:
    """Serve until Ctrl-C. `say` is told where the page is, once it answers.

    Raises:
        SettingsError: the address is not this machine's, or none of its ports is free.
    """
    pack = load_pack(settings.pack)
    library = open_library(settings)
    background = Background(library, pack)
    page = build_page(assemble(settings, library, pack), background)
    try:
        bound = launch(page, host, port)
        if bound != port:
            say(f"Port {port} is taken; using {bound}.")
        say(f"Exam Tutor is at {_address(host, bound)}")
        background.start()
        threading.Event().wait()
    except KeyboardInterrupt:
        say("Stopping.")
    finally:
        background.stop()
        page.close(verbose=False)
        library.close()


def build_page(tutor: Tutor, background: Background) -> gr.Blocks:
    """The page over a tutor, not yet served."""
    _quieten_gradio()
    import gradio as gr  # noqa: PLC0415  three seconds, so not before a page is wanted

    exam = tutor.pack.exam
    page = gr.Blocks(title=f"Exam Tutor · {exam.code}", analytics_enabled=False)
    with page:
        gr.HTML(_header_html(exam), apply_default_css=False, js_on_load=None)
        build_library_state(page, LibraryView(tutor.library, background))
        build_chat(Chat(tutor, background))
    return page


def launch(page: gr.Blocks, host: str, port: int) -> int:
    """Serve from a thread of its own; returns the port, the first free one from `port` on.

    Raises:
        SettingsError: the address is not this machine's, or no port is free.
    """
    for candidate in range(port, min(port + FURTHER_PORTS, 65535) + 1):
        if not _is_free(host, candidate):
            continue
        try:
            page.launch(
                server_name=f"[{host}]" if ":" in host else host,
                server_port=candidate,
                prevent_thread_lock=True,
                quiet=True,
                inline=False,
                share=False,
                show_error=False,
                footer_links=[],
                run_history=False,
                enable_monitoring=False,
                max_file_size=1,
                num_workers=0,
                ssr_mode=False,
                pwa=False,
                mcp_server=False,
                theme=make_theme(),
                head=f"{HEAD}<style>{CSS}</style>",  # `css=` would put every media rule out of force above the content
            )
        except OSError:  # somebody took the port in this moment
            continue
        return candidate
    raise SettingsError(
        f"Ports {port} to {min(port + FURTHER_PORTS, 65535)} of {host} are all taken.", "Name another with --port."
    )


def _quieten_gradio() -> None:
    """Set what Gradio reads from the environment only.

    It is to report to nobody, to make no statistics of its own after every event (it would load pandas for
    them), and to reach its own server without the user's web proxy.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(2**31)
    for name in ("NO_PROXY", "no_proxy"):
        spared = os.environ.get(name, "")
        os.environ[name] = ",".join(dict.fromkeys(part for part in (*spared.split(","), *LOOPBACK) if part))


def _is_free(host: str, port: int) -> bool:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # else a port that has just been left counts as taken for a minute
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return False
        raise SettingsError(
            f"The page cannot listen on {host}, port {port}: {error.strerror or error}.",
            "Use --host 127.0.0.1 and a port above 1023.",
        ) from error
    return True


def _address(host: str, port: int) -> str:
    reached = ANYWHERE.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{reached}:{port}"


def _header_html(exam: Exam) -> str:
    return (
        '<header class="masthead"><h1>Exam Tutor</h1>'
        f'<p>{escaped(exam.title)} <span class="code">{escaped(exam.code)}</span>{_status_tag(exam.status)}</p>'
        "</header>"
    )


def _status_tag(status: Status) -> str:
    if status.state != "retired":
        return ""
    said = "reported retired" if status.certainty == "reported" else "retired"
    since = f" since {status.date}" if status.date else ""
    return f'<span class="tag" title="{escaped(status.note)}">{escaped(said + since)}</span>'
