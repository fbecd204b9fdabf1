"""The document security store (ISO 32000-2, 12.8.4.3): what is needed to check a file when nobody answers any more."""

from collections.abc import Iterable
from pathlib import Path

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from app.sealing.levels.sources import Answers
from app.sealing.opening import parsed, read_strictly, revision_of


def store(draft: Path, path: str, certificates: Iterable[x509.Certificate], answers: Answers) -> None:
    """In a revision of its own; what is stored already stays, what is known already is not stored twice."""
    with draft.open("r+b") as stream:
        writer = revision_of(read_strictly(stream, path), path)
        parsed(path, lambda: _store(writer, certificates, answers))


def _store(writer: IncrementalPdfFileWriter, certificates: Iterable[x509.Certificate], answers: Answers) -> None:
    came = answers.evidence
    DocumentSecurityStore.supply_dss_in_writer(
        writer, None, certs=[*certificates, *came.certificates], ocsps=came.ocsps, crls=came.crls
    )
    writer.write_in_place()
