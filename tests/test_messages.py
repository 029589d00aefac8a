"""The interface speaks all eleven languages: no string is missing, none is fuzzy, and no placeholder was lost."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
_spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
assert _spec is not None
assert _spec.loader is not None
messages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(messages)

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


@pytest.fixture(scope="module")
def strings() -> Catalog:
    found: Catalog = messages.template()
    return found


def catalogue(language: str) -> Catalog:
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def is_whole(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(messages.forms(message))


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_string_is_translated(language: str, strings: Catalog) -> None:
    there = catalogue(language)
    missing = [
        message.id for message in strings if message.id and not is_whole(there.get(message.id, context=message.context))
    ]
    assert not missing, f"{len(missing)} strings: run `make messages` and translate"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_string_is_kept_that_nothing_says_any_more(language: str, strings: Catalog) -> None:
    left = [
        message.id for message in catalogue(language) if message.id and strings.get(message.id, message.context) is None
    ]
    assert not left, "run `make messages`"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_placeholders_survive_translation(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        originals = message.id if isinstance(message.id, tuple | list) else (message.id,)
        known = {match.group() for text in originals for match in PLACEHOLDER.finditer(text)}
        every = set.intersection(*({match.group() for match in PLACEHOLDER.finditer(text)} for text in originals))
        for text in messages.forms(message):
            used = {match.group() for match in PLACEHOLDER.finditer(text)}
            assert every - {"%(count)s"} <= used | known - every, (message.id, text)
            assert used <= known, (message.id, text)


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_languages_have_all_their_plural_forms(language: str) -> None:
    there = catalogue(language)
    for message in there:
        if isinstance(message.id, tuple | list):
            assert len(messages.forms(message)) == there.num_plurals, message.id


@pytest.mark.parametrize("language", [code for code in messages.LANGUAGES if code != "en"])
def test_drafted_translations_say_that_they_wait_for_review(language: str) -> None:
    header = (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")[:600]
    assert messages.REVIEW in header
