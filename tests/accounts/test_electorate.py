"""The list of who may take part agrees with the answer to each single person."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.electorate import electors
from accounts.eligibility import CHECKED, DECLARED, UNKNOWN, Requirement, load_eligibility, meets
from accounts.models import Level, Residence, User, Verification
from city.models import District
from core.domain import clock
from tests import factories

pytestmark = pytest.mark.django_db

requirements = st.builds(
    Requirement,
    level=st.sampled_from([Level.LOW, Level.SUBSTANTIAL, Level.HIGH]),
    age_over=st.sampled_from([None, 14, 16, 18]),
    residence=st.sampled_from([UNKNOWN, DECLARED, CHECKED]),
    district_id=st.none() | st.just(0),
)


@pytest.fixture
def people():
    """People in every mixture of being checked, aged, at home and expired."""
    districts = [District.objects.create(name=name, slug=name) for name in ("a", "b")]
    now = clock.now()
    past, future = now - timedelta(days=1), now + timedelta(days=1)
    made = []
    for number, (level, age, until, home, checked) in enumerate(
        (level, age, until, home, checked)
        for level in (None, Level.SUBSTANTIAL, Level.HIGH)
        for age in (None, 14, 18)
        for until in (None, past, future)
        for home in (None, 0, 1)
        for checked in (None, past, future)
    ):
        user = factories.user(f"p{number}")
        made.append(user)
        if level:
            Verification.objects.create(
                user=user,
                level=level,
                how=Verification.How.PROVIDER,
                age_over=age,
                expires_at=until,
            )
        if home is not None:
            Residence.objects.create(
                user=user,
                district=districts[home],
                **(
                    {"how": "provider", "checked_at": past, "expires_at": checked}
                    if checked
                    else {}
                ),
            )
    with connection.cursor() as cursor:
        # As autovacuum does for rows that are committed: else the planner may take these tables
        # for empty, and each of a hundred questions lasts as long as all of them should.
        cursor.execute("ANALYZE")
    return made, districts


def test_the_list_agrees_with_each_person(people):
    made, districts = people
    eligibilities = {user.pk: load_eligibility(user) for user in made}

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(requirements)
    def agree(requirement):
        if requirement.district_id == 0:
            requirement = Requirement(
                requirement.level, requirement.age_over, requirement.residence, districts[0].pk
            )
        listed = set(electors(requirement).values_list("pk", flat=True))
        assert listed == {pk for pk, known in eligibilities.items() if meets(known, requirement)}

    agree()


def test_who_is_suspended_or_never_confirmed_is_not_on_it(olena, bohdan):
    User.objects.filter(pk=olena.pk).update(is_active=False)
    bohdan.emailaddress_set.create(email=bohdan.email, primary=True, verified=False)
    assert not set(electors(Requirement())) & {olena, bohdan}
