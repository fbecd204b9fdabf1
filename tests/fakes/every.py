"""The fakes by the name of their provider."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fakes.clearpolicy import ClearPolicy
from tests.fakes.documenso import Documenso
from tests.fakes.docuseal import DocuSeal
from tests.fakes.fake import Fake
from tests.fakes.nueform import NueForm
from tests.fakes.pigeon import Pigeon
from tests.fakes.signatureapi import SignatureApi
from tests.fakes.visisign import VisiSign

FAKES: Mapping[str, type[Fake]] = {
    one.name: one for one in (ClearPolicy, Documenso, DocuSeal, NueForm, Pigeon, SignatureApi, VisiSign)
}
