"""``{% kept says %} … {% endkept %}``: a part of a template that a process draws once.

    {% kept about.says %}…{% endkept %}

``says``: all that the part shows, or what that is made of (``core.web.render_cache.key_of_row``);
a word, where it shows nothing but our own sentences; nothing, and it is drawn each time. It is
drawn without a request, in the active language: nothing in it may be the reader's own, and a
personal part (core.web.personal_parts) in it is an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString

from core.web.render_cache import keep_part, render_part

register = template.Library()

#: What the context has from the request (settings.TEMPLATES).
_OF_REQUEST = frozenset({"request", "user", "perms", "messages", "csrf_token"})


class _Kept(template.Node):
    def __init__(self, says: FilterExpression, nodelist: NodeList) -> None:
        self.says, self.nodelist = says, nodelist

    def render(self, context: template.Context) -> SafeString:
        says = self.says.resolve(context, ignore_failures=True)
        if not says:
            return self.nodelist.render(context)
        return keep_part(self.place, says, lambda: self.nodelist.render(_for_everybody(context)))

    @cached_property
    def place(self) -> str:
        return f"{self.origin}:{self.token.lineno if self.token else 0}"


def _for_everybody(context: template.Context) -> template.Context:
    told: dict[Any, Any] = context.flatten()
    made = context.new({name: told[name] for name in told.keys() - _OF_REQUEST})
    vars(made).pop("request", None)  # of a RequestContext
    return made


@register.tag
def kept(parser: Parser, token: Token) -> template.Node:
    _name, says = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return _Kept(parser.compile_filter(says), nodelist)


@register.simple_tag
def timeline(stages: Iterable[Any], *, upright: bool = False) -> SafeString:
    """Timeline of a thing, as templates/components/timeline.html says."""
    says = tuple(map(_words_of_stage, stages))
    context = {"stages": stages, "upright": upright}
    return render_part("components/timeline.html", (upright, says), lambda: context)


def _words_of_stage(stage: Any) -> tuple[Any, ...]:
    """With their types: a word that is HTML already and one that is to be escaped are equal."""
    if isinstance(stage, dict):
        words = [stage.get(name) for name in _OF_STAGE]
    else:
        words = [getattr(stage, name) for name in _OF_STAGE]
    return (*words, *map(type, words))


_OF_STAGE = ("label", "state", "date", "until", "note", "late", "article")
