"""What the child may be asked about trusted lists."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from app import codec
from app.process import Json
from app.sealing.lists.parsing import list_in, scheme_in
from app.sealing.lists.signature import checked, opened, signer_of


def scheme(payload: dict[str, Any]) -> Json:
    """`path` -> a `Scheme`; nothing of it is checked."""
    document = opened(Path(payload["path"]))
    return cast("Json", codec.encode(scheme_in(document.root, document.path, signer_of(document))))


def whole(payload: dict[str, Any]) -> Json:
    """`path`, `signer_sha256` -> a `TrustedList`, from the signed part alone."""
    document = opened(Path(payload["path"]))
    signer = signer_of(document)
    return cast(
        "Json", codec.encode(list_in(checked(document, signer, payload["signer_sha256"]), document.path, signer))
    )


JOBS: Mapping[str, Callable[[dict[str, Any]], Json]] = {"scheme": scheme, "whole": whole}
