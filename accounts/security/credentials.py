"""Passkey credentials from a browser, as JSON: their form, checked before a library reads them.

fido2 and allauth take what comes for what a browser makes: of other JSON they raise KeyError,
UnicodeEncodeError and the like, which anybody could send (a page of error 500 each, and a line in
the log). So what is no credential in its form is refused here, and what they raise of its content
is refused as a passkey that was not accepted.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.security.rules import WRONG_CODE

#: So deep is what browsers give: credential, results of extensions, one of them, its values.
_DEPTH = 5
#: A credential has some 2 kB, and with an attestation of its maker some 10.
_LONGEST = 100_000
#: What of a payload the libraries raise where it makes no sense.
_SENSELESS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error)


class CredentialField(forms.JSONField):
    """A credential as the browser gave it; whatever else was sent is not valid."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > _LONGEST:
            raise _not_accepted()
        try:
            credential = super().to_python(value)
        except (ValueError, RecursionError):  # json: numbers of thousands of digits, depth
            raise _not_accepted() from None
        if value in self.empty_values:
            return credential
        if not is_credential(credential):
            raise _not_accepted()
        return credential


def is_credential(given: Any) -> bool:
    """Whether something has the form of a credential (W3C WebAuthn Level 3, 5.1.8)."""
    if not isinstance(given, dict) or not _is_plain(given):
        return False
    response, results = given.get("response"), given.get("clientExtensionResults", {})
    texts = [given.get(name) for name in ("id", "rawId", "type")]
    return (
        isinstance(response, dict)
        and isinstance(response.get("clientDataJSON"), str)
        and isinstance(results, dict)
        and isinstance(results.get("credProps", {}), dict)
        and all(isinstance(text, str) and text for text in texts)
    )


def _is_plain(given: Any, depth: int = 0) -> bool:
    """Whether the data consists of names, numbers and base64url alone: no text that PostgreSQL or a
    codec cannot take.
    """
    if depth > _DEPTH:
        return False
    if isinstance(given, dict):
        return all(_is_plain(part, depth + 1) for pair in given.items() for part in pair)
    if isinstance(given, list):
        return all(_is_plain(part, depth + 1) for part in given)
    if isinstance(given, str):
        return given.isascii() and (given.isprintable() or not given)
    return given is None or isinstance(given, (bool, int, float))


@contextmanager
def refusing_senseless() -> Iterator[None]:
    """Within it the library reads a credential: whatever it makes no sense of is not accepted."""
    try:
        yield
    except ValidationError:
        raise
    except _SENSELESS as error:
        raise _not_accepted() from error


def _not_accepted() -> ValidationError:
    return ValidationError(str(WRONG_CODE.message), code=WRONG_CODE.code)
