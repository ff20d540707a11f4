"""`manage.py import_draft`: what it prints, and one line for each failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from drafts.models import Draft, Version
from tests.drafts import files


@pytest.fixture
def decision(tmp_path):
    path = tmp_path / "рішення.txt"
    path.write_text(files.DECISION)
    return path


def test_it_imports_a_draft_and_its_next_version(decision, capsys, db):
    call_command("import_draft", decision, "--title", "Собаки", "--publish")
    draft = Draft.objects.get()
    assert draft.title == "Собаки"
    assert capsys.readouterr().out == (
        f"draft {draft.pk}, version 1 (published): 29 clauses, 19 numbered, "
        "133 words in the file, 0 of them set aside\n"
    )
    call_command("import_draft", decision, "--draft", draft.pk)
    assert f"draft {draft.pk}, version 2 (preview)" in capsys.readouterr().out


def test_a_dry_run_prints_the_tree_and_keeps_nothing(decision, capsys, db):
    call_command("import_draft", decision, "--dry-run")
    lines = capsys.readouterr().out.splitlines()
    assert (
        lines[6]
        == "  clause [п. 2.1] 2.1. облаштувати майданчики за переліком згідно з додатком 1;"
    )
    assert lines[-1] == "text: 29 clauses, 19 numbered"
    assert not Draft.objects.exists()


def test_failures_are_one_line(tmp_path, decision, db):
    pdf = tmp_path / "скан.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    for args, words in (
        ((tmp_path / "нема.docx",), "No such file"),
        ((tmp_path,), "directory"),
        ((pdf,), "[damaged]"),
        ((decision, "--draft", "999"), "There is no draft 999."),
    ):
        with pytest.raises(CommandError, match=words.replace("[", r"\[")) as failure:
            call_command("import_draft", *args)
        assert "\n" not in str(failure.value)
    assert not Version.objects.exists()


@pytest.mark.with_all
@pytest.mark.cpu(6)  # another process loads Django
def test_the_shell_sees_no_traceback(tmp_path):
    scan = tmp_path / "скан.pdf"
    scan.write_bytes(b"%PDF-1.7")
    done = subprocess.run(
        [sys.executable, "manage.py", "import_draft", str(scan), "--dry-run"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DEBUG": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
