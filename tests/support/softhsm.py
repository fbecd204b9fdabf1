"""Tokens made of software: SoftHSM2, in a folder of the test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.identity import KeyMaterial

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
PIN = "123456"


@dataclass(frozen=True)
class Slots:
    """All tokens of one folder."""

    folder: Path
    module: Path

    def token(self, label: str) -> str:
        """A new one; its serial number."""
        before = self.serials()
        self._run("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "87654321")
        (new,) = self.serials() - before
        return new

    def serials(self) -> set[str]:
        told = self._run("softhsm2-util", "--show-slots")
        found = [line.split(":")[1].strip() for line in told.splitlines() if "Serial number" in line]
        return {serial for serial in found if serial}

    def put(self, serial: str, key: KeyMaterial, key_id: str = "01") -> None:
        """Key, certificate and its issuer's, by the library itself, in another process: modules are loaded once."""
        (self.folder / "key.der").write_bytes(key.key_der)
        (self.folder / "certificate.der").write_bytes(key.certificate_der)
        (self.folder / "issuer.der").write_bytes(key.chain_der[0])
        script = Path(__file__).with_name("softhsm_put.py")
        self._run(sys.executable, str(script), str(self.module), serial, key_id, PIN)

    def take_out(self, serial: str) -> None:
        """Its files are gone, as a card that is pulled."""
        for token in (self.folder / "tokens").iterdir():
            if serial.encode() in (token / "token.object").read_bytes():
                shutil.rmtree(token)

    def _run(self, *words: str) -> str:
        done = subprocess.run(words, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr or done.stdout
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "SOFTHSM2_CONF": str(self.folder / "softhsm2.conf")}


def slots(folder: Path) -> Slots:
    module = next((Path(each) for each in MODULES if Path(each).is_file()), None)
    if module is None or shutil.which("softhsm2-util") is None:
        pytest.skip("SoftHSM2 is not here: `python3 packaging/dev.py` installs it")
    (folder / "tokens").mkdir(parents=True)
    (folder / "softhsm2.conf").write_text(
        f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    return Slots(folder, module)
