"""Countries to tick in a form of the admin, in the order of their names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language

from search.indexing.collation import title_key


class CountryCheckboxes(forms.CheckboxSelectMultiple):
    """Check boxes in the order of their labels in the editor's language: in the database countries stand by code."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        return sorted(groups, key=lambda group: title_key(str(group[1][0]["label"]), get_language() or "en"))
