"""The form of a theme in the admin."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.admin.forms import WagtailAdminModelForm


class ConceptForm(WagtailAdminModelForm):
    """Refuses two preferred labels in one language: their constraint has a condition, so that no formset checks it."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        labels = self.formsets.get("labels")
        if labels is not None and labels.is_valid():
            languages: set[str] = set()
            for form in labels.forms:
                label = form.cleaned_data
                if not label or label.get("DELETE") or label["kind"] != "preferred":
                    continue
                if label["language"] in languages:
                    form.add_error("kind", labels.get_unique_error_message(("language", "kind")))
                languages.add(label["language"])
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        labels = self.formsets.get("labels")
        if commit and labels is not None:
            # They are saved one by one: who steps down must have done so before another takes its place.
            changed = [form.instance.pk for form in labels.initial_forms if form.has_changed()]
            labels.model._default_manager.filter(pk__in=changed).update(kind="other")
        return super().save(commit)
