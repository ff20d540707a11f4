"""Who × which state: may they?"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from drafts import rules
from drafts.models import Clause, Version

PEOPLE = ["anon", "olena", "mo", "ofi", "admin", "suspended", "command"]
STAFF = {"ofi", "admin", "command"}


@pytest.fixture
def people(olena, mo, ofi, admin):
    from tests import factories

    suspended = factories.user("gone", role="administrator", is_active=False)
    return {
        "anon": AnonymousUser(),
        "olena": olena,
        "mo": mo,
        "ofi": ofi,
        "admin": admin,
        "suspended": suspended,
        "command": None,
    }


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("published", [False, True])
def test_matrix(people, name, published):
    user = people[name]
    version = Version(pk=1, published_at=timezone.now() if published else None)
    first = Clause(version=version, position=0, kind="clause", text="два слова")
    second = Clause(version=version, position=1, kind="clause", text="ще")
    staff = name in STAFF
    edit = "draft.published" if staff and published else "" if staff else "draft.not_staff"
    assert rules.prepare(user).code == ("" if staff else "draft.not_staff")
    assert rules.edit(user, version).code == edit
    assert rules.split(user, version, first, at=4).code == edit
    assert rules.join(user, version, first, second).code == edit
    assert rules.renumber(user, version, depth=0, deepest=1, marker="2.").code == edit
    published_code = "draft.already_published" if staff and published else edit
    assert rules.publish(user, version, clauses=2).code == published_code
