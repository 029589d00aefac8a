"""What the library adds to Wagtail's admin."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from resources import document_hooks, opened, other_versions
from resources.roles import hooks as roles_hooks
from resources.thesaurus import hooks as thesaurus_hooks
from resources.viewsets import VocabularyGroup

# Importing these registers their hooks.
__all__ = [
    "document_hooks",
    "opened",
    "other_versions",
    "roles_hooks",
    "thesaurus_hooks",
]

register_snippet(VocabularyGroup)
