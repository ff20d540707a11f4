"""Facts about a person from an identity provider, without those that nobody needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.socialaccount.models import SocialLogin

from accounts.identity import keys

_AGES = (18, 16, 14)
#: Day 0 of the number that a РНОКПП begins with.
_DAY_ZERO = date(1899, 12, 31)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts found by a check. They live as long as the request and are stored nowhere as they
    are.

    ``person_code``: the РНОКПП, "" for none; ``organisation_code``, ``organisation_name``: the
    ЄДРПОУ beside it, and whose it is;
    ``lives_here``: the provider told a settlement of the person's, and it is of this community.
    """

    level: int
    person_code: str = ""
    organisation_code: str = ""
    organisation_name: str = ""
    age_over: int | None = None
    given_name: str = ""
    family_name: str = ""
    lives_here: bool = False

    def __repr__(self) -> str:
        return f"Facts(level={self.level})"  # whatever logs it shall not log a person


class CheckedLogin(SocialLogin):
    """A provider's answer as allauth read it, with the provider's facts about the person."""

    facts: Facts

    @classmethod
    def of(cls, login: SocialLogin, facts: Facts) -> CheckedLogin:
        checked = cls()
        vars(checked).update(vars(login))
        checked.facts = facts
        return checked


def age_over(born: date | None, *, today: date) -> int | None:
    """The highest of 14, 16 and 18 years that somebody has reached ``today``; None: none of them.

    One reaches an age on one's birthday; who was born on 29 February, on 1 March of other years.
    """
    if born is None or born > today:
        return None
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    years = today.year - born.year - (not had_birthday)
    return next((age for age in _AGES if years >= age), None)


def birthday_in(person_code: str) -> date | None:
    """The day of birth that a РНОКПП says: its first five digits are days since 31.12.1899."""
    digits = keys.clean_code(person_code)
    if not digits or int(digits[:5]) == 0:
        return None
    return _DAY_ZERO + timedelta(days=int(digits[:5]))


def date_in(written: object) -> date | None:
    """An ISO date, or None for anything else."""
    try:
        return date.fromisoformat(str(written)[:10])
    except ValueError:
        return None
