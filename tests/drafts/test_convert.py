"""Files of an old Word and of LibreOffice: converted in isolation, or refused in words."""

from __future__ import annotations

import io
import shutil
import socket
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from core.export import conversion as asking
from core.export import converter
from core.web.semaphore import slot
from drafts import importing
from drafts.importing import ImportRefused, conversion
from tests.drafts import files
from tests.drafts.office import old_word_header, ole, open_document

NAMESPACES = ["unshare", "--map-root-user", "--net", "--mount", "--pid", "--fork", "true"]


def can_convert() -> bool:
    """Whether this machine has LibreOffice and lets it be isolated."""
    if not shutil.which("soffice") or not shutil.which("unshare"):
        return False
    return subprocess.run(NAMESPACES, check=False, capture_output=True).returncode == 0


needs_libreoffice = pytest.mark.skipif(not can_convert(), reason="no LibreOffice or no namespaces")


@pytest.fixture(autouse=True)
def no_unit(settings, tmp_path):
    """Whatever unit the machine has is not asked."""
    settings.CONVERTER_SOCKET = str(tmp_path / "none")


def old_word(document: bytes, folder: Path) -> bytes:
    """The .doc that LibreOffice makes of a .docx."""
    (folder / "made.docx").write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", folder]
    subprocess.run([*command, folder / "made.docx"], check=True, capture_output=True, timeout=120)
    return (folder / "made.doc").read_bytes()


def decision() -> bytes:
    """A decision with automatic numbers, a table and annexes."""
    made = files.document(*files.DECISION.split("\n"))
    files.define_list(made, 90, ("decimal", "%1."), ("decimal", "%1.%2."), ("russianLower", "%3)"))
    for text, level in (
        ("Перший", 0),
        ("Підпункт", 1),
        ("Літера", 2),
        ("Ще одна", 2),
        ("Ґанок", 0),
    ):
        files.listed(made, text, 90, level)
    table = made.add_table(2, 3)
    for number, cell in enumerate(table._cells):
        cell.text = f"Клітинка {number}"
    made.add_paragraph("Після таблиці.")
    return files.word(made)


def tree(data: bytes) -> list[tuple[object, ...]]:
    nodes = importing.read(data, "draft").nodes
    return [(node.kind, node.depth, node.label, node.printed, node.text) for node in nodes]


@needs_libreoffice
def test_an_open_document_is_read_as_it_is_printed():
    imported = importing.read(data := open_document(files.DECISION), "рішення.odt")
    assert [node.text for node in imported.nodes] == [
        node.text for node in importing.read(files.DECISION.encode(), "рішення.txt").nodes
    ]
    assert (imported.format, imported.sha256) == ("odt", sha256(data).hexdigest())


@needs_libreoffice
@pytest.mark.with_all
@pytest.mark.cpu(8)
def test_an_old_word_keeps_numbers_tables_and_letters(tmp_path):
    document = decision()
    old = old_word(document, tmp_path)
    assert tree(old) == tree(document)
    assert importing.read(old, "рішення.docx").format == "doc"  # by its content


@needs_libreoffice
def test_the_converter_sees_nothing_of_the_machine(tmp_path):
    """A section linked to a local file, and a picture linked to a server, stay empty."""
    secret = tmp_path / "secret.txt"
    secret.write_text("таємниця міста")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        data = open_document(
            "1. Перший пункт.",
            extra=f'<text:section text:name="s"><text:section-source xlink:type="simple" '
            f'xlink:href="{secret.as_uri()}"/><text:p>2. Другий пункт.</text:p></text:section>'
            f'<text:p><draw:frame svg:width="1cm" svg:height="1cm"><draw:image xlink:type="simple" '
            f'xlink:href="http://127.0.0.1:{port}/a.png"/></draw:frame></text:p>',
        )
        converted = conversion.convert(data, "odt")
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()
    with zipfile.ZipFile(io.BytesIO(converted)) as archive:
        told = b"".join(archive.read(name) for name in archive.namelist())
    assert "таємниця".encode() not in told
    assert "Перший".encode() in told


@pytest.mark.parametrize("kind", ["doc", "odt"])
def test_without_libreoffice_the_refusal_says_what_to_install(kind, monkeypatch):
    monkeypatch.setenv("PATH", "")
    data = {"doc": ole("WordDocument", word=old_word_header()), "odt": open_document("1. Т.")}[kind]
    with pytest.raises(ImportRefused) as refused:
        importing.read(data, f"рішення.{kind}")
    assert refused.value.code == conversion.FORMATS[kind]
    assert "LibreOffice" in str(refused.value)
    assert not conversion.is_offered()


