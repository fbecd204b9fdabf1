"""Trusted lists: believed only when signed by whom a person has confirmed, and only for the times they grant."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from app.domain import errors
from app.domain.level import Level
from app.domain.verdict import SignatureReport, Verdict
from app.services import verifying, vouching
from app.services.house import House
from tests.support import trusted_lists as making
from tests.support.certo import Certo, certo
from tests.support.raising import raised, sealed
from tests.support.trusted_lists import DAY, TSA, TSL, Entry, fingerprint, operator, written

SIGNER = operator()


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture(scope="module")
def stamped(pki: Certo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Alice's, B-LT: with a time stamp of now and proof that nothing was revoked."""
    folder = tmp_path_factory.mktemp("stamped")
    out = folder / "stamped.pdf"
    raised(sealed(folder, pki.person("alice")), out, Level.B_LT, pki)
    return out


@pytest.fixture(scope="module")
def plain(pki: Certo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sealed(tmp_path_factory.mktemp("plain"), pki.person("alice"))


def only(house: House, path: Path, at: datetime | None = None) -> SignatureReport:
    return verifying.verify(house, path, at=at).report.signatures[0]


def take_in(house: House, folder: Path, *entries: Entry, **more: object) -> None:
    path = written(folder / "list.xml", making.xml(entries, **more), SIGNER)  # type: ignore[arg-type]
    vouching.take_in(house, path, fingerprint(SIGNER))


def test_a_list_is_believed_when_its_signer_was_confirmed(
    house: House, pki: Certo, stamped: Path, tmp_path: Path
) -> None:
    path = written(tmp_path / "at.xml", making.xml([Entry(pki.certificate("issuing"))]), SIGNER)
    assert only(house, stamped).reasons[-1] == "unknown_trust"
    with pytest.raises(errors.SignerNotConfirmed) as asked:
        vouching.take_in(house, path)
    assert asked.value.fingerprint == fingerprint(SIGNER)
    assert vouching.lists(house) == ()
    colons = ":".join(asked.value.fingerprint.upper()[at : at + 2] for at in range(0, 64, 2))
    vouching.take_in(house, path, colons)
    (kept,) = vouching.lists(house)
    assert (kept.scheme.territory, kept.scheme.operator, len(kept.services)) == ("AT", "Supervisor of Testland", 1)
    judged = only(house, stamped)
    assert (judged.verdict, judged.trusted_by) == (Verdict.VALID, "list")
    vouching.remove(house, "AT")
    assert only(house, stamped).verdict is Verdict.INDETERMINATE


def test_a_service_counts_only_while_it_is_granted(house: House, pki: Certo, stamped: Path, tmp_path: Path) -> None:
    now, issuing = datetime.now(UTC), pki.certificate("issuing")
    take_in(house, tmp_path, Entry(issuing, "withdrawn", now - 9 * DAY, past=(("granted", now - 90 * DAY),)))
    one = only(house, stamped)
    assert (one.verdict, one.reasons[-1]) == (Verdict.INDETERMINATE, "service_withdrawn")
    take_in(house, tmp_path, Entry(issuing, "granted", now + 9 * DAY))
    assert only(house, stamped).reasons[-1] == "service_withdrawn"


def test_what_was_signed_before_the_withdrawal_stays_good_by_its_time_stamp(
    house: House, pki: Certo, stamped: Path, plain: Path, tmp_path: Path
) -> None:
    later, granted = datetime.now(UTC) + 2 * DAY, (("granted", datetime.now(UTC) - 90 * DAY),)
    take_in(
        house,
        tmp_path,
        Entry(pki.certificate("issuing"), "withdrawn", later, past=granted),
        Entry(pki.certificate("tsa"), kind=TSA),
    )
    one = only(house, stamped, later + DAY)
    assert (one.verdict, one.trusted_by) == (Verdict.VALID, "list")
    assert "service_withdrawn_since" in one.reasons
    assert only(house, plain, later + DAY).reasons[-1] == "service_withdrawn"


def test_services_of_other_kinds_vouch_for_no_signer(house: House, pki: Certo, stamped: Path, tmp_path: Path) -> None:
    take_in(house, tmp_path, Entry(pki.certificate("issuing"), kind="http://uri.etsi.org/TrstSvc/Svctype/CA/PKC"))
    assert only(house, stamped).reasons[-1] == "unknown_trust"


def test_ones_own_decision_comes_before_that_of_a_list(house: House, pki: Certo, stamped: Path, tmp_path: Path) -> None:
    take_in(house, tmp_path, Entry(pki.certificate("root"), "withdrawn"))
    verifying.add_trust(house, pki.root_file(tmp_path))
    assert (only(house, stamped).verdict, only(house, stamped).trusted_by) == (Verdict.VALID, "imported")


def test_a_list_of_lists_names_who_may_sign_the_others(house: House, pki: Certo, tmp_path: Path) -> None:
    union, stranger = operator("Union"), operator("Stranger")
    pointers = {"AT": SIGNER.certificate_der}
    of_lists = written(tmp_path / "eu.xml", making.xml(territory="EU", pointers=pointers), union)
    vouching.take_in(house, of_lists, fingerprint(union))
    path = written(tmp_path / "at.xml", making.xml([Entry(pki.certificate("issuing"))]), SIGNER)
    assert vouching.offered(house, path).vouched_by == "EU"
    vouching.take_in(house, path)
    assert [each.scheme.territory for each in vouching.lists(house)] == ["AT", "EU"]
    for other in (making.xml(territory="DE"), making.xml()):
        with pytest.raises(errors.SignerNotConfirmed):
            vouching.take_in(house, written(tmp_path / "x.xml", other, stranger))
    with pytest.raises(errors.SignerNotConfirmed):
        vouching.take_in(house, written(tmp_path / "x.xml", making.xml(territory="DE"), SIGNER))


def test_an_older_list_does_not_come_back(house: House, tmp_path: Path) -> None:
    take_in(house, tmp_path, sequence=8)
    with pytest.raises(errors.TrustedListOlder) as refused:
        take_in(house, tmp_path, sequence=7)
    assert (refused.value.sequence, refused.value.kept) == (7, 8)
    take_in(house, tmp_path, sequence=8)


def test_a_list_whose_next_is_overdue_says_so(house: House, tmp_path: Path) -> None:
    take_in(house, tmp_path, due=-DAY)
    assert vouching.described(house, vouching.lists(house)[0])["overdue"]


def altered(data: bytes) -> bytes:
    return data.replace(b"Svcstatus/withdrawn", b"Svcstatus/granted")


def unsigned(data: bytes) -> bytes:
    return bytes(etree.tostring(making.xml()))


def of_another_root(data: bytes) -> bytes:
    return b"<list/>"


def with_entities(data: bytes) -> bytes:
    head, _, rest = data.partition(b"?>")
    return head + b'?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + rest


def cut(data: bytes) -> bytes:
    return data[:-200]


def wrapped(data: bytes) -> bytes:
    """The signed list moved below another one that says more, with the signature in its place."""
    root = etree.fromstring(data)
    (signature,) = root.findall("{http://www.w3.org/2000/09/xmldsig#}Signature")
    inside = deepcopy(root)
    outer = making.xml([Entry(SIGNER.certificate_der)], sequence=99)
    outer.append(signature)
    outer.append(inside)
    return bytes(etree.tostring(outer))


def with_more_behind(data: bytes) -> bytes:
    root = etree.fromstring(data)
    more = making.xml([Entry(SIGNER.certificate_der)])
    root.append(more.find(f"{{{TSL}}}TrustServiceProviderList"))
    return bytes(etree.tostring(root))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (altered, "signature"), (unsigned, "unsigned"), (of_another_root, "not_one"), (with_entities, "entities"),
        (cut, "not_one"), (wrapped, "signature"), (with_more_behind, "signature"),
    ],
)  # fmt: skip
def test_a_list_that_was_spoilt_is_refused_and_nothing_is_believed(house, pki, tmp_path, spoil, reason) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "list.xml"
    path.write_bytes(spoil(making.signed(making.xml([Entry(pki.certificate("issuing"), "withdrawn")]), SIGNER)))
    with pytest.raises(errors.TrustedListRefused) as refused:
        vouching.take_in(house, path, fingerprint(SIGNER))
    assert refused.value.reason == reason
    assert vouching.lists(house) == ()


