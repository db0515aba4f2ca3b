"""A real PostgreSQL server for the tests, in a folder of its own on a free loopback port."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PASSWORD = "tea-leaves"  # noqa: S105  of a server that lives as long as the tests


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl: on the path, or where Debian keeps them."""
    if on_path := shutil.which("pg_ctl"):
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def running_server(binaries: Path, folder: Path) -> Iterator[str]:
    """The address of a new server's database, without which the server refuses a stranger."""
    data, secret, port = folder / "data", folder / "password", _free_port()
    data.mkdir(mode=0o700)
    secret.write_text(PASSWORD)
    identity = _identity()
    if identity:
        for path in (folder, data, secret):
            shutil.chown(path, identity["user"], identity["group"])
    _run(
        identity,
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "tutor",
        "-A",
        "scram-sha-256",
        "--pwfile",
        secret,
        "-E",
        "UTF8",
        "--no-sync",
    )
    options = f"-h 127.0.0.1 -p {port} -k {data} -c fsync=off -c max_connections=60"
    _run(identity, binaries / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start")
    try:
        yield f"postgresql://tutor:{PASSWORD}@127.0.0.1:{port}/postgres"
    finally:
        _run(identity, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _run(identity: dict[str, Any], *command: str | Path) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **identity)
    assert done.returncode == 0, done.stdout + done.stderr


def _identity() -> dict[str, Any]:
    """The server refuses to run as root: then it runs as the user that its package makes, or as nobody."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
