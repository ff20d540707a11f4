"""Migrations of a new database, without all models being drawn anew at each step.

After an operation Django draws each model anew that has to do with the changed one: by the people,
that is nearly every one, and nine tenths of what the migrations take. An operation on the schema
reads the changed model alone. Before one that runs Python Django draws all of them where some were
left (`is_delayed`), here too.

The demo city and the databases of tests are made so, in a quarter of the time; ``pg_dump`` told no
difference. An installation is migrated by Django alone.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.migrations.state import ProjectState

Key = tuple[str, str]
_find_all: Callable[..., set[Key]] = ProjectState._find_reload_model  # type: ignore[attr-defined]


def _find_changed(
    state: ProjectState, app_label: str, model_name: str, delay: bool = False
) -> set[Key]:
    """The models to draw anew: of a new one, and where Django may leave some, the one alone."""
    is_new = model_name not in state.apps.all_models[app_label]
    if not delay and not is_new:
        return _find_all(state, app_label, model_name, delay)
    state.is_delayed = True
    return {(app_label, model_name)}


def draw_only_what_changes() -> None:
    """From now on, migrations of this process draw as little as they can."""
    ProjectState._find_reload_model = _find_changed  # type: ignore[attr-defined]
