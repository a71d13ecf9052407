"""Packs into the wheel what lies outside the package in a checkout: templates, theme, workflows.

Everything else about the package stands in pyproject.toml.
"""

import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent.resolve()
sys.path.insert(0, str(ROOT))

from builder import shipped  # noqa: E402
from builder.starter import table  # noqa: E402


class BuildPy(build_py):
    """Copies the shipped files beside the code."""

    def run(self) -> None:
        """As ever, and then the shipped files; an editable install reads them where they are."""
        super().run()
        if self.editable_mode:
            return
        for source, target in self._packed():
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / source, target)

    def get_source_files(self) -> list[str]:
        """What a source distribution holds."""
        return [*super().get_source_files(), *(source for source, _ in self._packed())]

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """What is installed."""
        made = [] if self.editable_mode else [target for _, target in self._packed()]
        return [*super().get_outputs(include_bytecode), *made]

    def _packed(self) -> list[tuple[str, str]]:
        """(path in the checkout, path among what is built) of each shipped file."""
        top = Path(self.build_lib) / "builder" / shipped.PACKED
        return [(source, str(top / source)) for source in table.packed()]


setup(cmdclass={"build_py": BuildPy})
