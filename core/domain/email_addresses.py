"""E-mail addresses in the one form in which mail is delivered.

Django's mail code puts the local part on the envelope as it was typed and the domain as Python's
codec "idna" encodes it (IDNA 2003). That codec drops soft hyphens, joiners, variation selectors and
the like, makes wide letters narrow and takes ideographic full stops for dots. So one mailbox has
any number of spellings which a comparison of texts holds apart. ``to_delivered`` encodes in the
same way *before* anything is stored, compared or counted:

* the domain becomes ASCII in lower case;
* the local part is ASCII, without the quotes that change nothing;
* what no mail can be sent to is refused (``email.undeliverable``): letters of another alphabet
  before the @, hidden characters that the codec keeps, a domain that it cannot encode, and what
  Python's parser takes for an encoded word before the @ (``=?utf-8?q?olena?=``, RFC 2047), which
  it decodes to another address or cannot send;
* so is what a relay may send on to another mailbox: ``olena%gmail.com@relay``,
  ``host!olena@relay``, and a computer's number or name instead of a domain.

Every field in which somebody types an e-mail is one of the fields below;
``tests/architecture/test_email_fields.py`` finds others.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from core.domain.invisible_characters import is_default_ignorable

#: The code of what is refused because no mail can be sent to it.
UNDELIVERABLE = "email.undeliverable"
#: What an address as it is delivered looks like, for PostgreSQL.
AS_DELIVERED = r"^[!#-~]+@[a-z0-9.-]+$"
#: Of an address, and of its local part (RFC 5321, 4.5.3.1).
MAX_LENGTH = 254
_MAX_LOCAL = 64
#: What is longer is not even encoded: the codec takes quadratic time.
_MAX_TYPED = 320

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)+)"')
_ESCAPED = re.compile(r"\\(.)")
#: RFC 5322's dot-atom without what a relay may route by.
_LOCAL = re.compile(r"[-#$&'*+/=?^_`{|}~0-9A-Za-z]+(\.[-#$&'*+/=?^_`{|}~0-9A-Za-z]+)*")
_ALPHABETIC_LABEL = "xn--"
#: How an encoded word begins.
_ENCODED_WORD = "=?"


def to_delivered(email: str) -> str:
    """The address as it is delivered; applied twice it changes nothing more.

    Raises ValidationError: with Django's own code ``invalid`` for ASCII that is no address, and
    with ``email.undeliverable`` for what no mail can be sent to.
    """
    typed = email.strip()
    if typed.isascii():
        validate_email(typed)
    local, _at, domain = typed[: _MAX_TYPED + 1].rpartition("@")
    delivered = f"{_plain_local(local)}@{_encode(domain)}"
    if len(delivered) > MAX_LENGTH or len(typed) > _MAX_TYPED:
        raise _undeliverable()
    return delivered


def to_comparable(email: str) -> str:
    """The form in which addresses are compared and counted: as delivered, in lower case.

    Never raises: of what cannot be delivered (stored before this was checked) it is the text.
    """
    try:
        return to_delivered(email).lower()
    except ValidationError:
        return email.strip().lower()


def is_sendable(email: str) -> bool:
    """Whether Django's mail code can put the address on an envelope, though nobody may enter it any
    more: for what was stored before addresses were checked."""
    local, _at, domain = email[: _MAX_TYPED + 1].rpartition("@")
    try:
        validate_email(email)
        domain.encode("idna")
    except (UnicodeError, ValidationError):
        return False
    return local.isascii() and _ENCODED_WORD not in local


def _plain_local(local: str) -> str:
    if quoted := _QUOTED.fullmatch(local):
        local = _ESCAPED.sub(r"\1", quoted[1])
    # First of all ASCII: EmailValidator, which ignores case, takes «ſ» and the Kelvin sign.
    if not local.isascii() or not _LOCAL.fullmatch(local) or len(local) > _MAX_LOCAL:
        raise _undeliverable()
    if _ENCODED_WORD in local:
        raise _undeliverable()
    return local


def _encode(domain: str) -> str:
    try:
        encoded = domain.encode("idna").decode("ascii").lower()
        validate_email(f"a@{encoded}")
    except (UnicodeError, ValidationError) as wrong:
        raise _undeliverable() from wrong
    if "." not in encoded or encoded.startswith("[") or any(map(_hides, encoded.split("."))):
        raise _undeliverable()
    return encoded


def _hides(label: str) -> bool:
    """Whether a label stands for letters that are not seen, or for no others than it has."""
    if not label.startswith(_ALPHABETIC_LABEL):
        return False
    try:
        letters = label.removeprefix(_ALPHABETIC_LABEL).encode("ascii").decode("punycode")
    except UnicodeError:
        return True
    return letters.isascii() or any(
        is_default_ignorable(letter) or not letter.isprintable() for letter in letters
    )


def _undeliverable() -> ValidationError:
    return ValidationError(
        _(
            "No mail can be sent to this address. Type it anew, with Latin letters before the @ "
            "and without hidden characters."
        ),
        code=UNDELIVERABLE,
    )


@deconstructible
class DeliverableValidator:
    """Validates that mail can be sent to an address."""

    code = UNDELIVERABLE

    def __call__(self, value: str) -> None:
        to_delivered(value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DeliverableValidator)

    def __hash__(self) -> int:
        return hash(DeliverableValidator)


class EmailField(forms.EmailField):
    """A form's field for an e-mail: its value is the address as it is delivered."""

    default_validators = []

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_LENGTH)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str | None:
        typed = super().to_python(value)
        return self.deliver(typed) if typed else typed

    def deliver(self, typed: str) -> str:
        """The typed address as the field's value."""
        return to_delivered(typed)


class EmailModelField(models.EmailField):  # type: ignore[type-arg]  # a field takes none at run time
    """A column for an e-mail, whose form field and validators take what can be delivered.

    Migrations know it as Django's own: nothing of it is the database's.
    """

    default_validators = [DeliverableValidator()]

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """The address as it is delivered, where a model is cleaned."""
        cleaned = super().clean(value, model_instance)
        return to_delivered(cleaned) if cleaned else cleaned

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": EmailField, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs
