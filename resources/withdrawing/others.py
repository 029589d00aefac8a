"""What else holds the files of a work: there they stay public when it is withdrawn."""

from __future__ import annotations

from uuid import UUID

from resources.models import ResourceFile, ResourcePage


def other_holders(work: UUID) -> list[ResourcePage]:
    """The live pages of other works that have a file of this one as theirs."""
    documents = ResourceFile.objects.filter(resource__translation_key=work).values("document")
    pages = ResourcePage.objects.live().filter(resource_files__document__in=documents)
    return list(pages.exclude(translation_key=work).distinct().order_by("title")[:20])
