"""Files that come with the program and are no code: page templates, theme, what starts a list.

In a checkout they lie where people edit them. `setup.py` packs them into the wheel beside the
code, so that an installed program has them as well.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# Where setup.py packs them, relative to the package.
PACKED = "starter/shipped"


def root() -> Path:
    """The folder of the shipped files; paths below it are those of the repository."""
    packed = _PACKAGE / PACKED
    return packed if packed.is_dir() else _PACKAGE.parent


def templates(kind: str) -> Path:
    """The shipped folder of templates: "pages", "theme" or "mail"."""
    return root() / "site_templates" / kind
