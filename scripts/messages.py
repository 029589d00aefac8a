"""Collect the strings to translate into locale/, with the names of variables and plural forms that each language has.

Babel reads Python and Django's makemessages reads templates best; where gettext isn't installed Django can't, so
templates are read with Django's own templatize and Babel's Python extractor: no program outside Python is needed.
"""

from __future__ import annotations

import copy
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "id", "ms", "th", "vi", "km", "lo", "my", "fil", "zh_Hans", "pt")
PACKAGES = ("portal", "resources", "search")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
REVIEW = "Drafted by the project; waits for the review of a native speaker."


def template() -> Catalog:
    """All strings of the code and the templates."""
    catalog = Catalog(project="Lumbung", version="1", charset="utf-8")
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
                continue
            source = path.read_text(encoding="utf-8")
            name = path.relative_to(ROOT).as_posix()
            if path.suffix != ".py":
                # Templates are indented as their tags are, which is no Python.
                source = "\n".join(map(str.lstrip, templatize(source, origin=name).split("\n")))
            found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS, comment_tags=("Translators:",))
            for line, message, comments, context in found:
                catalog.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalog


def update(language: str, strings: Catalog) -> tuple[int, int]:
    """Bring one language's catalogue up to date; returns how many strings it has and how many still miss a
    translation.
    """
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language, domain="django")
    else:
        catalog = Catalog(
            locale=language, domain="django", project="Lumbung", version="1", charset="utf-8", fuzzy=False
        )
        catalog.header_comment = (
            f"# {catalog.locale.english_name if catalog.locale else language} strings of Lumbung.\n# {REVIEW}\n#"
        )
    # A copy: what one language says must not show in the next one's.
    catalog.update(copy.deepcopy(strings), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    # The same catalogue whenever it is made: no dates, no line numbers.
    fixed = datetime(2026, 1, 1, tzinfo=UTC)
    catalog.creation_date = catalog.revision_date = fixed
    if language == "en":
        for message in catalog:
            if message.id and not all(forms(message)):
                message.string = message.id
    with path.open("wb") as file:
        write_po(file, catalog, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False)
    real = [message for message in catalog if message.id]
    missing = sum(1 for message in real if not all(forms(message)))
    return len(real), missing


def forms(message: Message) -> list[str]:
    """What a message says: one form, or as many as the language has plurals."""
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


def main() -> int:
    strings = template()
    for language in LANGUAGES:
        count, missing = update(language, strings)
        sys.stdout.write(f"{language}: {count} strings, {missing} missing\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
