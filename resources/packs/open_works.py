"""Works as packs may show them: what everyone may see now, for a pack is handed out to anyone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from resources.access import guarded_paths
from resources.indexing import guarded_collections, live_pages, work_files
from resources.models import PortalDocument, ResourceFile, ResourcePage
from resources.packs.content import best_language


@dataclass(frozen=True, slots=True)
class OpenWork:
    """A work that everyone may see: its versions by language, and its files."""

    key: UUID
    pages: dict[str, ResourcePage]
    files: tuple[ResourceFile, ...]

    def page_for(self, *languages: str) -> ResourcePage:
        return self.pages[best_language(self.pages, *languages)]

    def file_of(self, document: int | None) -> ResourceFile | None:
        return next((file for file in self.files if file.document_id == document), None)

    @property
    def documents(self) -> list[ResourceFile]:
        """What can be read page by page."""
        return [file for file in self.files if file.document.is_pdf]

    @property
    def video(self) -> PortalDocument | None:
        return next((file.document for file in self.files if file.document.is_video), None)


def open_works(keys: Iterable[UUID | str]) -> dict[UUID, OpenWork]:
    """Those of the works that everyone may see, by key. Few queries, however many works."""
    wanted = {UUID(str(key)) for key in keys}
    if not wanted:
        return {}
    # Asked once for all works.
    guarded, shut = guarded_collections(), guarded_paths()
    pages = (
        live_pages()
        .filter(translation_key__in=wanted)
        .order_by("pk")
        # What is joined to pages of several kinds is lost when these are read as what they are; this is not.
        .prefetch_related(
            "locale",
            "cover__renditions",
            "countries",
            "resource_themes__concept",
            Prefetch("resource_files", ResourceFile.objects.select_related("document__collection")),
        )
        .specific()
    )
    versions: dict[UUID, dict[str, ResourcePage]] = {}
    for page in pages:
        if not page.path.startswith(shut):
            versions.setdefault(page.translation_key, {})[page.locale.language_code] = page
    return {
        key: OpenWork(key, found, tuple(work_files(list(found.values()), guarded))) for key, found in versions.items()
    }
