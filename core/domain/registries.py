"""Registries are filled by modules that are found by their names, in whatever package of an app.

What reacts to an event, what an app holds about people, which deadlines it has and whatever else a
lower app gathers from upper ones is registered where it stands, as its module is read. A module of
one of these names, or in a package of mails or state checks, is read at the start of each process:
a new one needs no line elsewhere. A test finds what registers itself in a module of another name.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings

#: Names of modules.
NAMES = frozenset(
    {
        "checks",
        "deadlines",
        "handlers",
        "matters",
        "open_work",
        "personal_data",
        "periods",
        "places",
        "record",
        "recorders",
        "sources",
        "state_checks",
    }
)
#: With these beginnings there may be several in a package.
BEGINNINGS = ("handlers_", "sources_")
#: Packages whose modules are all read.
PACKAGES = frozenset({"mails", "state_checks"})
#: Packages of which nothing is.
_OTHERS = frozenset({"api", "demo", "management", "migrations", "templatetags"})


def discover() -> list[str]:
    """Read them all, app by app from the lowest, and return their names."""
    found = list(_modules())
    for name in found:
        import_module(name)
    return found


def is_discovered(module: str) -> bool:
    """Whether a module is read at the start by its dotted name."""
    *packages, name = module.split(".")
    if _OTHERS.intersection(packages):
        return False
    return name in NAMES or name.startswith(BEGINNINGS) or not PACKAGES.isdisjoint(packages)


def _modules() -> Iterator[str]:
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if folder.parent == settings.BASE_DIR:
            names = (
                ".".join(path.relative_to(folder.parent).with_suffix("").parts)
                for path in folder.rglob("*.py")
                if path.name != "__init__.py"
            )
            yield from sorted(filter(is_discovered, names))
