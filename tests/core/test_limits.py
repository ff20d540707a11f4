"""How often one may try: exact under parallel tries, across processes, by the database's clock."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils.translation import override

from core.domain.rules import Refused, require
from core.web import limits
from core.web.limits import Try, forget, spend, spend_in_turn, sweep

HOUR = timedelta(hours=1)


def rows() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, used FROM core_limit")
        return cursor.fetchall()


@pytest.fixture
def clean(transactional_db):
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_limit")


@pytest.mark.django_db
def test_as_many_as_allowed_and_then_a_refusal_that_says_until_when():
    assert all(spend("try:me", most=3, per=HOUR) for _ in range(3))
    verdict = spend("try:me", most=3, per=HOUR)
    assert not verdict
    assert verdict.code == limits.CODE == "limit.reached"
    assert 3590 < verdict.params["retry_after"] <= 3600
    with override("en"):
        assert "60 minutes" in str(spend("try:me", most=3, per=HOUR).message)
    with pytest.raises(Refused):
        require(verdict)


@pytest.mark.django_db
def test_others_are_not_counted():
    spend("try:me", most=1, per=HOUR)
    assert not spend("try:me", most=1, per=HOUR)
    assert spend("try:you", most=1, per=HOUR)
    assert spend("other:me", most=1, per=HOUR)


@pytest.mark.django_db
def test_the_window_ends_by_the_databases_clock(clock):
    spend("try:me", most=1, per=HOUR)
    clock.advance(minutes=59)
    assert not spend("try:me", most=1, per=HOUR)
    clock.advance(minutes=2)
    assert spend("try:me", most=1, per=HOUR)
    assert not spend("try:me", most=1, per=HOUR)


@pytest.mark.django_db
def test_refused_tries_do_not_prolong_it(clock):
    for _ in range(10):
        spend("try:me", most=1, per=HOUR)
        clock.advance(minutes=5)
    clock.advance(minutes=11)
    assert spend("try:me", most=1, per=HOUR)


@pytest.mark.django_db
def test_it_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        spend("try:me", most=1, per=HOUR)


@pytest.mark.django_db
def test_what_is_counted_by_is_not_readable_in_the_database():
    spend("mail:olena@viche.example", most=1, per=HOUR)
    assert rows()[0][0].startswith("mail:")
    assert "olena" not in rows()[0][0]


@pytest.mark.django_db
def test_it_can_be_forgotten_and_swept(clock):
    spend("try:me", most=1, per=HOUR)
    forget("try:me")
    assert spend("try:me", most=1, per=HOUR)
    spend("try:you", most=1, per=2 * HOUR)
    clock.advance(minutes=61)
    assert sweep() == 1
    assert len(rows()) == 1


def test_of_50_parallel_tries_exactly_as_many_as_allowed_succeed(clean):
    def attempt(_number: int) -> bool:
        try:
            return bool(spend("try:crowd", most=7, per=HOUR))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=10) as threads:
        allowed = list(threads.map(attempt, range(50)))
    assert (allowed.count(True), allowed.count(False)) == (7, 43)


@pytest.mark.cpu(6)  # another process loads Django
def test_other_processes_count_with_us(clean):
    spend("try:crowd", most=2, per=HOUR)
    program = (
        "import django; django.setup()\n"
        "from datetime import timedelta; from core.web.limits import spend\n"
        "print([bool(spend('try:crowd', most=2, per=timedelta(hours=1))) for _ in range(2)])"
    )
    name = connection.settings_dict
    url = f"postgres://{name['USER']}@{name['HOST']}:{name['PORT']}/{name['NAME']}"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        env={
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PATH": "",
            "PGPASSWORD": name["PASSWORD"],
        },
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "[True, False]", done.stderr


@pytest.mark.django_db
def test_several_are_counted_in_turn_until_one_refuses(django_assert_num_queries):
    tries = [Try("a:me", 3, HOUR), Try("b:me", 2, HOUR, times=2), Try("c:me", 9, HOUR)]
    with django_assert_num_queries(1):
        assert spend_in_turn(tries)
    verdict = spend_in_turn(tries)
    assert verdict.code == limits.CODE
    used = {key.partition(":")[0]: number for key, number in rows()}
    assert used == {"a": 2, "b": 3, "c": 1}, "one more than allowed, and none behind it"
    assert 3590 < verdict.params["retry_after"] <= 3600
    assert spend_in_turn([])


@pytest.mark.django_db
def test_in_turn_as_one_by_one(clock):
    def together(turn: int) -> bool:
        keys = [f"together-{name}:{turn % 2}" for name in "ab"]
        return bool(spend_in_turn([Try(keys[0], 2, HOUR), Try(keys[1], 3, 2 * HOUR)]))

    def one_by_one(turn: int) -> bool:
        keys = [f"apart-{name}:{turn % 2}" for name in "ab"]
        return bool(spend(keys[0], most=2, per=HOUR) and spend(keys[1], most=3, per=2 * HOUR))

    for turn in range(12):
        assert together(turn) == one_by_one(turn)
        clock.advance(minutes=20)
    counted = dict(rows())
    for key, used in counted.items():
        if key.startswith("apart"):
            assert counted[key.replace("apart", "together", 1)] == used


def test_parallel_tries_in_turn_wait_in_no_circle(clean):
    """Of one network from several households, as spend_client counts them."""

    def spend_some(household: int) -> int:
        tries = [Try(f"house:{household % 2}", 30, HOUR), Try("network:all", 50, HOUR)]
        try:
            return sum(bool(spend_in_turn(tries)) for _ in range(20))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(spend_some, range(4))) == 50
