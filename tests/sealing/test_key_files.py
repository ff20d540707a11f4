"""A keeper's file, made and used by the command."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from sealing.boxes import HPKE, public_half
from sealing.challenges import INFO
from sealing.key_files import key_in


def test_a_file_by_the_command(tmp_path):
    file, out = tmp_path / "key.json", io.StringIO()
    call_command("keeper_key", file, poll=7, stdout=out)
    key = key_in(file.read_bytes())
    assert public_half(key).hex() in out.getvalue()
    sealed = HPKE.encrypt(b"word", key.public_key(), INFO).hex()
    call_command("keeper_key", file, answer=sealed, stdout=out)
    assert out.getvalue().endswith("word\n")
    told = json.loads(file.read_text())
    for broken in (b"[]", b"x" * 5000, json.dumps(told | {"public": "00" * 32}).encode()):
        with pytest.raises(ValueError):
            key_in(broken)
