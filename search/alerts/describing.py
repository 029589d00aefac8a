"""A search in words, and its addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from search import registry

_LONGEST = 120


def described(text: str, filters: Mapping[str, Sequence[str]], ui: str) -> str:
    """“pensions” · Viet Nam · Fact sheet: on one line, in the interface language `ui`."""
    words = " ".join(text.split())
    if len(words) > _LONGEST:
        words = f"{words[:_LONGEST]}…"
    with override(ui):
        parts = [f"“{words}”"] if words else []
        parts += [label for name, values in filters.items() for label in _labels(name, values, ui)]
        return " · ".join(parts) or _("All works")


def _labels(name: str, values: Sequence[str], ui: str) -> list[str]:
    definition = registry.facets().get(name)
    if definition is None:
        return list(values)
    return [definition.value_label(value, ui) if definition.known(value) else value for value in values]


def parameters(text: str, filters: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """A search as the names and values of its address."""
    asked = (("q", text),) if text else ()
    return (*asked, *((name, value) for name, values in filters.items() for value in values))


def path_of(name: str, text: str, filters: Mapping[str, Sequence[str]]) -> str:
    """The path of the view `name` for a search, in the interface's language."""
    query = urlencode(parameters(text, filters))
    return f"{reverse(name)}?{query}" if query else reverse(name)


def absolute(path: str) -> str:
    """An address that holds outside this site too."""
    return f"{settings.SEARCH_BASE_URL}{path}" if path.startswith("/") else path
