"""What the checks ask, on loopback: a time server, a server with a certificate, a systemctl."""

from __future__ import annotations

import socket
import ssl
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@contextmanager
def time_server(ahead: float) -> Iterator[str]:
    """The address of an SNTP server whose clock is ``ahead`` of this machine's by seconds."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))

        def serve() -> None:
            with suppress(OSError):
                while True:
                    _question, asker = server.recvfrom(512)
                    now = time.time() + ahead + 2_208_988_800
                    stamp = struct.pack("!II", int(now), int(now % 1 * 2**32))
                    head = bytes([0x24, 1]) + bytes(22)
                    server.sendto(head + bytes(8) + stamp + stamp, asker)

        Thread(target=serve, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def tls_server(folder: Path, days: float) -> Iterator[str]:
    """The address of a TLS server whose certificate is valid for so many days."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(folder, days))
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    asked, _address = server.accept()
                    with suppress(OSError), context.wrap_socket(asked, server_side=True) as secure:
                        secure.recv(1)

        Thread(target=serve, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"


def _certificate(folder: Path, days: float) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "viche.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(now + timedelta(days=days, hours=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{days}.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


def systemctl(folder: Path, *failed: str, code: int = 0) -> str:
    """A program that says which units have failed, as systemctl does."""
    path = folder / "systemctl"
    lines = "".join(f"{unit} loaded failed failed Viche\\n" for unit in failed)
    path.write_text(f"#!/bin/sh\nprintf '{lines}'\nexit {code}\n")
    path.chmod(0o755)
    return str(path)
