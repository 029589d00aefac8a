"""The documentation says what the code does: every command, setting and column is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from resources.importing import COLUMNS

ROOT = Path(__file__).resolve().parent.parent
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
EDITING = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    folders = [ROOT / app / "management" / "commands" for app in ("portal", "resources", "search")]
    return sorted(path.stem for folder in folders for path in folder.glob("*.py") if path.stem != "__init__")


def settings() -> list[str]:
    """Every variable that the settings read from the environment."""
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "portal").glob("settings/*.py"))
    source += (ROOT / "portal" / "env.py").read_text(encoding="utf-8")
    return sorted(
        set(re.findall(r"""(?:env\.)?(?:flag|text|words|number|directory|address)\(\s*"([A-Z_]+)\"""", source))
    )


def error_codes() -> list[str]:
    """Every code that the API answers an error with."""
    sources = [ROOT / "search" / "api.py", ROOT / "portal" / "errors.py", ROOT / "portal" / "health.py"]
    source = "".join(path.read_text(encoding="utf-8") for path in sources)
    answered = re.findall(r"""error\("(\w+)"|"code": "(\w+)"|code = "(\w+)" if .* else "(\w+)\"""", source)
    return sorted({code for codes in answered for code in codes if code})


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented(command: str) -> None:
    assert f"manage.py {command}" in OPERATING


@pytest.mark.parametrize("setting", settings())
def test_every_setting_is_documented(setting: str) -> None:
    assert f"`{setting}`" in OPERATING


def test_no_setting_is_documented_that_does_not_exist() -> None:
    table = OPERATING.split("## Settings")[1].split("## Commands")[0]
    assert set(re.findall(r"`([A-Z][A-Z_]{3,})`", table)) <= set(settings())


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_of_an_import_is_documented(column: str) -> None:
    assert f"`{column}`" in EDITING


def test_every_make_target_that_is_documented_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"make ([a-z][a-z-]+)", README + OPERATING + CONTRIBUTING)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_links_between_documents_lead_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"


@pytest.mark.parametrize("code", error_codes())
def test_every_error_code_of_the_api_is_documented(code: str) -> None:
    assert f"`{code}`" in API
