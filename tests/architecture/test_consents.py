"""A consent is given by ticking a box: no box of any form is ticked before somebody has seen it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from django import forms
from django.apps import apps
from django.conf import settings

from petitions.models import Pending, Signature
from petitions.signing.forms import MailForm, SignForm

#: Boxes that are ticked beforehand: an officer says by them what a poll or the rules are like.
NO_CONSENTS = {
    "QuestionForm.is_required",
    "AskHereForm.results_while_open",
    "PreparedForm.results_while_open",
    "QuickForm.results_while_open",
    "QuickPollForm.results_while_open",
    "RulesForm.names_may_be_withheld",
    "RulesForm.plenary",
}
#: Templates with a box that is always ticked: how this browser's keys work.
ALWAYS_CHECKED = {
    "components/list_keys.html",
    "components/moderation_keys.html",
    "consultations/disposition_keys.html",
    "meetings/control.html",
    "meetings/control_displays.html",
}


def all_forms() -> Iterator[type[forms.BaseForm]]:
    """Every form of the project, wherever it is defined."""
    for config in apps.get_app_configs():
        if settings.BASE_DIR.joinpath(*config.name.split(".")).is_dir():
            package = import_module(config.name)
            for found in walk_packages(package.__path__, f"{config.name}."):
                if ".migrations" not in found.name and ".management" not in found.name:
                    import_module(found.name)
    waiting: list[type[forms.BaseForm]] = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if not form.__module__.startswith("django."):
            yield form


def is_ticked(field: forms.Field) -> bool:
    boxes = (forms.CheckboxInput, forms.CheckboxSelectMultiple)
    initial = field.initial() if callable(field.initial) else field.initial
    return isinstance(field.widget, boxes) and bool(initial)


def test_no_box_of_a_form_is_ticked_beforehand():
    found = set(all_forms())
    assert {SignForm, MailForm} <= found
    assert len(found) > 80
    ticked = {
        f"{form.__name__}.{name}"
        for form in found
        for name, field in getattr(form, "base_fields", {}).items()
        if is_ticked(field)
    }
    assert ticked == NO_CONSENTS


def test_no_box_of_a_template_is_always_ticked():
    found = set()
    templates = settings.BASE_DIR / "templates"
    for path in templates.rglob("*.html"):
        always = re.sub(r"{%\s*if .*?{%\s*endif\s*%}", "", path.read_text("utf-8"), flags=re.S)
        boxes = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", always)
        if any(re.search(r"\schecked\b", box) for box in boxes):
            found.add(path.relative_to(templates).as_posix())
    assert found <= ALWAYS_CHECKED


def test_a_signer_who_says_nothing_has_not_asked_for_mails():
    for model in (Signature, Pending):
        assert model._meta.get_field("wants_news").default is False
    assert SignForm.base_fields["wants_news"].initial is None
