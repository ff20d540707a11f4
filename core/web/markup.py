"""A subset of Markdown for what people write, made into safe HTML once, when it is stored.

Understood are paragraphs, line breaks, *emphasis*, **strong**, lists, > quotations, and links to
http and https (written out, in <angle brackets>, or as [words](address)). All else – headings,
pictures, code, raw HTML – stays the text that it is. What the renderer makes passes through nh3
with a list of what is allowed, so that a mistake in one of the two cannot become an attack.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}
# "*": nh3 would otherwise let titles and languages through on every tag.
_ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "ol": {"start"}, "*": set()}
# What visitors link to is no recommendation of the council's, and learns nothing of our pages.
_REL = "nofollow ugc noopener"
_CLEANER = nh3.Cleaner(
    tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"}, link_rel=_REL
)
_BARE = "auto"  # the parser's word for a link whose words are its address
_DEEPEST = 12  # lists and quotations inside each other

_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"«»“”„]+", re.IGNORECASE)
# After the parser's encoding: other letters of a host are in Punycode by then.
_WEB = re.compile(r"https?://[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?(:\d{1,5})?(?=[/?#]|$)", re.IGNORECASE)
_NOT_AT_ITS_END = ".,;:!?'’*_~|"
# Marks that turn the direction of the text after them, which could show other words than were sent.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def html(text: str) -> SafeString:
    """Safe HTML of what a person wrote; "" for nothing but white space."""
    return mark_safe(_CLEANER.clean(_parser().render(text.translate(_TURNING))).strip())


def plain(text: str) -> str:
    """The same without HTML, for mails and feeds: lists keep their signs, links their addresses."""
    return _Plain().read(_parser().parse(text.translate(_TURNING)))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "breaks": True, "maxNesting": _DEEPEST})
    parser.enable(
        ["list", "blockquote", "newline", "escape", "emphasis", "link", "autolink"],
    )
    parser.validateLink = _is_allowed  # type: ignore[method-assign]  # the documented way to restrict it
    parser.core.ruler.after("text_join", "addresses", _link_addresses)
    return parser


def _is_allowed(url: str) -> bool:
    """Only the web, and no name before the host (https://rada.gov.ua@elsewhere.example)."""
    return bool(_WEB.match(url))


def _link_addresses(state: StateCore) -> None:
    """A rule for the parser: addresses written out in the text become links."""
    for block in state.tokens:
        if block.type != "inline" or "://" not in block.content:
            continue
        linked: list[Token] = []
        inside = 0
        for token in block.children or ():
            inside += (token.type == "link_open") - (token.type == "link_close")
            if token.type == "text" and not inside:
                linked += _with_links(state.md, token.content)
            else:
                linked.append(token)
        block.children = linked


def _with_links(parser: MarkdownIt, text: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    for match in _ADDRESS.finditer(text):
        address = _without_tail(match[0])
        url = parser.normalizeLink(address)
        if not _is_allowed(url):
            continue
        end = match.start() + len(address)
        tokens += [
            Token("text", "", 0, content=text[at : match.start()]),
            Token("link_open", "a", 1, attrs={"href": url}, info=_BARE),
            Token("text", "", 0, content=text[match.start() : end]),
            Token("link_close", "a", -1),
        ]
        at = end
    return [*tokens, Token("text", "", 0, content=text[at:])]


def _without_tail(address: str) -> str:
    """Without the punctuation of its sentence: a full stop, a bracket that it has not opened."""
    opened, closed = address.count("("), address.count(")")
    end = len(address)
    while end and (
        address[end - 1] in _NOT_AT_ITS_END or (address[end - 1] == ")" and closed > opened)
    ):
        closed -= address[end - 1] == ")"
        end -= 1
    return address[:end]


class _Plain:
    """Reads the parser's blocks into lines of text."""

    def __init__(self) -> None:
        self.text = ""
        self.quotes = 0
        self.numbers: list[int | None] = []  # of the lists we are in; None in unnumbered ones
        self.sign = ""
        self.close = False  # the next block stands directly under the last…
        self.listed = False  # …when that was in a list too

    def read(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            match token.type:
                case "blockquote_open" | "blockquote_close":
                    self.quotes += token.nesting
                case "bullet_list_open":
                    self.numbers.append(None)
                case "ordered_list_open":
                    self.numbers.append(int(token.attrGet("start") or 1))
                case "bullet_list_close" | "ordered_list_close":
                    self.numbers.pop()
                case "list_item_open":
                    self._item()
                case "paragraph_open":
                    self.close = token.hidden
                case "inline":
                    self._block(_inline(token.children or ()))
        return self.text

    def _item(self) -> None:
        number = self.numbers[-1]
        self.sign = "– "
        if number is not None:
            self.sign = f"{number}. "
            self.numbers[-1] = number + 1

    def _block(self, text: str) -> None:
        quote = "> " * self.quotes
        indent = "  " * (len(self.numbers) - (1 if self.sign else 0))
        first, rest = quote + indent + self.sign, quote + indent + " " * len(self.sign)
        lines = text.split("\n")
        block = "\n".join([first + lines[0], *(rest + line for line in lines[1:])])
        if self.text:
            self.text += "\n" if self.close and self.listed else "\n\n"
        self.text += block
        self.sign, self.listed = "", bool(self.numbers)


def _inline(tokens: Sequence[Token]) -> str:
    text, address = "", ""
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            text += "\n"
        elif token.type == "link_open":
            address = "" if token.info == _BARE else f" ({token.attrGet('href')})"
        elif token.type == "link_close":
            text += address
        else:
            text += token.content
    return text
