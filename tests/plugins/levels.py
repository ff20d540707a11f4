"""The levels of a test run: everyday, `--all`, `--long`, `--nightly`.

The everyday run leaves out the folders of `WITH_ALL` and rotates through others by the day; a
path named on the command line is run wholly, as with `--all`. CONTRIBUTING.md lists the levels.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

#: Folders of tests/ that run only with --all, or when they are named.
WITH_ALL = ("attack", "journeys", "demo")

# No test fails by time: on a shared machine an example may take as long as it likes. To explain a
# failure every line of every example would be traced, a third of what a run takes. The examples
# are the same in every run, so that a change is judged by what it changes; --nightly tries others.
settings.register_profile(
    "viche",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    phases=set(Phase) - {Phase.explain},
)
settings.register_profile("nightly", settings.get_profile("viche"), derandomize=False)
settings.load_profile("viche")


@dataclass(frozen=True)
class Level:
    """What a run was asked for.

    ``all``: everything that can fail on a change; also true where paths are named.
    ``long``: large numbers, faults and fresh clones.
    ``nightly``: what the other levels do not try: random seeds, contrast on every page, English
    pages loaded narrow and judged by axe, full Chromium, seeded faults. Tests then do as
    much as with the two others; those that would do just the same do not run.
    ``day``: the date by which an everyday run rotates. ``seed``: of what is random with --nightly.
    ``routes``, ``drawn``: where any are named, only these are asked (tests/access) and drawn
    (tests/pages), whatever the day.
    """

    all: bool
    long: bool
    nightly: bool
    day: date
    seed: int
    routes: frozenset[str] = frozenset()
    drawn: frozenset[str] = frozenset()

    def is_turn(self, place: str, one_in: int = 8) -> bool:
        """Whether ``place`` runs in an everyday run of this day; each does once in so many days."""
        number = int.from_bytes(sha256(place.encode()).digest()[:4])
        return (number + self.day.toordinal()) % one_in == 0


def level(config: pytest.Config) -> Level:
    """The level of this run, the same in every worker.

    In a test: ``level(request.config).nightly``; to choose parameters: ``level(metafunc.config)``
    in ``pytest_generate_tests``.
    """
    option = config.option
    return Level(
        all=option.all or option.nightly,
        long=option.long or option.nightly,
        nightly=option.nightly,
        day=date.fromisoformat(option.day),
        seed=option.seed,
        routes=frozenset(filter(None, option.routes.split(","))),
        drawn=frozenset(filter(None, option.drawn.split(","))),
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("viche", "Levels")
    group.addoption("--all", action="store_true", help="everything that can fail on a change")
    group.addoption("--long", action="store_true", help="faults, large numbers, fresh clones")
    group.addoption(
        "--nightly",
        action="store_true",
        help="--all --long with random seeds, contrast everywhere, English pages loaded narrow,"
        " axe in English and full Chromium",
    )
    group.addoption(
        "--day",
        default="",
        metavar="YYYY-MM-DD",
        help="the day by which an everyday run chooses; today where none is given",
    )
    group.addoption(
        "--seed", type=int, default=None, help="of what is random with --nightly; printed by a run"
    )

    for name, folder in (("routes", "access"), ("drawn", "pages")):
        group.addoption(
            f"--{name}",
            default="",
            metavar="NAME,NAME",
            help=f"of tests/{folder} only these routes; bin/test --since says which",
        )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Settle what depends on the moment and on the command line; workers are told."""
    option = config.option
    if option.nightly:
        settings.load_profile("nightly")
    if hasattr(config, "workerinput"):
        vars(option).update(config.workerinput["level"])
        return
    option.day = option.day or datetime.now(UTC).date().isoformat()
    if option.seed is None:
        option.seed = random.SystemRandom().randrange(2**32)
    tests = config.rootpath / "tests"
    option.all = option.all or (
        config.args_source is pytest.Config.ArgsSource.ARGS
        and any(
            tests in (config.invocation_params.dir / arg.split("::")[0]).resolve().parents
            for arg in config.args
        )
    )


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker (pytest-xdist) what its run was asked for."""
    option = node.config.option
    node.workerinput["level"] = {"all": option.all, "day": option.day, "seed": option.seed}


def choose[T](config: pytest.Config, values: Sequence[T], *, one_in: int = 1) -> Sequence[T]:
    """The value of the day; with --long every ``one_in``-th beginning with it; at night all."""
    run = level(config)
    if run.nightly:
        return values
    begin = run.day.toordinal() % len(values)
    in_turn = [*values[begin:], *values[:begin]]
    return in_turn[::one_in] if run.long else in_turn[:1]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``@pytest.mark.in_turn("reader", [...])``: as parametrize, with what ``choose`` chooses;
    with --long every second, at night all."""
    for mark in metafunc.definition.iter_markers("in_turn"):
        name, values = mark.args
        metafunc.parametrize(name, choose(metafunc.config, values, one_in=2))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    chosen = level(config)
    left_out = [item for item in items if not _belongs(item, chosen)]
    items[:] = [item for item in items if _belongs(item, chosen)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)


def _belongs(item: pytest.Item, chosen: Level) -> bool:
    if not chosen.all and (_is_in(item, WITH_ALL) or item.get_closest_marker("with_all")):
        return False
    if item.get_closest_marker("nightly"):
        return chosen.nightly
    if chosen.nightly and not _tries_more_at_night(item):
        return False
    if item.get_closest_marker("long"):
        return chosen.long or bool(chosen.drawn and _is_in(item, ("pages",)))
    return not (item.get_closest_marker("short") and chosen.long)


def _tries_more_at_night(item: pytest.Item) -> bool:
    """Whether it does not do the same as in CI."""
    return (
        "browser" in getattr(item, "fixturenames", ())
        or getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        or any(item.get_closest_marker(name) for name in ("more_at_night", "in_turn"))
    )


def _is_in(item: pytest.Item, folders: Sequence[str]) -> bool:
    """Whether the test is within one of these folders of tests/, given as paths."""
    path = item.path.relative_to(item.config.rootpath / "tests")
    return any(path.is_relative_to(folder) for folder in folders)


def folder_of(item: pytest.Item) -> str:
    """The folder within tests/ that holds the test; "" for a file beside those folders."""
    parts = item.path.relative_to(item.config.rootpath / "tests").parts
    return parts[0] if len(parts) > 1 else ""
