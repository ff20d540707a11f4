"""The fixtures of every test: a real PostgreSQL, a clock that can be shifted, and the people.

People are fixtures: olena (resident, author), bohdan (resident), firm (acts for a company),
mo (moderator), ofi (officer), charlie (outsider), admin, anon.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings

from accounts.identity import actions as identity
from accounts.models import Level, User, Verification
from tests import factories

pytest_plugins = [
    "tests.plugins.access",
    "tests.plugins.browser",
    "tests.plugins.city",
    "tests.plugins.council",
    "tests.plugins.deeds",
    "tests.plugins.long",
    "tests.plugins.proxy",
    "tests.plugins.signing_in",
    "tests.plugins.walk",
]

# No test fails by time: on a shared machine an example may take as long as it likes. To explain a
# failure every line of every example would be traced, a third of what a run takes.
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=set(Phase) - {Phase.explain},
)
settings.load_profile("house")

# The test database puts a clock of its own before PostgreSQL's: shifted, or stopped at a moment, by
# the row of test_clock, for every process that uses this database.
_CLOCK = """
CREATE TABLE test_clock (shift interval NOT NULL, stopped_at timestamptz);
INSERT INTO test_clock VALUES (interval '0', NULL);
CREATE FUNCTION public.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS
    'SELECT coalesce(stopped_at, pg_catalog.statement_timestamp() + shift) FROM public.test_clock';
"""


# After a test with real transactions Django empties the tables of its own models alone: a job that
# was left waiting, a worker that was killed, or a try that was counted, would be there for every
# later test, and for the next run with --reuse-db.
_FORGET = "TRUNCATE procrastinate_jobs, procrastinate_workers, core_limit CASCADE"
# The partitions of secret polls (votes/partitions.py) would be truncated with each later test.
_DROP_PARTITIONS = """
DO $$
DECLARE
    partition regclass;
BEGIN
    FOR partition IN
        SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent IN (
            'votes_secretvoterrecord'::regclass, 'votes_sealedballot'::regclass
        )
    LOOP
        EXECUTE format('DROP TABLE %s', partition);
    END LOOP;
END $$
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Put the shiftable clock into the test database."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('public.test_clock')")
            if cursor.fetchone()[0] is None:
                cursor.execute(_CLOCK)
                name = connection.ops.quote_name(connection.settings_dict["NAME"])
                cursor.execute(f"ALTER DATABASE {name} SET search_path = public, pg_catalog")
            cursor.execute("UPDATE test_clock SET shift = interval '0', stopped_at = NULL")
            cursor.execute(_FORGET)  # what a run that was broken off has left
            cursor.execute(_DROP_PARTITIONS)
        connection.close()  # new connections see the search path
        connection.close_pool()


@pytest.fixture(autouse=True)
def nothing_is_left(request):
    """No job and no counted try of one test is there for the next."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")  # ends after this
    yield
    with connection.cursor() as cursor:
        cursor.execute(_FORGET)
        cursor.execute(_DROP_PARTITIONS)


class Clock:
    """Moves the database's time: ``clock.advance(days=3)``, ``clock.set(moment)``; or stops it."""

    def advance(self, **delta: float) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE test_clock SET shift = shift + %s", [timedelta(**delta)])

    def set(self, moment: datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE test_clock SET shift = %s - pg_catalog.statement_timestamp()", [moment]
            )

    def stop(self, moment: datetime) -> None:
        """It is that moment until it is stopped at another, or the test ends."""
        with connection.cursor() as cursor:
            cursor.execute("UPDATE test_clock SET stopped_at = %s", [moment])

    def reset(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE test_clock SET shift = interval '0', stopped_at = NULL")

    def set_shift(self, shift: timedelta) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE test_clock SET shift = %s", [shift])


@pytest.fixture
def clock(db):
    """The database's clock, at real time; put back afterwards."""
    moving = Clock()
    moving.reset()
    yield moving
    moving.reset()


@pytest.fixture
def olena(db):
    return factories.user("olena", "Олена", "Коваль")


@pytest.fixture
def bohdan(db):
    return factories.user("bohdan", "Богдан", "Мельник")


@pytest.fixture
def firm(db):
    return factories.user("firm", "Ірина", "Савчук")


@pytest.fixture
def charlie(db):
    return factories.user("charlie", "Карпо", "Лисенко")


@pytest.fixture
def mo(db):
    return factories.user("mo", "Мотря", "Гнатюк", role="moderator")


@pytest.fixture
def department(db):
    return factories.department()


@pytest.fixture
def ofi(db, department):
    return factories.user("ofi", "Остап", "Федорук", role="officer", department=department)


@pytest.fixture
def stranger(db):
    """An officer of another department."""
    education = factories.department("Департамент освіти", slug="education")
    return factories.user("stranger", role="officer", department=education)


@pytest.fixture
def admin(db):
    return factories.user("admin", "Адам", "Мінський", role="administrator")


@pytest.fixture
def verified() -> Callable[..., Verification]:
    """``verified(charlie, person_code=…)``: a provider has checked who she is."""

    def check(user: User, **facts: Any) -> Verification:
        defaults = {
            "level": Level.SUBSTANTIAL,
            "how": Verification.How.PROVIDER,
            "source": "id.gov.ua",
        }
        return identity.verify(user, **{**defaults, **facts})

    return check
