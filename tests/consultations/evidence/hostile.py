"""Archives that no bundle is: made of a true one, each with the one line that refuses it."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from consultations.evidence.verifier import verify

UNREADABLE = "the archive itself: it cannot be read as a ZIP as these bundles are written"
LARGE = "the archive itself: larger than 2 GiB, or more than 20,000 files; not read"
STOPPED = "README.txt: its header in the archive is not as it is always written"


def _bomb(_true: bytes, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b"0" * 50_000_000)


def _many(_true: bytes, path: Path) -> None:
    """As many as a directory can count, and says; a million would need another directory."""
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)
    path.write_bytes(b"\0" * 1000 + end)


def _twice(_true: bytes, path: Path) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        verify.write_member(archive, "manifest.json", [b"{}"])
        verify.write_member(archive, "manifest.jsom", [b"{}"])
    path.write_bytes(kept.getvalue().replace(b"manifest.jsom", b"manifest.json"))


def _named(name: str) -> Callable[[bytes, Path], None]:
    def make(_true: bytes, path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            verify.write_member(archive, name, [b"{}"])

    return make


def _manifest(text: bytes) -> Callable[[bytes, Path], None]:
    def make(_true: bytes, path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            found, _size = verify.write_member(archive, "manifest.json", [text])
            said = f"{found}  manifest.json\n".encode()
            verify.write_member(archive, "manifest.sha256", [said])

    return make


def _change(change: Callable[[bytes], bytes]) -> Callable[[bytes, Path], None]:
    return lambda true, path: path.write_bytes(change(true)) and None


_SHAPE = "manifest.json: it has not the form of a manifest"
HOSTILE: dict[str, tuple[Callable[[bytes, Path], object], str]] = {
    "nothing": (_change(lambda _true: b""), UNREADABLE),
    "no archive": (_change(lambda _true: b"GIF89a" * 100), UNREADABLE),
    "cut": (_change(lambda true: true[:-100]), UNREADABLE),
    "something behind": (_change(lambda true: true + b"more"), UNREADABLE),
    "something before": (_change(lambda true: b"#!" + true), UNREADABLE),
    "comment": (_change(lambda true: true[:-2] + b"\x02\x00hi"), UNREADABLE),
    "bomb": (_bomb, "manifest.json: it is compressed; such bundles store everything as it is"),
    "a million members": (_many, LARGE),
    "member twice": (_twice, "manifest.json: it is there twice"),
    "way out": (
        _named("../manifest.json"),
        "the archive itself: its file number 1 has a name that is not allowed",
    ),
    "name not ASCII": (
        _named("звіт.pdf"),
        "the archive itself: its file number 1 has a name that is not allowed",
    ),
    "local header": (_change(lambda true: true[:6] + b"\x08" + true[7:]), STOPPED),
    "no manifest": (_named("README.txt"), "manifest.json: it is missing"),
    "manifest that is no JSON": (_manifest(b"\xff\xfe"), _SHAPE),
    "manifest without files": (_manifest(b'{"format":"viche-evidence/2"}'), _SHAPE),
    "manifest of an unknown format": (
        _manifest(b'{"format":"viche-evidence/3"}'),
        "manifest.json: this program knows the formats viche-evidence/2 and viche-evidence/1 alone",
    ),
}
