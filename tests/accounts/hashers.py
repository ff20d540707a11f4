"""The product's own hasher, that counts what it computes."""

from __future__ import annotations

from typing import ClassVar

from accounts.passwords import CappedArgon2


class Counting(CappedArgon2):
    computed: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.computed.append("encode")
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        self.computed.append("verify")
        return super().verify(password, encoded)
