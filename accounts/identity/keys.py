"""The key of one living person, a keyed hash of the РНОКПП, which itself is kept nowhere.

A number of ten digits can be tried out in minutes, so a plain hash would hide nothing: the key is
an HMAC with ``settings.PERSON_KEY_SECRET``, which stands in no database and no backup of one.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

from django.conf import settings
from stdnum.exceptions import ValidationError
from stdnum.ua import rntrc

#: Its check digit is right, and it is nobody's.
_NOBODY = "0" * 10


def clean_code(code: str) -> str | None:
    """The ten digits of a РНОКПП, "" when none is given, None when it cannot be one."""
    if not code.strip():
        return ""
    try:
        digits = rntrc.validate(code)
    except ValidationError:
        return None
    return None if digits == _NOBODY else str(digits)


def person_key(code: str) -> str:
    """64 hexadecimal digits that stand for the person with this РНОКПП, and say nothing of it.

    Raises ``ValueError`` for what is no РНОКПП; the message does not repeat it.
    """
    digits = clean_code(code)
    if not digits:
        raise ValueError("not a РНОКПП")
    return _key_text(f"code:{digits}")


def subject_key(provider: str, subject: str) -> str:
    """The key of a person who is known by a provider's own id for them alone.

    It begins with a letter that no ``person_key`` has: the two say nothing of each other.
    """
    return f"s{_key_text(f'subject:{provider}:{subject}')[:-1]}"


def is_of_code(key: str) -> bool:
    """Whether a key stands for a РНОКПП: two such that differ are two persons."""
    return bool(key) and not key.startswith("s")


def _key_text(text: str) -> str:
    secret = settings.PERSON_KEY_SECRET.encode()
    return hmac.new(secret, text.encode(), sha256).hexdigest()
