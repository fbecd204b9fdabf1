"""Whether this machine saves power: then nothing is asked for that nobody waits for."""

from pathlib import Path
from typing import Final

PROFILE: Final = Path("/sys/firmware/acpi/platform_profile")
SAVING: Final = frozenset({"low-power", "quiet"})


def on_low_power(profile: Path = PROFILE) -> bool:
    """As the kernel's platform profile says (Linux 5.12); False where nothing tells."""
    try:
        return profile.read_text("ascii").strip() in SAVING
    except (OSError, ValueError):
        return False