def test_a_list_by_another_than_the_one_confirmed_is_refused(house: House, tmp_path: Path) -> None:
    path = written(tmp_path / "list.xml", making.xml(), operator("Stranger"))
    with pytest.raises(errors.TrustedListRefused) as refused:
        vouching.take_in(house, path, fingerprint(SIGNER))
    assert refused.value.reason == "signer"


def test_a_file_outside_is_never_read_through_a_list(house: House, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden words")
    text = making.signed(making.xml(), SIGNER).decode().replace("Supervisor of Testland", "&x;")
    head, _, rest = text.partition("?>")
    path = tmp_path / "list.xml"
    path.write_text(f'{head}?><!DOCTYPE x [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>{rest}')
    with pytest.raises(errors.TrustedListRefused) as refused:
        vouching.offered(house, path)
    assert refused.value.reason == "entities"


def test_times_of_a_service_are_those_of_its_states(house: House, pki: Certo, tmp_path: Path) -> None:
    start = datetime(2014, 1, 1, tzinfo=UTC)
    days = [start + timedelta(days=400 * number) for number in range(4)]
    past = (("undersupervision", days[0]), ("granted", days[1]), ("withdrawn", days[2]))
    take_in(house, tmp_path, Entry(pki.certificate("issuing"), "granted", days[3], past=past))
    (service,) = vouching.lists(house)[0].services
    holding = [any(period.holds(day + DAY) for period in service.granted) for day in days]
    assert holding == [True, True, False, True]
    assert not any(period.holds(start - DAY) for period in service.granted)
