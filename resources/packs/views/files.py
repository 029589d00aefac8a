"""The kept files of an edition, as long as it shows them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from resources.packs.addresses import PICTURE_NAME
from resources.packs.content import PackItem
from resources.packs.editions import shown_with
from resources.packs.keeping import path_of
from resources.packs.models import Pack
from resources.packs.views.public import of_public_pack, public_edition
from resources.serving import file_response


@require_safe
@of_public_pack
def file(request: HttpRequest, found: Pack, number: int, checksum: str, name: str) -> HttpResponseBase:
    """The bytes of a file or picture of an edition under its own name, while the item that has it is shown."""
    item = shown_with(public_edition(found, number), checksum)
    media_type = _media_type(item, checksum, name) if item is not None else None
    if media_type is None:
        raise Http404
    try:
        path = path_of(checksum)
    except LookupError:
        raise Http404 from None
    return file_response(
        request, path, checksum=checksum, media_type=media_type, name=name, in_place=_opens_in_place(media_type)
    )


def _media_type(item: PackItem, checksum: str, name: str) -> str | None:
    """What the file of this name is; None if the item has none that is called so."""
    if item.picture == checksum and name == PICTURE_NAME:
        return "image/webp"
    return next((each.media_type for each in item.files if each.checksum == checksum and each.name == name), None)


def _opens_in_place(media_type: str) -> bool:
    # Only what a browser shows without running anything in it; the rest is downloaded.
    return media_type in {"application/pdf", "text/vtt", "application/x-subrip", "image/webp"} or media_type.startswith(
        "video/"
    )
