"""One authority for all: making it costs nothing, and its identity is not what these tests are about."""

from __future__ import annotations

import pytest

from app.domain.identity import KeyMaterial
from tests.support.pki import an_authority


@pytest.fixture(scope="session")
def authority() -> KeyMaterial:
    return an_authority()
