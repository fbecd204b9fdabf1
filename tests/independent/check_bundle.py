"""Checks an exported bundle without Paraph: `python3 check_bundle.py FOLDER`. Needs openssl and sha256sum.

The trail is a whole chain, countersigned by the device and ended where the device said; the device's certificates
are one family; every file is what the trail says it is, revision by revision; every signature and time stamp holds.
"""

import base64
import hashlib
import hmac
import json
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = "0" * 64
ANY_TIME = ("-purpose", "any", "-no_check_time")


def run(*words: object, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(word) for word in words], input=data, capture_output=True, check=False)


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def chain(trail: dict) -> str:
    """What is wrong with the links, or nothing."""
    previous, events = ROOT, trail["events"]
    for number, event in enumerate(events, start=1):
        body = {key: value for key, value in event.items() if key != "sha256"}
        if body.get("schema") != "paraph.audit/1" or body.get("envelope") != trail["envelope"]:
            return f"event {number} belongs to something else"
        if body.get("sequence") != number or body.get("previous") != previous:
            return f"event {number} is not where it was"
        if hashlib.sha256(canonical(body)).hexdigest() != event.get("sha256"):
            return f"event {number} was changed"
        previous = event["sha256"]
    if trail.get("head") != {"count": len(events), "sha256": previous}:
        return "the end is missing"
    return ""


@cache
def signed(certificate: Path, statement: bytes, signature: str) -> bool:
    """ECDSA with SHA-256 by the key of this certificate."""
    with tempfile.TemporaryDirectory() as folder:
        public, proof = Path(folder, "key.pem"), Path(folder, "proof")
        public.write_bytes(run("openssl", "x509", "-in", certificate, "-pubkey", "-noout").stdout)
        proof.write_bytes(bytes.fromhex(signature))
        return not run("openssl", "dgst", "-sha256", "-verify", public, "-signature", proof, data=statement).returncode


def stamped(event: dict, authority: Path) -> bool:
    """RFC 3161: the event before this one existed when the authority says."""
    command = ("openssl", "ts", "-verify", "-token_in", "-in", "/dev/stdin", "-CAfile", authority)
    return not run(*command, "-digest", event["previous"], data=base64.b64decode(event["facts"]["token"])).returncode


def countersigned(trail: dict, certificate: Path) -> str:
    """Each countersignature speaks of the event before it; the seal of the export of the last."""
    told = [event for event in trail["events"] if event["kind"] == "countersigned"]
    claims = [("paraph.head/1", e["sequence"] - 1, e["previous"], e["facts"].get("signature", "")) for e in told]
    seal = trail.get("seal") or {}
    claims.append(("paraph.export/1", trail["head"]["count"], trail["head"]["sha256"], seal.get("signature", "")))
    for domain, count, head, signature in claims:
        statement = f"{domain}\n{trail['envelope']}\n{count}\n{head}\n".encode()
        if not re.fullmatch(r"([0-9a-f]{2})+", signature) or not signed(certificate, statement, signature):
            return f"the device did not sign that the trail stood at {head[:12]} after {count} events"
    return ""


def check_trail(trail: dict, certificate: Path) -> str:
    """What is wrong with a trail, or nothing."""
    try:
        return chain(trail) or countersigned(trail, certificate)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        return f"it is no trail: {problem!r}"


def revisions(data: bytes) -> list[tuple[int, bytes, bytes]]:
    """Of each signature, in the order of the file: its end, the bytes it signs, and the CMS container."""
    found = []
    for a, b, c, d in re.findall(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", data):
        first, gap, second, length = int(a), int(a) + int(b), int(c), int(d)
        container = bytes.fromhex(data[gap + 1 : second - 1].decode("ascii"))
        found.append((second + length, data[first:gap] + data[second : second + length], container))
    return sorted(found)


def check_pdf(path: Path, authority: Path, sealed: list[dict]) -> str:
    """`sealed`: the events that tell of this document's revisions, in order."""
    data = path.read_bytes()
    found = revisions(data)
    if len(found) != len(sealed) or not found or found[-1][0] != len(data):
        return f"{path.name} has {len(found)} signatures, the trail tells of {len(sealed)}"
    for (end, content, container), event in zip(found, sealed, strict=True):
        if run("sha256sum", data=data[:end]).stdout[:64].decode() != event["facts"]["sha256"]:
            return f"{path.name}: the revision of event {event['sequence']} is another one"
        with tempfile.TemporaryDirectory() as folder:
            text, proof = Path(folder, "content"), Path(folder, "proof.der")
            text.write_bytes(content)
            proof.write_bytes(container)
            command = ("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", proof, "-content", text)
            if (told := run(*command, "-CAfile", authority, *ANY_TIME)).returncode:
                return f"{path.name}: signature of event {event['sequence']}: {told.stderr.decode()[:200]}"
    return ""


def changed(told: dict) -> list[str]:
    """The personal texts that are not what the trail names by its hash."""
    salt = bytes.fromhex(told["salt"])
    names = {name: hmac.new(salt, text.encode(), hashlib.sha256).hexdigest() for name, text in told["texts"].items()}
    return [f"the text {name[:20]} was changed" for name, mac in names.items() if name != f"personal:{mac}"]


def check(folder: Path) -> list[str]:
    """Everything that is wrong with a bundle."""
    files = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in folder.glob("*.p[dn][fg]")}
    trail = json.loads((folder / "audit.json").read_text("utf-8"))
    authority, seal = folder / "device-authority.pem", folder / "device-seal.pem"
    problems = [check_trail(trail, seal)]
    if run("openssl", "verify", "-CAfile", authority, *ANY_TIME, seal).returncode:
        problems.append("the device seal is not of this device authority")
    told = [event for event in trail["events"] if event["kind"] == "sealed"]
    for title in sorted({event["facts"]["document"] for event in told}):
        mine = [event for event in told if event["facts"]["document"] == title]
        file = files.get(mine[-1]["facts"]["sha256"])
        problems.append(check_pdf(file, authority, mine) if file else f"no file is {title} as it was sealed")
    for event in trail["events"]:
        number, facts = event["sequence"], event["facts"]
        if event["kind"] == "completed":
            last = {"facts": {"sha256": facts["certificate_sha256"]}, "sequence": number}
            problems.append(check_pdf(folder / "certificate.pdf", authority, [last]))
        if event["kind"] == "spot_pictured" and facts["sha256"] not in files:
            problems.append(f"no file is the picture of event {number}")
        if event["kind"] == "time_stamped" and not stamped(event, folder / "time-stamp-authority.pem"):
            problems.append(f"the time stamp of event {number} does not hold")
    if (folder / "personal.json").is_file():
        problems += changed(json.loads((folder / "personal.json").read_text("utf-8")))
    return [problem for problem in problems if problem]


if __name__ == "__main__":
    wrong = check(Path(sys.argv[1]))
    print("\n".join(wrong) or "Everything holds.")
    sys.exit(bool(wrong))
