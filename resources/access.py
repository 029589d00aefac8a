"""Who may see what: the readers a page and a visitor have, and whether a visitor may have a document or an image."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.permissions import policy_registry

from resources.models import ResourceFile, Withdrawal
from search.types import PUBLIC

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from resources.models import PortalDocument, PortalImage

SIGNED_IN = "signed-in"
SUPERUSER = "superuser"


def readers_of_user(user: AbstractBaseUser | AnonymousUser) -> frozenset[str]:
    """The readers that a visitor is. Asks the database nothing for a visitor who isn't signed in."""
    if not user.is_authenticated:
        return frozenset({PUBLIC})
    groups = Group.objects.filter(user=user.pk).values_list("pk", flat=True)
    readers = {PUBLIC, SIGNED_IN, *(str(pk) for pk in groups)}
    if getattr(user, "is_superuser", False):
        readers.add(SUPERUSER)
    return frozenset(readers)


def readers_of_page(page: Page) -> tuple[str, ...]:
    """Who may see a page in search: everyone, those signed in, some groups; nobody when a password guards it."""
    allowed: set[str] | None = None
    signed_in = False
    for restriction in page.get_view_restrictions().prefetch_related("groups"):
        if restriction.restriction_type == BaseViewRestriction.PASSWORD:
            return ()
        if restriction.restriction_type == BaseViewRestriction.LOGIN:
            signed_in = True
        if restriction.restriction_type == BaseViewRestriction.GROUPS:
            groups = {str(group.pk) for group in restriction.groups.all()}
            allowed = groups if allowed is None else allowed & groups
    if allowed is not None:
        return (*sorted(allowed), SUPERUSER)
    return (SIGNED_IN,) if signed_in else (PUBLIC,)


def may_see_page(page: Page, request: HttpRequest) -> bool:
    """Whether a visitor may open a live page. A password once given counts."""
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())


def guarded_paths() -> tuple[str, ...]:
    """The paths of pages under a view restriction of their own: what stands there or below isn't open to everyone."""
    return with_aliases(dict(PageViewRestriction.objects.values_list("page", "page__path")))


def with_aliases(restricted: Mapping[int, str]) -> tuple[str, ...]:
    """The paths of restricted pages, given by their numbers, and of their aliases, which are under the same
    restrictions wherever they stand. Nothing is asked of the database where no page is restricted.
    """
    found = dict(restricted)
    newest = set(found)
    while newest:
        aliases = dict(Page.objects.filter(alias_of__in=newest).values_list("pk", "path"))
        newest = set(aliases) - set(found)
        found |= aliases
    return tuple(found.values())


def may_have_document(document: PortalDocument, request: HttpRequest) -> bool:
    """Whether a visitor may have a file, its thumbnail or its text.

    Its collection's restrictions hold always. Beyond that a file goes with the pages that hold it or link to it: one
    live page that the visitor may see opens it. What no page holds, such as a file just uploaded, is for those who
    work on the library.
    """
    for restriction in document.collection.get_view_restrictions():
        if not restriction.accept_request(request):
            return False
    if works_on_files(request, document):
        return True
    pages = live_pages_holding(document)
    if Withdrawal.objects.filter(work__in=_works_of(document)).exists():
        # A file of a withdrawn work is closed though a page of text still links to it; as a file of another work it
        # stays.
        own = set(ResourceFile.objects.filter(document=document.pk).values_list("resource", flat=True))
        pages = [page for page in pages if page.pk in own]
    return any(may_see_page(page, request) for page in pages)


def works_on_files(request: HttpRequest, document: PortalDocument) -> bool:
    """Whether the visitor is one of those who work on the library's files, and on this one: it stands in a collection
    from which they may choose, or whose files they may change, or it is their own.
    """
    policy = policy_registry.get_by_type(type(document))
    return bool(
        request.user.is_authenticated
        and policy.user_has_any_permission_for_instance(request.user, ["change", "choose"], document)
    )


def documents_to_name(documents: Iterable[PortalDocument], request: HttpRequest) -> set[int]:
    """Those of some documents whose titles the visitor may be told, as they may have the files. Few queries, where
    they work on the files of these collections.
    """
    closed: dict[int, bool] = {}
    found = set()
    for document in documents:
        collection = document.collection
        if collection.pk not in closed:
            guards = collection.get_view_restrictions()
            closed[collection.pk] = not all(guard.accept_request(request) for guard in guards)
        if closed[collection.pk]:
            continue
        if works_on_files(request, document) or may_have_document(document, request):
            found.add(document.pk)
    return found


def _works_of(document: PortalDocument) -> QuerySet[ResourceFile, UUID]:
    return ResourceFile.objects.filter(document=document.pk).values_list("resource__translation_key", flat=True)


class Sight(Enum):
    """Who may see something: nobody else than those who work on the library, this visitor, or everyone."""

    NONE = "none"
    OWN = "own"
    EVERYONE = "everyone"


def sight_of_image(image: PortalImage, request: HttpRequest) -> Sight:
    """Whether a visitor may see an image, as with files: where its collection allows it, and it is on a live page
    that they may see.
    """
    guards = list(image.collection.get_view_restrictions())
    if not all(restriction.accept_request(request) for restriction in guards):
        return Sight.NONE
    sights = [_sight_of_page(page, request) for page in live_pages_holding(image)]
    if Sight.EVERYONE in sights and not guards:
        return Sight.EVERYONE
    if Sight.EVERYONE in sights or Sight.OWN in sights:
        return Sight.OWN
    # Whoever looks at a draft sees its pictures, whatever they may do with them.
    return Sight.OWN if request.user.has_perm("wagtailadmin.access_admin") else Sight.NONE


def _sight_of_page(page: Page, request: HttpRequest) -> Sight:
    restrictions = list(page.get_view_restrictions())
    if not restrictions:
        return Sight.EVERYONE
    return Sight.OWN if all(each.accept_request(request) for each in restrictions) else Sight.NONE


def live_pages_holding(held: PortalDocument | PortalImage) -> list[Page]:
    """The live pages that have it as a file, a material, a picture or a link in a text, by Wagtail's index of
    references.
    """
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(type(held)),
        to_object_id=str(held.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    ).values_list("object_id", flat=True)
    return list(Page.objects.live().filter(pk__in={int(pk) for pk in references}))
