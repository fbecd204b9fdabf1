"""What is said of bytes alone: endings, ranges, framing, digests, and integrity when nothing can be parsed."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.sealing.verifying import der, fallback
from app.sealing.verifying.digests import Digests
from app.sealing.verifying.fallback import Integrity
from app.sealing.verifying.raw import ByteRange, RawFile, contents_of, has_mixed_digits
from tests.support.signed import Signed

GOOD_END = b"startxref\n123\n%%EOF"


@pytest.mark.parametrize("end", [GOOD_END, GOOD_END + b"\n", GOOD_END + b"\r\n", GOOD_END.replace(b"\n", b"\r\n")])
def test_a_file_ends_with_startxref_number_mark_and_at_most_one_line_end(end: bytes) -> None:
    assert RawFile(b"x\n" + end).startxref == 123


@pytest.mark.parametrize(
    "end",
    [
        GOOD_END + b"\n\n", GOOD_END + b" ", GOOD_END + b"\n%", b"%" + GOOD_END, b"startxref\n-1\n%%EOF",
        b"startxref\n1 2\n%%EOF", b"startxref\n0x1\n%%EOF", b"startxref\n%%EOF", b"startxref 1 %%EOF", b"%%EOF",
    ],
)  # fmt: skip
def test_any_other_ending_is_none(end: bytes) -> None:
    assert RawFile(b"x" * 2000 + b"\n" + end).startxref is None


@pytest.mark.parametrize(
    "numbers", [[0, 1, 2], [0, 1, 2, 3, 4, 5], [1, 1, 2, 3], [0, -1, 2, 3], [0, 5, 2, 3], [0, 0, 2, 3], [0, 9, 12, 99]]
)
def test_a_range_of_another_shape_covers_nothing(numbers: list[int]) -> None:
    covered = ByteRange.read(numbers)
    assert covered is None or not covered.fits(50)


@pytest.mark.parametrize("hole", [b"", b"<", b"<>x", b"(30)", b"<3>", b"<3g>", b"<30><30>", b" <30>", b"<30> "])
def test_a_hole_holds_one_string_and_nothing_else(hole: bytes) -> None:
    assert contents_of(hole) is None


def test_a_hole_is_read_as_its_digits_say() -> None:
    assert contents_of(b"<3003>") == b"\x30\x03"
    assert not has_mixed_digits(b"<ABCDEF09>")
    assert not has_mixed_digits(b"<abcdef09>")
    assert has_mixed_digits(b"<ABCdEF09>")


def test_strict_framing_adds_up() -> None:
    assert der.is_strict(bytes.fromhex("300602010104 0141".replace(" ", "")))
    assert der.length_of(bytes.fromhex("3003020101") + bytes(20)) == 5


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param("30800201010000", id="indefinite length"),
        pytest.param("308103020101", id="long form of a short length"),
        pytest.param("30820003020101", id="leading zero"),
        pytest.param("3004020101", id="longer than there is"),
        pytest.param("3003020201", id="inner longer than outer"),
        pytest.param("3003020101ff", id="something behind"),
        pytest.param("30", id="half a head"),
        pytest.param("", id="nothing"),
    ],
)
def test_loose_framing_is_seen(bad: str) -> None:
    assert not der.is_strict(bytes.fromhex(bad))


@given(some.binary(max_size=200))
def test_framing_of_anything_is_judged_without_an_exception(data: bytes) -> None:
    assert der.is_strict(data) in (True, False)


@given(some.binary(min_size=40, max_size=400), some.data())
def test_digests_in_any_order_are_those_of_the_parts(data: bytes, draw: some.DataObject) -> None:
    digests = Digests(data)
    for _ in range(5):
        before = draw.draw(some.integers(1, len(data) - 3))
        resume = draw.draw(some.integers(before + 1, len(data) - 1))
        covered = ByteRange(before, resume, draw.draw(some.integers(0, len(data) - resume)))
        expected = hashlib.sha256(data[:before] + data[resume : covered.end]).digest()
        assert digests.covered("sha256", covered) == expected
        grown = dict(digests.growing("sha256", before, resume, [covered.end, len(data)]))
        assert grown[len(data)] == hashlib.sha256(data[:before] + data[resume:]).digest()
    assert digests.whole() == hashlib.sha256(data).digest()


def test_a_sound_file_is_intact_by_its_bytes_alone(signed: Signed) -> None:
    found = fallback.raw_signatures(RawFile(signed.data), Digests(signed.data))
    assert [each.integrity for each in found] == [Integrity.INTACT, Integrity.INTACT]
    assert [each.end for each in found] == [len(state) for state in signed.states]


def test_bytes_tell_of_a_change_even_where_the_range_itself_was_damaged(signed: Signed) -> None:
    at = signed.data.rindex(b"/ByteRange")
    for place, damage in ((at + 2, b"x"), (at + 12, b"z"), (40, b"\xff")):
        data = signed.data[:place] + damage + signed.data[place + 1 :]
        assert fallback.was_altered(RawFile(data), Digests(data))


def test_a_message_that_is_none_is_unknown_and_not_altered() -> None:
    data = b"%PDF-1.7\n/Contents <30" + b"00" * 400 + b">\n"
    (found,) = fallback.raw_signatures(RawFile(data), Digests(data))
    assert found.integrity is Integrity.UNKNOWN
