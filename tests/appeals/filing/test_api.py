"""What programs may not name."""

from __future__ import annotations

import pytest

from appeals.filing.api.serializers import AppealIn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["5\0", "\ud9fe", "no slug", "nowhere", "", 7, [], None])
@pytest.mark.parametrize("field", ["theme", "district", "about_department"])
def test_a_name_of_nothing_is_told_at_its_field(field, slug):
    given = AppealIn(data={"kind": "application", "text": "Світло", field: slug})
    assert not given.is_valid()
    assert list(given.errors) == [field]