class TestUnit:
    """What a systemd unit may answer on its socket."""

    @pytest.fixture
    def answering(self, settings, tmp_path, monkeypatch):
        """Let a unit answer each connection with these bytes, after reading the request or not."""
        monkeypatch.setattr(asking, "_SECONDS", 0.3)
        with socket.socket(socket.AF_UNIX) as listening, ThreadPoolExecutor(1) as thread:
            settings.CONVERTER_SOCKET = str(tmp_path / "socket")
            listening.bind(settings.CONVERTER_SOCKET)
            listening.listen()

            def answer(greeting: bytes, rest: bytes = b"", *, hangs: bool = False) -> None:
                def serve() -> None:
                    connection, _ = listening.accept()
                    with connection, connection.makefile("rwb") as stream, suppress(OSError):
                        stream.write(greeting)
                        stream.flush()
                        if greeting == b"ready\n":
                            stream.read(int(stream.readline().split()[1]))
                            stream.write(rest)
                            stream.flush()
                        if hangs:
                            connection.recv(1)  # until Viche hangs up

                thread.submit(serve)

            yield answer

    def test_its_document_is_taken(self, answering):
        answering(b"ready\n", b"ok 4\nword")
        assert conversion.is_offered()
        assert conversion.convert(b"file", "doc") == b"word"

    @pytest.mark.parametrize(
        ("greeting", "rest", "hangs", "code"),
        [
            (b"", b"", False, "conversion_busy"),  # more connections than it takes
            (b"", b"", True, "conversion_timeout"),
            (b"ready\n", b"", True, "conversion_timeout"),
            (b"ready\n", b"ok 9\nword", True, "conversion_timeout"),
            (b"ready\n", b"timeout\n", False, "conversion_timeout"),
            (b"ready\n", b"too_large\n", False, "too_large"),
            (b"ready\n", b"ok 9\nword", False, "conversion_failed"),  # killed for its memory
            (b"ready\n", b"ok 99999999999\n", True, "conversion_failed"),
            (b"ready\n", b"nonsense", False, "conversion_failed"),
        ],
    )
    def test_all_else_is_a_refusal(self, answering, greeting, rest, hangs, code):
        answering(greeting, rest, hangs=hangs)
        with pytest.raises(ImportRefused) as refused:
            conversion.convert(b"file", "doc")
        assert refused.value.code == code

    def test_a_unit_without_libreoffice_refuses_as_if_there_were_none(self, answering, monkeypatch):
        monkeypatch.setenv("PATH", "")
        answering(b"missing\n")
        with pytest.raises(ImportRefused) as refused:
            conversion.convert(b"file", "odt")
        assert refused.value.code == "open_document"

    def test_what_it_gives_is_read_within_the_limits_of_a_docx(self, answering):
        bomb = files.rezipped(
            files.word(files.document("1. Текст.")), {"word/media/a.png": bytes(30_000_000)}
        )
        answering(b"ready\n", f"ok {len(bomb)}\n".encode() + bomb)
        with pytest.raises(ImportRefused) as refused:
            importing.read(open_document("1. Текст."))
        assert refused.value.code == "zip_bomb"

    def test_one_converts_two_wait_and_the_others_are_told(self, answering, monkeypatch):
        monkeypatch.setattr(asking, "_PATIENCE", 0.05)
        with (
            slot("convert", at_once=1, waiting=0, patience=0),
            pytest.raises(ImportRefused) as refused,
        ):
            conversion.convert(b"file", "doc")
        assert refused.value.code == "conversion_busy"


class TestConverter:
    """The program that runs LibreOffice, with a stand-in for LibreOffice."""

    @pytest.fixture
    def stand_in(self, tmp_path, monkeypatch):
        """A program that runs these lines of shell as LibreOffice would be run."""
        monkeypatch.setattr(converter, "SECONDS", 0.4)
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

        def write(lines: str) -> str:
            path = tmp_path / "soffice"
            path.write_text(f"#!/bin/sh\n{lines}\n")
            path.chmod(0o755)
            return str(path)

        return write

    def test_a_hung_one_is_ended_with_all_that_it_started(self, stand_in, tmp_path):
        pids = tmp_path / "pids"
        soffice = stand_in(f"sleep 60 & echo $! > {pids}; echo $$ >> {pids}; wait")
        assert converter.convert(soffice, b"file", "doc") == ("timeout", b"")
        for pid in pids.read_text().split():
            assert ended(int(pid))
        assert [path.name for path in tmp_path.iterdir()] == [pids.name, "soffice"]

    @pytest.mark.parametrize(
        ("lines", "word"),
        [
            ("exit 1", "failed"),
            ("exit 0", "failed"),  # it says that all went well, and there is nothing
            ("mkdir converted; ln -s /etc/passwd converted/draft.docx", "failed"),
            ("mkdir converted; truncate -s 21M converted/draft.docx", "too_large"),
            ("truncate -s 200M big", "failed"),
            (f"exec {sys.executable} -c 'bytes(2**31)'", "failed"),
            ("mkdir converted; env > converted/draft.docx", "ok"),
        ],
    )
    def test_its_answers(self, stand_in, monkeypatch, lines, word):
        monkeypatch.setenv("SECRET_KEY", "ключ")
        said, converted = converter.convert(stand_in(lines), b"file", "odt")
        assert said == word
        assert b"SECRET_KEY" not in converted


def ended(pid: int) -> bool:
    """Whether a process is gone, or waits for nothing but to be taken note of."""
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z"
