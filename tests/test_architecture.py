"""The direction of imports: a lower layer never knows an upper one."""

import ast
from pathlib import Path

import builder

# From the top down; a module may import its own layer and those below it. Importers stand beside
# the upper layers: they know content, the library and problems, and only the command line knows
# them.
LAYERS = (
    ("cli", "__main__"),
    ("site",),
    ("comparison",),
    ("evaluation",),
    ("mail",),
    ("pages", "exports"),
    ("feedlist",),
    ("analysis",),
    ("linkcheck",),
    ("checks",),
    ("history",),
    ("editing",),
    ("importers",),
    ("library",),
    ("starter",),
    ("citation",),
    ("wording", "outlinks"),
    ("markup",),
    ("mathematics",),
    ("content",),
    ("remembered",),
    ("reporting", "templating", "memory", "parallel", "shipped", "walking"),
    ("problems", "feed"),
)
ROOT = Path(builder.__file__).parent
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
# These know each other in no direction.
STRANGERS = {("pages", "exports"), ("exports", "pages"), ("analysis", "importers")}


def imports():
    """(importing module, imported part of ours) for every import of the package."""
    for path in sorted(ROOT.rglob("*.py")):
        own = path.relative_to(ROOT).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                parts = name.split(".")
                if parts[0] == "builder" and len(parts) > 1:
                    yield path.relative_to(ROOT), own, parts[1]


def test_every_module_has_a_layer():
    parts = {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in ROOT.rglob("*.py")}
    assert parts - {"__init__"} <= RANK.keys()


def test_imports_run_one_way():
    wrong = [
        f"{path} imports builder.{target}"
        for path, own, target in imports()
        if target in RANK
        and own != target
        and own in RANK
        and (RANK[target] < RANK[own] or (own, target) in STRANGERS)
    ]
    assert wrong == []


def test_the_walk_over_imports_finds_them():
    assert (Path("library.py"), "library", "content") in set(imports())


def test_only_the_site_knows_mkdocs_and_pagefind():
    wrong = [
        str(path.relative_to(ROOT))
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
        )
        if name.split(".")[0] in {"mkdocs", "properdocs", "pagefind", "material"}
        and path.relative_to(ROOT).parts[0] != "site"
    ]
    assert wrong == []


def test_only_the_command_line_prints_and_exits():
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted(ROOT.rglob("*.py"))
        if path.relative_to(ROOT).parts[0] not in {"cli", "__main__.py"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id in {"print", "exit"})
            or (isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == "sys.exit")
        )
    ]
    assert wrong == []


def test_only_the_check_of_links_asks_the_network():
    """Mail goes out by smtplib; nothing else opens a connection, least of all a parser."""
    wrong = [
        str(path.relative_to(ROOT))
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
        )
        if name.split(".")[0] in {"urllib3", "requests", "httpx", "socket", "aiohttp"}
        or name in {"urllib.request", "http.client"}
        if path.relative_to(ROOT).parts[0] != "linkcheck"
    ]
    assert wrong == []
