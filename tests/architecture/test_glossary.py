"""docs/glossary.md: every app and every model of the product is in it, and what it names exists."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings

TEXT = (settings.BASE_DIR / "docs/glossary.md").read_text(encoding="utf-8")
NAMES = set(re.findall(r"`([\w./*-]+)`", TEXT))
APPS = [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
MODELS = {f"{model._meta.app_label}.{model.__name__}" for app in APPS for model in app.get_models()}


def test_it_has_every_app():
    assert len(APPS) > 10
    assert not {f"{app.name}/" for app in APPS} - NAMES


def test_it_has_every_model():
    assert not MODELS - NAMES


def test_what_it_names_exists():
    """A model, a module, or a class or field of one of these."""
    named = [name for name in NAMES - MODELS if re.fullmatch(r"[a-z]+(\.\w+)+", name)]
    assert [name for name in named if not _exists(name)] == []


def _exists(name: str) -> bool:
    owner, _dot, last = name.rpartition(".")
    if owner in MODELS:
        model = apps.get_model(owner)
        return any(field.name == last for field in model._meta.get_fields())
    try:
        import_module(name)
    except ModuleNotFoundError:
        try:
            return hasattr(import_module(owner), last)
        except ModuleNotFoundError:
            return False
    return True
