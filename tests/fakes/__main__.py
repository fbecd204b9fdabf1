"""One fake, until it is interrupted."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence

from tests.fakes.every import FAKES


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes", description=__doc__)
    parser.add_argument("provider", choices=sorted(FAKES))
    parser.add_argument("--port", type=int, default=0, help="default: any that is free")
    parser.add_argument("--key", default="", help="the credential it takes")
    parser.add_argument("--lenient", action="store_true", help="unknown keys are let through")
    asked = parser.parse_args(argv)
    fake = FAKES[asked.provider](asked.key, strict=not asked.lenient)
    try:
        with fake.serving(asked.port):
            print(f"{fake.name}: {fake.url}  key {fake.key}", flush=True)
            threading.Event().wait()
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
