"""Actions on the council's own data: its name and contacts, departments, themes, districts, ages,
martial law. The desk's pages and `manage.py load_city` do the same things by the same rules."""

from city.actions.council import change_council, remove_arms, set_arms, set_colours
from city.actions.description import WrongRow, describe
from city.actions.rows import add, change, close, remove, reopen
from city.actions.tables import TABLES, describes

__all__ = [
    "TABLES",
    "WrongRow",
    "add",
    "change",
    "change_council",
    "close",
    "describe",
    "describes",
    "remove",
    "remove_arms",
    "reopen",
    "set_arms",
    "set_colours",
]
