"""Convert office documents by LibreOffice, in isolation or not at all.

LibreOffice reads old formats with much old code, and what is uploaded is not trusted. It runs
without network, without the machine's files and within limits: in an installation in a systemd unit
of its own that listens on `CONVERTER_SOCKET` (deploy/viche-convert.socket), elsewhere in namespaces
that `unshare` makes. Both run `converter.py` and speak to it in the same way. ADR 43.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from core.export import converter
from core.web.semaphore import Full, slot

#: What a document is -> what is asked of the converter to have it as a PDF.
TO_PDF = {"docx": "docx-pdf", "xlsx": "xlsx-pdf", "odt": "odt-pdf"}
#: One at a time on a machine, and two that wait: each waits in a thread that would serve pages.
_AT_ONCE, _WAITING, _PATIENCE = 1, 2, 12.0
#: Longer than the converter gives itself; with the patience, shorter than the proxy's time-out.
_SECONDS = converter.SECONDS + 5.0
_CHUNK = 64 * 1024


def is_offered() -> bool:
    """Return whether this machine seems able to convert: it is asked when a file comes."""
    return _unit().is_socket() or bool(shutil.which("soffice") and shutil.which("unshare"))


class NotConverted(Exception):
    """A document was not converted. ``why``: "unavailable", "busy", "timeout", "too_large" or
    "failed"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def convert(data: bytes, kind: str) -> bytes:
    """Convert a document, for a ``kind`` of ``converter.KINDS``; raises `NotConverted`."""
    try:
        with slot("convert", at_once=_AT_ONCE, waiting=_WAITING, patience=_PATIENCE):
            word, converted = _ask(data, kind)
    except Full as busy:
        raise NotConverted("busy") from busy
    if word == "ok":
        return converted
    raise NotConverted(
        word if word in ("unavailable", "busy", "timeout", "too_large") else "failed"
    )


def _ask(data: bytes, kind: str) -> tuple[str, bytes]:
    """Ask the first isolation that there is; «unavailable» where there is none."""
    for connect, no_greeting in ((_unit_connection, "busy"), (_own_connection, "unavailable")):
        with suppress(_Absent), connect() as connection:
            conversation = _Conversation(connection)
            try:
                greeting = conversation.read_line()
                if greeting != "ready":
                    word = no_greeting if greeting == "" else "unavailable"
                    if word == "unavailable":
                        continue
                    return word, b""
                conversation.send(f"{kind} {len(data)}\n".encode() + data)
                word, _, size = conversation.read_line().partition(" ")
                if word == "ok" and size.isdecimal():
                    return word, conversation.read(int(size))
            except TimeoutError:
                return "timeout", b""
            except OSError:
                return "failed", b""
            return word, b""
    return "unavailable", b""


class _Absent(Exception):
    """This kind of isolation is not here."""


class _Conversation:
    """A conversation over a socket, within one time-out altogether and no more than was agreed."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._until = time.monotonic() + _SECONDS

    def send(self, data: bytes) -> None:
        for start in range(0, len(data), _CHUNK):
            self._socket.settimeout(self._left())
            self._socket.sendall(data[start : start + _CHUNK])

    def read_line(self) -> str:
        """Return a line without its end, "" where nothing comes."""
        line = bytearray()
        while len(line) < 64:
            byte = self._receive(1)
            if byte in (b"", b"\n"):
                break
            line += byte
        return line.decode("ascii", "replace")

    def read(self, size: int) -> bytes:
        if size > converter.MAX_BYTES:
            raise OSError("more than was agreed")
        data = bytearray()
        while len(data) < size:
            chunk = self._receive(min(_CHUNK, size - len(data)))
            if not chunk:
                raise OSError("cut short")
            data += chunk
        return bytes(data)

    def _receive(self, most: int) -> bytes:
        self._socket.settimeout(self._left())
        return self._socket.recv(most)

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def _unit() -> Path:
    return Path(settings.CONVERTER_SOCKET)


@contextmanager
def _unit_connection() -> Iterator[socket.socket]:
    """A connection to the systemd unit, which starts a converter for each."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_SECONDS)
        try:
            connection.connect(str(_unit()))
        except OSError as error:
            raise _Absent from error
        yield connection


@contextmanager
def _own_connection() -> Iterator[socket.socket]:
    """A connection to a converter started here, in namespaces of its own.

    It is the first process of its PID namespace: when it ends, the kernel ends all that it started.
    """
    unshare = shutil.which("unshare")
    if not unshare or not shutil.which("soffice"):
        raise _Absent
    command = [
        *(unshare, "--map-root-user", "--net", "--mount", "--pid", "--ipc", "--uts"),
        *("--fork", "--kill-child", sys.executable, "-I", converter.__file__, "--private-root"),
    ]
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = subprocess.Popen(  # noqa: S603 - no shell, and no word of anybody's choice
            command,
            stdin=theirs.fileno(),
            stdout=theirs.fileno(),
            stderr=subprocess.DEVNULL,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            cwd="/",
            start_new_session=True,
        )
        theirs.close()
        try:
            yield ours
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
