"""`--long`: the tests marked `long` run only when asked for (`bin/test --long`), and those marked
`short` only when not: a long one does the same, and more of it."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long", action="store_true", help="also faults, large numbers and fresh clones"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    mark = "short" if config.getoption("--long") else "long"
    left_out = [item for item in items if item.get_closest_marker(mark)]
    items[:] = [item for item in items if not item.get_closest_marker(mark)]
    config.hook.pytest_deselected(items=left_out)
