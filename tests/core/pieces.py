"""A rendered piece taken apart, with what holds for every one; and a form of all controls."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

from django import forms
from django.template import Context, Template
from django.utils import translation

from core.web.forms import DateInput, DateTimeInput, TextField

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(HTMLParser):
    """What a rendered piece is made of; its tags must close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        names = Counter(name for name, _ in attrs)
        assert max(names.values(), default=0) < 2, f"an attribute twice in {tag}: {names}"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data):
        self.text += data

    @property
    def words(self) -> str:
        return " ".join(self.text.split())

    def all(self, tag: str, **attrs: str) -> list[dict[str, str | None]]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            found
            for name, found in self.tags
            if name == tag and all(found.get(key) == value for key, value in wanted.items())
        ]

    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.tags if attrs.get("id")]


def whole(html: str) -> Page:
    """Parse, and check what holds for every piece: closed tags, unique ids, nothing inline."""
    page = Page(html)
    assert not page.open, f"left open: {page.open}"
    assert not [one for one, count in Counter(page.ids()).items() if count > 1]
    for tag, attrs in page.tags:
        assert "style" not in attrs, f"style= in {tag}: the CSP forbids it"
        assert not [name for name in attrs if name.startswith(("on", "hx-on"))]
        assert tag != "script" or attrs.get("src"), "an inline script"
    return page


def draw(source: str, **context) -> Page:
    with translation.override("en"):
        return whole(
            Template("{% load components forms frame times %}" + source).render(Context(context))
        )


class Speech(forms.Form):
    name = forms.CharField(label="Name", help_text="As in your passport")
    text = TextField(label="Text", max_length=50)
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    places = forms.MultipleChoiceField(
        label="Places",
        choices=[("c", "Centre"), ("w", "West")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agree = forms.BooleanField(label="I agree", help_text="Until you say otherwise")
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    theme = forms.ChoiceField(label="Theme", choices=[("1", "Roads")])
    day = forms.DateField(label="Day", widget=DateInput, required=False)
    at = forms.DateTimeField(label="At", widget=DateTimeInput, required=False)
    file = forms.FileField(label="File", required=False)
    secret = forms.IntegerField(widget=forms.HiddenInput, required=False)
