"""What reading packs add to Wagtail's admin."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from resources.packs.viewsets import PackViewSet

register_snippet(PackViewSet)
