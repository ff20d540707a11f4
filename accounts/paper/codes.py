"""One-time codes that are printed, read aloud and copied by hand.

Twelve digits in three groups, «4821-0937-5568»: no keyboard has to be switched, nothing looks like
something else. The last digit checks the others (Damm: it finds every single wrong digit and every
two neighbours that changed places), so a slip of the pen is told from a guess before it costs a
try. The eleven others are random; against ten tries a code that is one chance in ten thousand
million. A code that opens something alone, with no account number beside it, is asked for longer:
nineteen random digits are 63 bits, which no number of tries finds.

Of a code only ``digest_of`` it is kept: keyed with the site's secret, so whoever has the database
alone cannot find the code, and bound to a purpose, so a code made for one thing opens no other.
Whoever keeps a code keeps beside it when it expires, when it was used and how many tries it had.
"""

from __future__ import annotations

import secrets
import unicodedata
from hmac import compare_digest

from django.utils.crypto import salted_hmac
from stdnum import damm

DIGITS = 12
#: Of a code that stands alone.
DIGITS_ALONE = 20
GROUP = 4
#: Of an account number, which is no secret.
NUMBER_DIGITS = 8

#: Letters and signs that people write for a digit: Latin and Cyrillic.
_LOOK_ALIKES = {
    **dict.fromkeys("OoОо", "0"),
    **dict.fromkeys("IilІі|", "1"),
    **dict.fromkeys("Зз", "3"),
    "б": "6",
    **dict.fromkeys("BВ", "8"),
}


def new_code(purpose: str, length: int = DIGITS) -> tuple[str, str]:
    """A new code as it is printed, and the digest to be kept. ``purpose`` as for ``digest_of``."""
    digits = "".join(secrets.choice("0123456789") for _place in range(length - 1))
    digits += str(damm.calc_check_digit(digits))
    return group_digits(digits), digest_of(digits, purpose)


def digest_of(written: str, purpose: str) -> str:
    """The keyed digest (64 hexadecimal digits) of a code, however it was copied.

    ``purpose`` names what the code is for («residence», «organisation»). Any text has a digest;
    that of one that is no code is the digest of no code.
    """
    return salted_hmac(f"viche.paper:{purpose}", digits_of(written), algorithm="sha256").hexdigest()


def matches(written: str, digest: str, purpose: str) -> bool:
    """Whether the digest is that of the code. Takes the same time either way."""
    return compare_digest(digest_of(written, purpose), digest)


def digits_of(written: str) -> str:
    """Digits of a copied code: without spaces and dashes, look-alike letters corrected.

    What stands for no digit stays as it is, so that ``is_code`` refuses it.
    """
    return "".join(_digit(sign) for sign in written if not _parts(sign))


def is_code(written: str, length: int = DIGITS) -> bool:
    """Whether it can be a code at all: as many digits as one has, and the last fits the others."""
    digits = digits_of(written)
    plain = len(digits) == length and digits.isascii() and digits.isdigit()
    return plain and damm.is_valid(digits)


def is_number(digits: str) -> bool:
    """Whether it can be an account number: eight digits, the last fits the others."""
    plain = len(digits) == NUMBER_DIGITS and digits.isascii() and digits.isdigit()
    return plain and damm.is_valid(digits)


def new_number() -> str:
    """A random account number; whether somebody has it already is not known here."""
    digits = "".join(secrets.choice("0123456789") for _place in range(NUMBER_DIGITS - 1))
    return digits + str(damm.calc_check_digit(digits))


def group_digits(digits: str) -> str:
    """Digits in groups of four, as they are printed."""
    return "-".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def _digit(sign: str) -> str:
    if sign in _LOOK_ALIKES:
        return _LOOK_ALIKES[sign]
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def _parts(sign: str) -> bool:
    """Whether the sign only parts groups: a space, a dash, a dot, something invisible."""
    return sign in ".,_·•" or unicodedata.category(sign) in {"Zs", "Pd", "Cf", "Cc"} or sign == "−"
