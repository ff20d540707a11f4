"""What people hold in their hands: an authenticator app, a passkey. Real ones, made of software."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from accounts import allauth_compat
from accounts.models import User
from accounts.security.factors import steps


@dataclass
class App:
    """An authenticator app with one key in it."""

    secret: str

    def code(self, ahead: int = 0) -> str:
        """What it shows now, or shows ``ahead`` half minutes from now, by the database's clock."""
        return allauth_compat.app_code(self.secret, steps()[settings.MFA_TOTP_TOLERANCE] + ahead)


def connect_app(user: User) -> App:
    """An app that the person has connected before, with recovery codes."""
    app = App(allauth_compat.new_app_secret())
    allauth_compat.activate_app(user, app.secret)
    allauth_compat.activate_recovery_codes(user)
    return app


def recovery_codes(user: User) -> list[str]:
    """Those that are left."""
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return allauth_compat.unused_recovery_codes(row)


def add_passkey(user: User) -> Authenticator:
    """A passkey that the person has added before."""
    options = {"challenge": _text(token_bytes(32)), "user": {"id": _text(str(user.pk).encode())}}
    credential = json.loads(Passkey().create({"publicKey": options}))
    return allauth_compat.activate_passkey(user, "Ключ", credential)


class Passkey:
    """An authenticator that holds one passkey and always has its owner's finger on it."""

    def __init__(self, origin: str = "http://localhost") -> None:
        self.origin = origin
        self.rp_id = origin.partition("://")[2].partition(":")[0]
        self.id = token_bytes(16)
        self.user_handle = b""
        self._key = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: dict[str, Any], *, verified: bool = True) -> str:
        """What ``navigator.credentials.create`` answers, as the page sends it."""
        public = options["publicKey"]
        self.user_handle = _bytes(public["user"]["id"])
        client = CollectedClientData.create(
            CollectedClientData.TYPE.CREATE, public["challenge"], self.origin
        )
        held = AttestedCredentialData.create(
            b"\0" * 16, self.id, ES256.from_cryptography_key(self._key.public_key())
        )
        data = self._data(verified, AuthenticatorData.FLAG.AT, held)
        attestation = AttestationObject.create("none", data, {})
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def get(self, options: dict[str, Any], *, verified: bool = True) -> str:
        """What ``navigator.credentials.get`` answers."""
        client = CollectedClientData.create(
            CollectedClientData.TYPE.GET, options["publicKey"]["challenge"], self.origin
        )
        data = self._data(verified)
        signature = self._key.sign(bytes(data) + client.hash, ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=client,
            authenticatorData=data,
            signature=signature,
            userHandle=self.user_handle,
        )

    def _data(self, verified: bool, more: Any = 0, held: Any = b"") -> AuthenticatorData:
        flags = AuthenticatorData.FLAG.UP | more
        if verified:
            flags |= AuthenticatorData.FLAG.UV
        digest = _digest(self.rp_id.encode())
        return AuthenticatorData.create(digest, flags, 1, held)

    def _answer(self, **response: bytes) -> str:
        return json.dumps(
            {
                "id": _text(self.id),
                "rawId": _text(self.id),
                "type": "public-key",
                "response": {name: _text(value) for name, value in response.items()},
                "clientExtensionResults": {},
            }
        )


def _digest(text: bytes) -> bytes:
    return sha256(text).digest()


def _text(value: bytes) -> str:
    return urlsafe_b64encode(bytes(value)).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
