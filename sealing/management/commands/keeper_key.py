"""manage.py keeper_key: make a keeper's file, or answer a challenge, on a device of one's own
where the page cannot. It needs no database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sealing.boxes import fingerprint_of, public_half
from sealing.challenges import answer_to
from sealing.key_files import key_in, write_key_file


class Command(BaseCommand):
    help = "A keeper's file: keeper_key FILE --poll 7, then keeper_key FILE --answer CHALLENGE"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--poll", type=int, default=0)
        parser.add_argument("--answer", default="", help="what the page shows, sealed to the key")

    def handle(self, **options: Any) -> str:
        file: Path = options["file"]
        if options["answer"]:
            try:
                return answer_to(bytes.fromhex(options["answer"]), key_in(file.read_bytes()))
            except (InvalidTag, ValueError) as error:
                raise CommandError("this file does not open it") from error
        key = X25519PrivateKey.generate()
        with file.open("x") as made:
            file.chmod(0o600)
            made.write(write_key_file(key, options["poll"], ""))
        public_key = public_half(key)
        return f"{public_key.hex()}\n{fingerprint_of(public_key)}"
