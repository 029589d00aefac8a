"""What the library adds to Wagtail's admin."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from resources import document_hooks, opened, other_versions
from resources.attention import hooks as attention_hooks
from resources.roles import hooks as roles_hooks
from resources.thesaurus import hooks as thesaurus_hooks
from resources.viewsets import VocabularyGroup
from resources.withdrawing import hooks as withdrawing_hooks

# Importing these registers their hooks.
__all__ = [
    "attention_hooks",
    "document_hooks",
    "opened",
    "other_versions",
    "roles_hooks",
    "thesaurus_hooks",
    "withdrawing_hooks",
]

register_snippet(VocabularyGroup)
