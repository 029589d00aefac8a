"""A page that is not in the tree yet, put there with its first revision.

As `add_child`, `save_revision` and `publish` after each other leave it, but saved once instead of three times: each
saving also writes Wagtail's own search and reference indexes, and an import makes thousands.
"""

from __future__ import annotations

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.signals import page_published, published

from resources.models import ResourcePage


def add_page(page: ResourcePage, parent: Page, *, publish: bool) -> None:
    """Save `page` below `parent`, live or as a draft. Raises ValidationError for what the page can't hold."""
    now = timezone.now()
    page.live = publish
    page.has_unpublished_changes = not publish
    if publish:
        page.first_published_at = page.last_published_at = now
    parent.add_child(instance=page)
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        created_at=now,
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.latest_revision = revision
    page.latest_revision_created_at = now
    page.live_revision = revision if publish else None
    Page.objects.filter(pk=page.pk).update(
        latest_revision=revision, latest_revision_created_at=now, live_revision=page.live_revision
    )
    if publish:
        page_published.send(sender=type(page), instance=page, revision=revision)
        published.send(sender=type(page), instance=page, revision=revision)
        log(instance=page, action="wagtail.publish", revision=revision, content_changed=True)
