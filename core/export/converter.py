"""The program that converts one document by LibreOffice, in isolation: to .docx, or to PDF.

It is run, never imported by Viche: by `viche-convert@.service`, or by `conversion.py` in namespaces
of its own. It needs Python and LibreOffice, no package and no setting. ADR 43 says why.

Standard input and output are one socket. It says «ready», or «missing» (no LibreOffice) or
«isolation» (it could not be made) and ends. The request is a line «doc 1234» (a kind of ``KINDS``,
the number of bytes) and the file; the answer «ok 2345» and what was made, or «failed», «timeout» or
«too_large».
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

MAX_BYTES = 20 * 1024 * 1024
SECONDS = 35
_MEGABYTE = 1024 * 1024
_MNT_DETACH = 2
_WORD = "MS Word 2007 XML"
#: What is asked -> the ending of the file, what it is read as (detection would also try formats
#: that we never checked), the ending of what is made of it, and as what that is written.
KINDS = {
    "doc": ("doc", "MS Word 97", "docx", f"docx:{_WORD}"),
    "odt": ("odt", "writer8", "docx", f"docx:{_WORD}"),
    "docx-pdf": ("docx", _WORD, "pdf", "pdf:writer_pdf_Export"),
    "odt-pdf": ("odt", "writer8", "pdf", "pdf:writer_pdf_Export"),
    "xlsx-pdf": ("xlsx", "Calc MS Excel 2007 XML", "pdf", "pdf:calc_pdf_Export"),
}
_LIMITS = (
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_NOFILE, 256),
    (resource.RLIMIT_FSIZE, 100 * _MEGABYTE),
    (resource.RLIMIT_CPU, SECONDS),
    (resource.RLIMIT_AS, 3 * 1024 * _MEGABYTE),  # LibreOffice reserves more than it uses
    (resource.RLIMIT_DATA, 1024 * _MEGABYTE),
)
#: What a private root holds, read-only; what of it this machine has.
_SHOWN = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64"),
    *("/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache", "/var/cache/fontconfig"),
    *("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"),
)
#: A profile in which nothing is run, fetched or updated, besides what the isolation refuses.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{0}"><prop oor:name="{1}" oor:op="fuse">'
    "<value>{2}</value></prop></item>"
)
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),  # never
    ("Java/VirtualMachine", "Enable", "false"),
)


def main() -> None:
    """Answer one request and end."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    if "--private-root" in sys.argv:
        os.nice(10)  # the unit has its own
        if not _enter_private_root():
            _answer(answers, "isolation")
            return
    soffice = shutil.which("soffice", path="/usr/bin:/usr/local/bin")
    if soffice is None:
        _answer(answers, "missing")
        return
    _answer(answers, "ready")
    kind, _, size = asked.readline(64).decode("ascii", "replace").strip().partition(" ")
    if kind not in KINDS or not size.isdecimal() or int(size) > MAX_BYTES:
        _answer(answers, "failed")
        return
    data = asked.read(int(size))
    if len(data) != int(size):
        _answer(answers, "failed")
        return
    _answer(answers, *convert(soffice, data, kind))


def convert(soffice: str, data: bytes, kind: str) -> tuple[str, bytes]:
    """Return the first word of the answer, and what was made where it is «ok»."""
    ending, _read_as, made, _written_as = KINDS[kind]
    work = Path(tempfile.mkdtemp(prefix="viche-convert-"))
    profile = work / "profile" / "user"
    profile.mkdir(mode=0o700, parents=True)
    try:
        items = "".join(_ITEM.format(*setting) for setting in _SETTINGS)
        (profile / "registrymodifications.xcu").write_text(_PROFILE.format(items=items))
        source = work / f"draft.{ending}"  # never the name it came with
        source.write_bytes(data)
        word = _run(soffice, source, work, kind)
        result = work / "converted" / f"draft.{made}"
        if word != "ok":
            return word, b""
        if result.is_symlink() or not result.is_file():
            return "failed", b""
        if result.stat().st_size > MAX_BYTES:
            return "too_large", b""
        return "ok", result.read_bytes()
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _run(soffice: str, source: Path, work: Path, kind: str) -> str:
    _ending, read_as, _made, written_as = KINDS[kind]
    command = [
        *_without_capabilities(),
        *(soffice, f"-env:UserInstallation={(work / 'profile').as_uri()}"),
        *("--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault"),
        *(f"--infilter={read_as}", "--convert-to", written_as),
        *("--outdir", str(work / "converted"), str(source)),
    ]
    environment = {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
        "HOME": str(work),
        "TMPDIR": str(work),
        "XDG_RUNTIME_DIR": str(work),
    }
    with subprocess.Popen(  # noqa: S603 - no shell, and no name of anybody's choice
        command,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,  # the unit's journal
        cwd=work,
        env=environment,
        start_new_session=True,
        preexec_fn=_limit,
    ) as process:
        try:
            return "ok" if process.wait(SECONDS) == 0 else "failed"
        except subprocess.TimeoutExpired:
            return "timeout"
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _limit() -> None:
    for what, most in _LIMITS:
        _soft, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))


def _without_capabilities() -> list[str]:
    """Root of a namespace keeps nothing of it: it could undo the private root."""
    if os.geteuid():
        return []
    return ["/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", "--"]


def _enter_private_root() -> bool:
    """Show this process programs, fonts and an empty /tmp, and nothing else of the machine.

    In user and mount namespaces of our own. Return False if anything of it fails.
    """
    root = Path("/tmp")  # noqa: S108 - hidden by what is mounted on it
    try:
        _mount("-t", "tmpfs", "-o", "size=300m,mode=700", "tmpfs", str(root))
        for name in _SHOWN:
            _show(Path(name), root / name.lstrip("/"))
        (root / "tmp").mkdir(mode=0o700)
        (root / "proc").mkdir()
        _mount("-t", "proc", "-o", "nosuid,nodev,noexec", "proc", str(root / "proc"))
        os.chdir(root)
        _do("/usr/sbin/pivot_root", ".", ".")
        if ctypes.CDLL(None).umount2(b".", _MNT_DETACH):  # umount(8) would need /proc
            return False
        os.chdir("/")
    except (OSError, subprocess.SubprocessError):
        return False
    return not Path("/root").exists() and not Path("/var/lib").exists()


def _show(source: Path, place: Path) -> None:
    if source.is_symlink():
        place.symlink_to(source.readlink())
    elif source.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            place.mkdir()
        else:
            place.touch()
        # A device stays writable: nothing but it can be written to.
        how = "rbind" if str(source).startswith("/dev/") else "rbind,ro=recursive"
        _mount("-o", how, str(source), str(place))


def _mount(*words: str) -> None:
    _do("/usr/bin/mount", *words)


def _do(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=10)  # noqa: S603


def _answer(answers: BinaryIO, word: str, data: bytes = b"") -> None:
    answers.write(f"{word} {len(data)}\n".encode() if word == "ok" else f"{word}\n".encode())
    answers.write(data)
    answers.flush()


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:  # who asked does not wait any more
        os._exit(1)
