"""Boxes that are sealed to keepers: the standard's vectors, one length, and what does not open."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from sealing import boxes, challenges

ROOT = Path(__file__).resolve().parents[2]

#: RFC 9180, A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode.
INFO = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
ENCAPSULATED = bytes.fromhex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431")
PRIVATE = bytes.fromhex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8")
PUBLIC = bytes.fromhex("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d")
KEY = bytes.fromhex("4531685d41d65f03dc48f6b8302c05b0")
NONCE = bytes.fromhex("56d890e5accaaf011cff4b7d")


def test_the_library_keeps_to_the_rfc():
    """The RFC seals with additional data, which a one-shot call has not: so what its key and its
    nonce seal without any has to open."""
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
    key = X25519PrivateKey.from_private_bytes(PRIVATE)
    assert key.public_key().public_bytes_raw() == PUBLIC
    sealed = ENCAPSULATED + AESGCM(KEY).encrypt(NONCE, b"Beauty is truth", None)
    assert suite.decrypt(sealed, key, INFO) == b"Beauty is truth"


OPEN_IN_NODE = """
import { open, newPair, bytesOf } from "%s";
const [pair, sealed] = JSON.parse(process.argv[1]);
const key = { public: bytesOf(pair[0]), private: bytesOf(pair[1]) };
console.log(await open(key, bytesOf(sealed), "viche challenge"));
const made = await newPair();
console.log(made.public.length, made.private.length);
"""


def test_the_page_opens_what_the_library_seals():
    """And so keeps to the RFC too, by the suite that is used."""
    key = X25519PrivateKey.from_private_bytes(PRIVATE)
    sealed = challenges.challenge(key.public_key(), "слово").hex()
    program = OPEN_IN_NODE % (ROOT / "static/js/hpke.js")
    told = subprocess.run(
        [
            *("node", "--no-warnings", "--input-type=module", "-e", program),
            json.dumps([[PUBLIC.hex(), PRIVATE.hex()], sealed]),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split("\n")[:2] == ["слово", "32 32"]


def test_each_of_the_keepers_opens_alone_and_nobody_elsewhere():
    """All that fits is as long as nothing, and what is cut or bound elsewhere does not open."""
    keys = [X25519PrivateKey.generate() for _keeper in range(3)]
    public = [boxes.public_half(key) for key in keys]
    length = boxes.length_of(b"x" * 252)
    assert (length, boxes.length_of(b"x" * 253)) == (256, 512)
    for said in (b"", b"x" * 252):
        box = boxes.seal(said, length, public, lambda key: b"here" + key)
        assert len(box) == boxes.size_of(length, 3)
        for place, key in enumerate(keys):
            bound = b"here" + public[place]
            assert boxes.unseal(box, length, key, place, bound) == said
            assert boxes.unseal(box, length, key, place, b"else" + public[place]) is None
            assert boxes.unseal(box, length, key, (place + 1) % 3, bound) is None
            assert boxes.unseal(box[:40], length, key, place, bound) is None
    for said, to in ((b"x" * 253, public), (b"", [])):
        with pytest.raises(ValueError):
            boxes.seal(said, length, to, bytes)
