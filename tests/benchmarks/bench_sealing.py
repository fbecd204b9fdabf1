"""S1-S4: one seal beside the limit of the machine, many seals and a signer's whole step beside pyHanko's defaults.

"The limit" is what no program can avoid: copy the file, hash it, sign once with the parsed key.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app import bootstrap
from app.domain.drawing import INK, Drawing, Segment
from app.domain.drawing import Path as Outline
from app.domain.identity import KeyMaterial
from app.process import Worker
from app.sealing import LIMITS, MODULES, SealedRevision, Sealer, SealRequest
from app.sealing.publishing import copy
from app.sealing.revising import append_revision, seal_revision, template_of
from app.services import batching
from app.services.sealing_files import Order
from tests.benchmarks.harness import Benchmark, Goal, Row, Workbench
from tests.support.acts import an_act
from tests.support.documents import SIGN, Party, Sheet, prepared
from tests.support.houses import SteppingClock
from tests.support.pki import NOW, a_signer, an_authority, judged

DOCUMENTS = 500
FIRST, SECOND = Party(1), Party(2)


def run_s1(bench: Workbench) -> Sequence[Row]:
    return _one_seal(bench, 860_000, "read + write, 0.9 MB", Goal.at_most(2.5))


def run_s2(bench: Workbench) -> Sequence[Row]:
    return _one_seal(bench, 21_000_000, "read + write, 21 MB", Goal.at_most(1.5))


def _one_seal(bench: Workbench, size: int, what: str, goal: Goal) -> Sequence[Row]:
    """Copy, parse, append a signature. The check of the result and the flush to disk are part of S3 and S4."""
    source = prepared(bench.folder / "source.pdf", Sheet(parties=(FIRST,)), os.urandom(size))
    authority = an_authority()
    key = a_signer(authority)
    out, request = bench.folder / "out.pdf", _bare(source, bench.folder / "out.pdf", FIRST, key)

    def ours() -> None:
        copy(source, out)
        append_revision(out, request, template_of(key))

    sealed, limit = bench.interleave(ours, _limit(source, bench.folder / "limit.pdf", key), rounds=31)
    bench.check(judged(out, authority)[0].good, "the seal does not validate")
    _check_control(bench, out, authority)
    bench.note(f"ours {sealed.median * 1000:.2f} ms, the limit {limit.median * 1000:.2f} ms")
    return (Row(what, goal, sealed.ratio_to(limit)),)


def run_s3(bench: Workbench) -> Sequence[Row]:
    """A person's certificate (RSA-2048, as most are) over many small files, each checked and published; then as the
    program runs it, which also looks at each file first, finds room for the signature and keeps a table.
    """
    authority = an_authority()
    key = _rsa_signer(authority)
    sources = [prepared(bench.folder / f"{n}.pdf", Sheet(parties=(FIRST,))) for n in range(DOCUMENTS)]
    requests = [_bare(each, each.with_suffix(".sealed.pdf"), FIRST, key) for each in sources]
    workers = [Worker(f"bench {n}", MODULES, LIMITS) for n in (1, 2)]
    house = replace(bootstrap.build(bench.folder / "library"), clock=SteppingClock(NOW))
    folders = iter(map(str, range(100)))

    def run() -> None:
        folder = bench.folder / f"run {next(folders)}"
        made = batching.seal_files(house, sources, folder, key, Order(), lambda *_: None)
        bench.check(all(each.error is None for each in made), "a file of the run was not sealed")

    try:
        one = [Sealer(workers[0])]
        two = [Sealer(worker) for worker in workers]
        for sealer in two:
            _seal_all([sealer], requests[:16])
        peer = _peer(sources[0], bench.folder / "peer.pdf", key)
        both, single, whole, default = bench.interleave(
            lambda: _seal_all(two, requests), lambda: _seal_all(one, requests), run, lambda: _repeat(peer, 20), rounds=5
        )
    finally:
        house.close()
        for worker in workers:
            worker.close()
    bench.check(all(judged(each.out, authority)[0].good for each in requests[::50]), "a seal does not validate")
    _check_control(bench, requests[0].out, authority)
    default_s = default.median / 20 * DOCUMENTS
    bench.note(f"{both.median / DOCUMENTS * 1000:.2f} ms a document on two workers, each checked and flushed to disk")
    bench.note(f"{whole.median / DOCUMENTS * 1000:.2f} ms in a run of the program, {default_s / whole.median:.1f}×")
    return (
        Row("500 files, two workers, beside pyHanko's default", Goal.at_least(50), default_s / both.median),
        Row("two workers beside one", Goal.at_least(1.6), single.median / both.median),
    )


def run_s4(bench: Workbench) -> Sequence[Row]:
    """Values, ink, seal, check, publish, with a new one-time key each time; the peer only signs, with its defaults and
    always the same key.
    """
    source = prepared(bench.folder / "source.pdf", Sheet(parties=(FIRST, SECOND)), os.urandom(860_000))
    authority = an_authority()
    new_keys = iter([a_signer(authority) for _ in range(40)])
    key, after_one = next(new_keys), bench.folder / "one.pdf"
    first = replace(an_act(source, after_one, FIRST, key), appearance=_ink())
    second = replace(an_act(after_one, bench.folder / "two.pdf", SECOND, key), appearance=_ink())
    ours, peer = bench.interleave(
        lambda: seal_revision(replace(first, key=next(new_keys))),
        _peer(source, bench.folder / "peer.pdf", key),
        rounds=15,
    )
    ours_2, peer_2 = bench.interleave(
        lambda: seal_revision(replace(second, key=next(new_keys))),
        _peer(after_one, bench.folder / "peer-2.pdf", key, SECOND),
        rounds=15,
    )
    bench.check(all(each.good for each in judged(second.out, authority)), "a seal does not validate")
    _check_control(bench, second.out, authority)
    bench.note(f"ours {ours.median * 1000:.1f} and {ours_2.median * 1000:.1f} ms; pyHanko {peer.median * 1000:.1f} ms")
    return (
        Row("the first signer's whole step", Goal.at_most(1.0), ours.ratio_to(peer)),
        Row("the second signer's, with the first's signature to check", Goal.at_most(1.0), ours_2.ratio_to(peer_2)),
    )


def _bare(source: Path, out: Path, party: Party, key: KeyMaterial) -> SealRequest:
    return replace(an_act(source, out, party, key), fills=(), appearance=None)


def _limit(source: Path, out: Path, key: KeyMaterial) -> Callable[[], object]:
    private = load_der_private_key(key.key_der, None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError("one-time keys are elliptic-curve keys")
    scheme = ec.ECDSA(SHA256())

    def limit() -> bytes:
        shutil.copyfile(source, out)
        with source.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").digest()
        return private.sign(digest, scheme)

    return limit


def _peer(source: Path, out: Path, key: KeyMaterial, party: Party = FIRST) -> Callable[[], object]:
    """What a program does that uses pyHanko as its manual shows."""
    store = SimpleCertificateStore()
    store.register_multiple(x509.Certificate.load(each) for each in key.chain_der)
    certificate, private = x509.Certificate.load(key.certificate_der), keys.PrivateKeyInfo.load(key.key_der)
    signer = signers.SimpleSigner(signing_cert=certificate, signing_key=private, cert_registry=store)
    metadata = signers.PdfSignatureMetadata(field_name=party.sign)

    def sign() -> None:
        with source.open("rb") as stream, out.open("w+b") as target:
            writer = IncrementalPdfFileWriter(stream)
            signers.sign_pdf(writer, metadata, signer, existing_fields_only=True, output=target)

    return sign


def _repeat(call: Callable[[], object], times: int) -> None:
    for _ in range(times):
        call()


def _seal_all(sealers: Sequence[Sealer], requests: Sequence[SealRequest]) -> None:
    """Each sealer its share, from a thread of its own."""
    shares = [requests[n :: len(sealers)] for n in range(len(sealers))]
    with ThreadPoolExecutor(len(sealers)) as threads:
        done = [list(outcomes) for outcomes in threads.map(_share, sealers, shares)]
    wrong = [each for outcomes in done for each in outcomes if not isinstance(each, SealedRevision)]
    if wrong:
        raise wrong[0]


def _share(sealer: Sealer, requests: Sequence[SealRequest]) -> list[object]:
    return list(sealer.seal_many(requests))


def _rsa_signer(authority: KeyMaterial) -> KeyMaterial:
    """A certificate of the authority for an RSA key."""
    from cryptography import x509 as x509_writing

    issuer = x509_writing.load_der_x509_certificate(authority.certificate_der)
    issuer_key = load_der_private_key(authority.key_der, None)
    template = x509_writing.load_der_x509_certificate(a_signer(authority).certificate_der)
    key = rsa.generate_private_key(65537, 2048)
    builder = (
        x509_writing.CertificateBuilder()
        .subject_name(template.subject)
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509_writing.random_serial_number())
        .not_valid_before(template.not_valid_before_utc)
        .not_valid_after(template.not_valid_after_utc)
    )
    for extension in template.extensions:
        if isinstance(extension.value, x509_writing.KeyUsage | x509_writing.BasicConstraints):
            builder = builder.add_extension(extension.value, extension.critical)
    certificate = builder.sign(issuer_key, SHA256())  # type: ignore[arg-type]
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return KeyMaterial(der, certificate.public_bytes(Encoding.DER), (authority.certificate_der,))


def _ink() -> Drawing:
    """A signature of three strokes, forty curves each, as a pen leaves them."""
    strokes = []
    for stroke in range(3):
        points = [(4 + stroke * 60 + step * 1.4, 25 + 18 * ((step * 7 + stroke) % 5 - 2) / 2) for step in range(121)]
        curves = tuple(Segment("C", tuple(points[at : at + 3])) for at in range(1, 121, 3))
        strokes.append(Outline((Segment("M", (points[0],)), *curves), stroke=INK, width=1.3))
    return Drawing(SIGN.width, SIGN.height, paths=tuple(strokes))


def _check_control(bench: Workbench, sealed: Path, authority: KeyMaterial) -> None:
    """A tampered copy must be found out, or the judge judges nothing."""
    control = bench.folder / "control.pdf"
    control.write_bytes(sealed.read_bytes().replace(b"595", b"596", 1))
    bench.check(not judged(control, authority, NOW)[0].intact, "the tampered control was not found out")


BENCHMARKS = (
    Benchmark("S1", "One PAdES seal, 0.9 MB", run_s1),
    Benchmark("S2", "One PAdES seal, 21 MB", run_s2),
    Benchmark("S3", "500 documents with one key", run_s3),
    Benchmark("S4", "A signer's whole step", run_s4),
)
