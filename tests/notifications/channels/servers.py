"""Servers on the loopback address: a push service with TLS, Telegram's API, a mailbox."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass
class Received:
    """What an HTTP server was sent; ``status`` and ``headers`` are what it answers."""

    port: int = 0
    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def http_server(tls: ssl.SSLContext | None = None) -> Iterator[Received]:
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.requests.append((self.path, dict(self.headers), body))
            self.send_response(received.status)
            for name, value in received.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    received.port = server.server_address[1]
    yield from _run(server, received)


def _run(server: Any, given: Any) -> Iterator[Any]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield given
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def certificate_for(host: str, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """TLS of a server with a certificate of its own, and of a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    client = ssl.create_default_context(
        cadata=made.public_bytes(serialization.Encoding.PEM).decode()
    )
    return server, client


@dataclass
class Mailbox:
    """A folder of messages by number, and the flags of each."""

    port: int = 0
    password: str = "secret"
    messages: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    deleted: set[int] = field(default_factory=set)

    def add(self, content: bytes) -> None:
        self.messages[max(self.messages, default=0) + 1] = content

    def answer(self, tag: str, command: str, words: list[str]) -> bytes:
        """The answer to a line of IMAP (RFC 3501), of as much of it as the product speaks."""
        done = f"{tag} OK done\r\n".encode()
        if command == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n" + done
        if command == "LOGIN" and words[1].strip('"') != self.password:
            return f"{tag} NO wrong: {' '.join(words)}\r\n".encode()
        if command == "SELECT":
            return f"* {len(self.messages)} EXISTS\r\n".encode() + done
        if command == "EXPUNGE":
            for number in self.deleted:
                self.messages.pop(number, None)
            return done
        if command != "UID":
            return done
        return self._answer_uid(words) + done

    def _answer_uid(self, words: list[str]) -> bytes:
        if words[0] == "SEARCH":
            found = sorted(self.messages.keys() - self.seen)
            return f"* SEARCH {' '.join(map(str, found))}\r\n".encode()
        numbers = {int(each) for each in words[1].split(",")}
        if words[0] == "STORE":
            self.seen |= numbers
            if r"\Deleted" in " ".join(words):
                self.deleted |= numbers
            return b""
        (number,) = numbers
        content = self.messages[number]
        begin = f"* {number} FETCH (UID {number} BODY[]<0> {{{len(content)}}}\r\n"
        return begin.encode() + content + b")\r\n"


@contextmanager
def imap_server() -> Iterator[Mailbox]:
    mailbox = Mailbox()

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            for line in self.rfile:
                tag, command, *words = line.decode().split()
                if command == "LOGOUT":
                    self.wfile.write(f"* BYE\r\n{tag} OK done\r\n".encode())
                    return
                self.wfile.write(mailbox.answer(tag, command, words))

    server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    mailbox.port = server.server_address[1]
    yield from _run(server, mailbox)
