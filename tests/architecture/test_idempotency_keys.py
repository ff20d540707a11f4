"""Every form that leads to a creating route carries an idempotency key; no ballot does."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FORM = re.compile(r"<form\b(?P<head>.*?)>(?P<body>.*?)</form>", re.DOTALL)
ACTION = re.compile(r"""action="\{% url '(?P<name>[\w:]+)'""")
KEY = "{% idempotency_key %}"


def _idempotent():
    """The names of routes whose views are ``@idempotent``."""
    return [name for name, _view in _views()]


def _views(patterns=None, prefix=""):
    """The names of those routes, with their views."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _views(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and hasattr(pattern.callback, "answers_again"):
            yield f"{prefix}{pattern.name}", pattern.callback


def _forms():
    for path in sorted(TEMPLATES.rglob("*.html")):
        text = re.sub(
            r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.DOTALL
        )
        for form in FORM.finditer(text):
            action = ACTION.search(form["head"])
            place = str(path.relative_to(TEMPLATES))
            yield place, action["name"] if action else "", form["body"]


def test_their_keys_are_claimed_before_all_that_decorates_them():
    """By ``claim_first`` of the root URLconf, or in place."""
    assert [name for name, view in _views() if not view.claims_key] == []


def test_forms_of_creating_routes_carry_a_key():
    creating = set(_idempotent())
    assert len(creating) > 40
    assert [
        (place, name) for place, name, body in _forms() if name in creating and KEY not in body
    ] == []


def test_forms_of_other_routes_carry_none():
    """Nor the one form through which the buttons of a live page act, nor a ballot."""
    creating = {"", *_idempotent()}
    assert [
        (place, name) for place, name, body in _forms() if name not in creating and KEY in body
    ] == []
    keyed = {place for place, _name, body in _forms() if KEY in body}
    assert not keyed & {"votes/vote.html", "votes/vote_check.html"}
    assert not [
        text
        for text in map(Path.read_text, TEMPLATES.rglob("*.html"))
        if re.search(r'id="act".*idempotency_key', text)
    ]
