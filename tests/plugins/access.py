"""`--rewrite`: the table of tests/access is written anew instead of compared."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite", action="store_true", help="write tests/access/expected.txt anew; read its diff"
    )
