"""The file in which a person keeps a key: JSON, by their browser or ``manage.py keeper_key``.

{"viche": "keeper", "poll": 7, "title": "…", "public": "<64 hex>", "private": "<64 hex>"}
"""

from __future__ import annotations

import json

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sealing.boxes import public_half

#: No file of a keeper is longer; a longer one is not read.
LONGEST = 4096


def key_in(content: bytes) -> X25519PrivateKey:
    """The private key in a keeper's file. Raises ValueError where there is none."""
    if len(content) > LONGEST:
        raise ValueError("no file of a keeper is so long")
    told = json.loads(content)
    if not isinstance(told, dict) or told.get("viche") != "keeper":
        raise ValueError("no file of a keeper")
    key = X25519PrivateKey.from_private_bytes(bytes.fromhex(str(told.get("private"))))
    if public_half(key).hex() != told.get("public"):
        raise ValueError("the two halves of the key do not belong together")
    return key


def write_key_file(key: X25519PrivateKey, poll_id: int, title: str) -> str:
    """The file of a new key."""
    told = {
        "viche": "keeper",
        "poll": poll_id,
        "title": title,
        "public": public_half(key).hex(),
        "private": key.private_bytes_raw().hex(),
    }
    return json.dumps(told, ensure_ascii=False, indent=1)
