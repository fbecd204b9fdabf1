"""Markdown to HTML with places for fields. No raw HTML, no pictures, no links that lead anywhere.

CommonMark and pipe tables, with two changes people know from signing services: `__text__` underlines, and
`{{type:key}}` is a place for a field; `{{pagebreak}}` on its own line begins a page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from app.domain.fields.registry import KINDS
from app.domain.geometry import Size
from app.pdf.tokenising import PAGE_BREAK, TOKEN, TOKEN_SIZES


@dataclass(frozen=True, slots=True)
class Place:
    """A field token: `id` is that of its element in the HTML."""

    id: str
    kind: str
    key: str
    size: Size


@dataclass(frozen=True, slots=True)
class Page:
    """What a Markdown text becomes; `blank` is the picture the layout reserves room with."""

    html: str
    places: tuple[Place, ...]
    heading: str
    empty: bool


BLANK = "blank.png"


def read(markdown: str) -> Page:
    """HTML without anything active, the places in it, and the first heading."""
    places: list[Place] = []
    parser = _parser(places)
    parts = [parser.render(part) for part in _parts(markdown)]
    html = "".join(part if number == 0 else f'<div class="page">{part}</div>' for number, part in enumerate(parts))
    return Page(html, tuple(places), _heading(parser, markdown), not any(part.strip() for part in parts))


def size_of(kind: str) -> Size:
    return TOKEN_SIZES.get(kind) or KINDS[kind].default_size


def _parts(markdown: str) -> list[str]:
    """The text between page breaks."""
    parts: list[list[str]] = [[]]
    for line in markdown.splitlines():
        if PAGE_BREAK.fullmatch(line.strip()):
            parts.append([])
        else:
            parts[-1].append(line)
    return ["\n".join(lines) for lines in parts]


def _parser(places: list[Place]) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "autolink"])
    parser.inline.ruler.before("emphasis", "field", _field)
    parser.inline.ruler.before("text", "field_start", _field)
    parser.add_render_rule("field", _written_to(places))
    for name in ("strong_open", "strong_close"):
        parser.add_render_rule(name, _strong)
    for name in ("link_open", "link_close"):
        parser.add_render_rule(name, _nothing)
    return parser


def _field(state: StateInline, silent: bool) -> bool:
    """An inline rule: a token of a known kind at this place."""
    found = TOKEN.match(state.src, state.pos)
    if not found or found["type"].lower() not in KINDS:
        return False
    if not silent:
        token = state.push("field", "img", 0)
        token.meta = {"kind": found["type"].lower(), "key": found["key"].strip()}
    state.pos = found.end()
    return True


def _written_to(places: list[Place]) -> Callable[..., str]:
    """Writes a field as a blank picture of its size, and remembers it."""

    def render(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        meta = tokens[index].meta
        size = size_of(meta["kind"])
        place = Place(f"field-{len(places)}", meta["kind"], meta["key"], size)
        places.append(place)
        return f'<img id="{place.id}" src="{BLANK}" width="{size.width:g}" height="{size.height:g}"/>'

    return render


def _strong(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    tag = "u" if tokens[index].markup == "__" else "b"
    return f"<{tag}>" if tokens[index].nesting == 1 else f"</{tag}>"


def _nothing(_renderer: Any, _tokens: Sequence[Token], _index: int, _options: Any, _env: Any) -> str:
    return ""


def _heading(parser: MarkdownIt, markdown: str) -> str:
    tokens = parser.parse(markdown)
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            return following.content
    return ""
