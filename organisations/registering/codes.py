"""The codes by which the state knows organisations and sole proprietors: ЄДРПОУ and РНОКПП.

Both are text: a ЄДРПОУ begins with zeros as often as not. What people write around the digits
(spaces of any width, dashes) goes; anything else is told to them by name, letters that look like
digits above all. Nothing here keeps or logs a code.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NoCode
from stdnum.ua import edrpou, rntrc

EDRPOU_DIGITS = 8
RNOKPP_DIGITS = 10


def clean_edrpou(written: str) -> str:
    """The eight digits of a ЄДРПОУ. Raises ValidationError: code_signs, code_length, code_zero,
    code_check."""
    digits = _digits(written)
    if len(digits) != EDRPOU_DIGITS:
        raise ValidationError(
            _("A ЄДРПОУ has 8 digits, zeros at the beginning too; these are %(number)d.")
            % {"number": len(digits)},
            code="code_length",
        )
    return _check_digits(digits, edrpou.validate)


def clean_rnokpp(written: str) -> str:
    """The ten digits of a РНОКПП. Raises ValidationError, with the same codes; what was written is
    in none of its messages."""
    digits = _digits(written)
    if len(digits) != RNOKPP_DIGITS:
        raise ValidationError(
            _("A РНОКПП has 10 digits; these are %(number)d.") % {"number": len(digits)},
            code="code_length",
        )
    return _check_digits(digits, rntrc.validate)


def has_digits_of_person(written: str) -> bool:
    """Whether there are as many digits as a РНОКПП has, not a ЄДРПОУ."""
    return sum(sign.isdigit() for sign in written) == RNOKPP_DIGITS


def _digits(written: str) -> str:
    digits = "".join(sign for sign in written if not _parts(sign))
    if not (digits.isascii() and digits.isdigit()) and digits:
        raise ValidationError(
            _("Only digits, please: letters such as O or З are no zeros and no threes."),
            code="code_signs",
        )
    return digits


def _check_digits(digits: str, validate: Callable[[str], str]) -> str:
    if not digits.strip("0"):
        raise ValidationError(_("A code of zeros alone belongs to nobody."), code="code_zero")
    try:
        return str(validate(digits))
    except NoCode:
        raise ValidationError(
            _("The last digit does not fit the others. Please look at the code again."),
            code="code_check",
        ) from None


def _parts(sign: str) -> bool:
    """Whether it only parts groups of digits: a space, a dash, something invisible."""
    return unicodedata.category(sign) in {"Zs", "Pd", "Cf", "Cc"}
