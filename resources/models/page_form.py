"""The admin's form of a work."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class ResourceForm(WagtailAdminPageForm):
    """Refuses what the person's role doesn't reach to: a form may be sent with any values."""

    def clean(self) -> dict[str, Any]:
        from resources.roles import refuse_beyond_limits

        cleaned: dict[str, Any] = super().clean()
        if "countries" in self.fields:
            refuse_beyond_limits(self)
        return cleaned
