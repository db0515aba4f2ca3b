"""Serves the page: first it is reachable, then the library gets ready behind it."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from corpus.errors import SettingsError
from corpus.exam_pack import load_pack
from corpus.settings import Settings
from ingest.source_files import MEGABYTE
from tutor.assemble import open_library
from ui.accounts import Accounts
from ui.background import Background
from ui.page.frame import build_page
from ui.page.guarded import Guarded
from ui.page.parts import part_script
from ui.page.study import Study
from ui.page.theme import HEAD, make_theme, style_sheet

if TYPE_CHECKING:
    import gradio as gr

FURTHER_PORTS = 20
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  not bound here: how such an address is reached

LOOPBACK = ("127.0.0.1", "localhost", "::1")

Say = Callable[[str], None]


def serve_page(settings: Settings, *, host: str, port: int, say: Say, accounts: Accounts | None = None) -> None:
    """Serve until Ctrl-C. `say` is told where the page is, once it answers; with `accounts` learners must log in.

    Raises:
        SettingsError: the address is not this machine's, none of its ports is free, or nobody could log in.
    """
    if accounts is not None and not accounts.names():
        raise SettingsError("Nobody could log in: the file of learners is empty.", "Add one: exam-tutor learner add.")
    pack = load_pack(settings.pack)
    library = open_library(settings)
    background = Background(library, pack, settings)
    _prepare_gradio(settings)
    study = Study(settings, pack, library, background, accounts)
    page = build_page(study)
    try:
        bound = launch(page, host, port, settings, accounts)
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
        study.close()
        library.close()


def launch(page: gr.Blocks, host: str, port: int, settings: Settings, accounts: Accounts | None = None) -> int:
    """Serve from a thread of its own; returns the port, the first free one from `port` on.

    Nothing of the home folder can be reached by an address: the page hands out what it draws, and no files.

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
                max_file_size=settings.max_file_mb * MEGABYTE,
                blocked_paths=[str(settings.home / "library"), str(settings.home / "sources")],
                auth=accounts.admits if accounts else None,
                auth_message="Log in with the name and the password you were given." if accounts else None,
                num_workers=0,
                ssr_mode=False,
                pwa=False,
                mcp_server=False,
                theme=make_theme(),
                app_kwargs={"middleware": [(Guarded, (), {})]},
                # `css=` would put every media rule out of force above the content
                head=f"{HEAD}<style>{style_sheet()}</style>{part_script()}",
            )
        except OSError:  # somebody took the port in this moment
            continue
        return candidate
    raise SettingsError(
        f"Ports {port} to {min(port + FURTHER_PORTS, 65535)} of {host} are all taken.", "Name another with --port."
    )


def _prepare_gradio(settings: Settings) -> None:
    """Set what Gradio reads from the environment only, before it is imported.

    It is to keep what is sent to it in the home folder, to report to nobody, to make no statistics of its own after
    every event (it would load pandas for them), and to reach its own server without the user's web proxy.
    """
    os.environ["GRADIO_TEMP_DIR"] = str(settings.home / "temporary")
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
