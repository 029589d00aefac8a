"""The rows of the table: a draft each, with what it holds, what it lacks, and why it says what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Revision, WorkflowState

from resources.intake.models import Batch, DroppedFile, State
from resources.intake.table.values import Content, Value
from resources.models import Concept, ResourcePage

WANTED = ("summary", "year", "countries", "themes", "licence")
"""What a draft is said to lack; the title is always there."""


@dataclass(slots=True)
class Row:
    """`files` are the dropped files that the draft came of. `values` are the latest draft's; `revision` is its number.

    `may_edit` says whether this editor may change it, `locked` that somebody else is at it.
    """

    page: ResourcePage
    files: list[DroppedFile]
    revision: int
    values: dict[str, Value]
    may_edit: bool
    may_publish: bool
    may_submit: bool
    locked: bool
    versions: list[ResourcePage] = field(default_factory=list)

    @property
    def is_final(self) -> bool:
        """Whether its kind and language stay as they are: others have seen its address."""
        return bool(self.page.live or self.page.first_published_at)

    @property
    def missing(self) -> list[str]:
        return [name for name in WANTED if not self.values[name]]

    @property
    def working(self) -> bool:
        return any(file.task for file in self.files)

    @property
    def problems(self) -> dict[str, str]:
        return {name: said for file in self.files for name, said in file.problems.items()}


def rows_of(batch: Batch, by: Any) -> list[Row]:
    """The drafts of a batch in the order in which files came. Some queries, however many there are."""
    files: dict[int, list[DroppedFile]] = {}
    drafted = batch.files.filter(state=State.DRAFTED, page__isnull=False).select_related("document")
    for dropped in drafted.order_by("pk"):
        files.setdefault(dropped.page_id or 0, []).append(dropped)
    found = ResourcePage.objects.filter(pk__in=files).select_related("locale", "content_type")
    pages = {page.pk: page for page in found}
    _note_reviews(pages)
    revisions = Revision.objects.in_bulk([page.latest_revision_id for page in pages.values()])
    slugs = concept_slugs()
    together: dict[str, list[ResourcePage]] = {}
    for page in pages.values():
        together.setdefault(page.work, []).append(page)
    rows = []
    for key, dropped_files in files.items():
        page = pages.get(key)
        revision = revisions.get(page.latest_revision_id) if page else None
        if page is None or revision is None:
            continue
        may = page.permissions_for_user(by)
        rows.append(
            Row(
                page=page,
                files=dropped_files,
                revision=revision.pk,
                values=content_of(page, revision, slugs),
                may_edit=may.can_edit(),
                may_publish=may.can_publish(),
                may_submit=may.can_submit_for_moderation(),
                locked=bool(may.page_locked()),
                versions=[other for other in together[page.work] if other.pk != page.pk],
            )
        )
    return rows


def _note_reviews(pages: Mapping[int, ResourcePage]) -> None:
    """Tell each page its review, so that none asks for it. Wagtail's own prefetching looks for reviews of the very
    class asked for, which are kept for the base of all pages.
    """
    kept_for = ContentType.objects.get_for_model(Page)
    states = WorkflowState.objects.active().filter(base_content_type=kept_for, object_id__in=list(map(str, pages)))
    reviews: dict[str, WorkflowState] = {
        state.object_id: state for state in states.select_related("current_task_state__task").order_by("-pk")
    }
    for key, page in pages.items():
        page._current_workflow_states = [reviews[str(key)]] if str(key) in reviews else []


def concept_slugs() -> dict[int, str]:
    return dict(Concept.objects.values_list("pk", "slug"))


def content_of(page: ResourcePage, revision: Revision, slugs: Mapping[int, str]) -> dict[str, Value]:
    """The values of a page as a revision of it holds them."""
    model = page.content_type.model_class()
    assert model is not None
    return Content(revision.content, getattr(model, "type_slug", ""), page.locale.language_code, slugs).values
