"""The search box: words as people type them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.envelope import Attachment, EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.store import Library, Query, lists
from app.store.searching import MOST_WORDS, words_of
from tests.support.envelopes import envelope, identifier, recorded, retitled, sha


def _found(library: Library, typed: str, **more: object) -> list[EnvelopeId]:
    query = Query(search=typed, **more)  # type: ignore[arg-type]
    page = library.list(query)
    assert [row.id for row in page.rows] == list(library.ids(query))
    assert page.total == len(page.rows)
    return [row.id for row in page.rows]


@pytest.fixture
def three(library: Library) -> Library:
    """A lease of Jürgen's, a contract of Zoë's with an attachment, and a third thing."""
    lease, contract, third = envelope(1), envelope(2), envelope(3)
    buyer = replace(lease.recipients[0], name="Jürgen Ångström", email="j.a@düne.example")
    zoe = replace(contract.recipients[0], name="Zoë Núñez", email="zoe.nunez@office.example")
    library.record(
        recorded(replace(lease, title="Mietvertrag Gartenstraße", message="Bitte lesen", recipients=(buyer,))),
        recorded(
            replace(
                contract,
                title="C++ & more: 100 %",
                message="",
                recipients=(zoe,),
                attachments=(Attachment("floorplan-2026.pdf", sha(9), 10),),
            )
        ),
        recorded(replace(third, title="日本語 契約書", message="", recipients=(), metadata={"matter": "XK-4711"})),
    )
    return library


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("mietvertrag", [1]),
        ("MIETV", [1]),
        ("gart miet", [1]),
        ("jurgen", [1]),
        ("Jürgen", [1]),
        ("angstrom", [1]),
        ("j.a@düne.example", [1]),
        ("lesen", [1]),
        ("nunez", [2]),
        ("zoe.nunez@office.example", [2]),
        ("floorplan", [2]),
        ("2026", [2]),
        ("100 %", [2]),
        ("XK-4711", [3]),
        ("matter", [3]),
        ("日本", [3]),
        ("mietvertrag zoe", []),
        ("ietvertrag", []),
        ("--- * ( \"", [3, 2, 1]),
        ("", [3, 2, 1]),
    ],
)
def test_words_find_what_they_begin(three: Library, typed: str, numbers: list[int]) -> None:
    assert _found(three, typed) == [identifier(number) for number in numbers]


def test_a_changed_word_is_found_and_the_old_one_is_not(library: Library) -> None:
    (made,) = library.record(recorded(replace(envelope(), title="Aardvark")))
    (made,) = library.record(retitled(made, "Bergamot"))
    assert _found(library, "bergamot") == [made.id]
    assert _found(library, "aardvark") == []
    library.record(recorded(replace(made, message="Cassowary")))
    assert _found(library, "bergamot cassowary") == [made.id]
    library.examine()


def test_a_search_obeys_status_and_turn(library: Library) -> None:
    for number, status in enumerate(EnvelopeStatus):
        library.record(recorded(replace(envelope(number, status), title="Quokka")))
    assert len(_found(library, "quokka")) == 6
    wanted = (EnvelopeStatus.VOIDED, EnvelopeStatus.OUT)
    assert _found(library, "quokka", status=wanted) == [identifier(4), identifier(1)]
    assert _found(library, "quokka", needs_host=True) == [identifier(1)]


@pytest.mark.parametrize("few", [3, 1000])
def test_many_finds_give_the_same_pages_as_few(library: Library, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(lists, "FEW", few)
    statuses = (EnvelopeStatus.DRAFT, EnvelopeStatus.VOIDED)
    library.record(*(recorded(replace(envelope(n, statuses[n % 2]), title="Quokka")) for n in range(20)))
    page = library.list(Query(search="quok", limit=5, offset=5))
    assert [row.id for row in page.rows] == [identifier(number) for number in range(14, 9, -1)]
    assert page.total == 20
    voided = library.list(Query(search="quok", status=(EnvelopeStatus.VOIDED,), limit=4))
    assert [row.id for row in voided.rows] == [identifier(number) for number in (19, 17, 15, 13)]
    assert voided.total == 10
    assert library.list(Query(search="quok", limit=3, after=page.end)).rows[0].id == identifier(9)
    assert len(library.ids(Query(search="quok"))) == 20


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(Path(tmp_path_factory.mktemp("searched")) / "library") as opened:
        opened.record(*(recorded(envelope(number)) for number in range(5)))
        yield opened


@given(st.text(max_size=40))
@example('"')
@example('a"b" OR')
@example("NEAR(a b, 2)")
@example("title: x")
@example("-x")
@example("a*")
@example("^a")
@example("a AND NOT b")
@example("a\0b")
@example("'; DROP TABLE envelopes; --")
@example("\u0301")
@example("{a} + b")
def test_nothing_typed_is_a_syntax_error(shared: Library, typed: str) -> None:
    page = shared.list(Query(search=typed))
    assert page.total == len(shared.ids(Query(search=typed)))
    if not words_of(typed):
        assert page.total == 5


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=12))
def test_any_word_of_letters_and_digits_finds_its_envelope(shared: Library, word: str) -> None:
    (made,) = shared.record(recorded(replace(envelope(77), title=f"before {word} after")))
    try:
        assert made.id in shared.ids(Query(search=word))
    finally:
        shared.delete_draft(made.id)


def test_a_pasted_page_is_cut_to_its_first_words() -> None:
    assert len(words_of("word " * 500)) == MOST_WORDS
