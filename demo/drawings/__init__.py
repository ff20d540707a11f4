"""Pictures that the demo city draws itself, in code: no file of them is kept in the repository."""

from __future__ import annotations

from collections.abc import Callable

from demo.drawings import council, places, streets, yards
from demo.drawings.canvas import Canvas

#: How each is drawn, by its name in polls.toml.
DRAWINGS: dict[str, Callable[[], Canvas]] = {
    each.__name__.replace("_", "-"): each
    for module in (places, streets, yards, council)
    for each in module.DRAWINGS
}


def draw(name: str) -> bytes:
    """The picture of that name as JPEG."""
    return DRAWINGS[name]().jpeg()
