"""Editions: making one, and showing one as far as its works are still open to everyone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.fields.files import FieldFile

from resources.indexing import COVER_FILTER, guarded_collections
from resources.models import PortalDocument, ResourceFile
from resources.packs.comparing_editions import say_the_same
from resources.packs.content import FrozenFile, ItemKind, PackContent, PackItem, PackSection
from resources.packs.gathering import Gathered, elsewhere, gather, gone, with_facts
from resources.packs.keeping import keep, kept_passages
from resources.packs.models import Edition, EditionWork, KeptFile, Pack
from resources.packs.open_works import OpenWork, open_works
from resources.packs.storing import from_json, to_json
from resources.packs.touching import touch
from search.indexing import outbox


def share(*, pack: Pack) -> Edition:
    """Hand the pack out as it stands: a new numbered edition, or the last one if nothing has changed since."""
    while True:
        # Files are kept before anything is locked: that may take long, and others want to write.
        last = newest(pack)
        before = stored(last) if last else None
        gathered = gather(pack, before)
        content = _with_pictures(gathered, _kept(gathered))
        if last is not None and before is not None and say_the_same(content, before):
            return last
        with transaction.atomic():
            # First of all a write: whoever shares or saves at the same moment waits for this to be done.
            touch(pack)
            if newest(pack) == last:
                return _made(pack, content)
        # Somebody else handed it out meanwhile: what is new is compared with that.


def _made(pack: Pack, content: PackContent) -> Edition:
    edition = Edition.objects.create(pack=pack, number=content.number, content=to_json(content))
    wanted = {checksum for item in content.items for checksum in _checksums(item)}
    edition.files.set(KeptFile.objects.filter(checksum__in=wanted).values_list("pk", flat=True))
    note_works(pack)
    for item in pack.items.exclude(decisions={}):
        # What was accepted is in the edition; what was declined stays declined, as long as it is the same file.
        item.decisions = {document: told for document, told in item.decisions.items() if not told["accept"]}
        item.save(update_fields=["decisions"])
    outbox.enqueue(search_key(pack.code))
    return edition


def note_works(pack: Pack) -> None:
    """Say again which works stand in what readers of a pack are led to: its newest edition and the recommended one."""
    recommended = Pack.objects.filter(pk=pack.pk).values_list("recommended_number", flat=True).first()
    shown = {edition.pk: edition for edition in (newest(pack), _numbered(pack, recommended)) if edition is not None}
    works = {item.work for edition in shown.values() for item in _bare(edition).present}
    EditionWork.objects.filter(pack=pack).delete()
    EditionWork.objects.bulk_create([EditionWork(pack=pack, work=UUID(work)) for work in sorted(works)])


def _numbered(pack: Pack, number: int | None) -> Edition | None:
    return pack.editions.filter(number=number).first() if number is not None else None


def newest(pack: Pack) -> Edition | None:
    """The last edition of a pack, None if it was never handed out."""
    return pack.editions.order_by("-number").first()


KEY_PREFIX = "pack-"


def search_key(code: str) -> str:
    """What search calls a pack."""
    return f"{KEY_PREFIX}{code}"


def stored(edition: Edition) -> PackContent:
    """What was handed out, whatever became of the works since: for comparing, not for showing."""
    return from_json(edition.content, kept_passages(file for item in _bare(edition).items for file in item.files))


_PARSED: OrderedDict[tuple[int, datetime], PackContent] = OrderedDict()
_MOST_PARSED = 64


def _bare(edition: Edition) -> PackContent:
    """An edition without passages. Editions never change, and every cover on a page asks for the same one."""
    key = (edition.pk, edition.created)
    if key not in _PARSED:
        _PARSED[key] = from_json(edition.content, {})
        while len(_PARSED) > _MOST_PARSED:
            _PARSED.popitem(last=False)
    return _PARSED[key]


def shown(edition: Edition, language: str, *, with_passages: bool = True) -> PackContent:
    """What was handed out, without works that not everyone may see any more: these say so, in `language`.

    Without passages it is quicker: what was read from files is long.
    """
    return _still_shown(stored(edition) if with_passages else _bare(edition), language)


def shown_with(edition: Edition, checksum: str) -> PackItem | None:
    """An item of an edition that still shows the file or picture of this checksum; None if none does."""
    content = _bare(edition)
    holding = tuple(item for item in content.items if checksum in _checksums(item))
    still = _still_shown(replace(content, sections=(PackSection("", holding),)), content.language)
    return next((item for item in still.present if checksum in _checksums(item)), None)


def _checksums(item: PackItem) -> set[str]:
    return {file.checksum for file in item.files} | ({item.picture} - {""})


def _still_shown(content: PackContent, language: str) -> PackContent:
    works = open_works(item.work for item in content.items)
    shut = _shut_documents(content, works)
    sections = tuple(
        PackSection(section.title, tuple(_still(item, works, shut, language) for item in section.items))
        for section in content.sections
    )
    return replace(content, sections=sections)


def _still(item: PackItem, works: Mapping[UUID, OpenWork], shut: frozenset[int], language: str) -> PackItem:
    work = works.get(UUID(item.work))
    files = tuple(file for file in item.files if file.document not in shut)
    # Of a version that was withdrawn nothing is shown; what stays open in other languages stays.
    texts = {code: text for code, text in item.texts.items() if work is not None and code in work.pages}
    lost = item.kind is not ItemKind.WORK and len(files) < len(item.files)
    if work is None or item.gone or not texts or lost:
        return gone(item.key, UUID(item.work), item.type, language)
    # The picture may be of a version or a file that was withdrawn.
    whole = len(texts) == len(item.texts) and len(files) == len(item.files)
    still = replace(
        item, texts=texts, files=files, picture=item.picture if whole else "", elsewhere=elsewhere(item, work)
    )
    # So may what was said of the work: nobody knows any more which version said it.
    return still if len(texts) == len(item.texts) else with_facts(still, work)


def _shut_documents(content: PackContent, works: Mapping[UUID, OpenWork]) -> frozenset[int]:
    """The documents of an edition that were deleted, stand in a restricted collection now, or only on pages that not
    everyone may see. One that the library still has, but that stands nowhere any more, was replaced by another: the
    edition shows what it handed out, unless the version of the work in its language was withdrawn.
    """
    numbers = {file.document for item in content.items for file in item.files}
    guarded = guarded_collections()
    there = PortalDocument.objects.filter(pk__in=numbers).values_list("pk", "collection__path")
    kept = {number for number, path in there if not (guarded and path.startswith(guarded))}
    unseen = kept - {file.document_id for work in works.values() for file in work.files}
    elsewhere = set(ResourceFile.objects.filter(document__in=unseen).values_list("document", flat=True))
    withdrawn = {
        file.document
        for item in content.items
        for file in item.files
        if file.document in unseen
        and file.language in item.texts
        and file.language not in getattr(works.get(UUID(item.work)), "pages", {})
    }
    return frozenset(numbers - kept | elsewhere | withdrawn)


def _kept(gathered: Gathered) -> dict[str, FrozenFile | None]:
    """Keep the bytes of all files; by checksum as the library tells it, the file with the checksum that it really has,
    None when its bytes are gone.
    """
    found: dict[str, FrozenFile | None] = {}
    for item in gathered.content.items:
        for file in item.files:
            document = gathered.sources.get(file.checksum)
            if document is None:
                found.setdefault(file.checksum, file)
            elif file.checksum not in found:
                kept = keep(document.file, file.media_type, file.passages, checksum=file.checksum)
                found[file.checksum] = None if kept is None else replace(file, checksum=kept.checksum)
    return found


def _with_pictures(gathered: Gathered, files: Mapping[str, FrozenFile | None]) -> PackContent:
    def finished(item: PackItem) -> PackItem:
        kept = tuple(
            replace(file, checksum=there.checksum) for file in item.files if (there := files[file.checksum]) is not None
        )
        work = gathered.works.get(UUID(item.work))
        return replace(item, files=kept, picture=_picture(work, item) if work and not item.gone else "")

    content = gathered.content
    return replace(
        content,
        sections=tuple(
            PackSection(section.title, tuple(finished(item) for item in section.items)) for section in content.sections
        ),
    )


def _picture(work: OpenWork, item: PackItem) -> str:
    page = work.page_for("en")
    source: FieldFile | None = None
    if page.cover is not None:
        source = page.cover.get_rendition(COVER_FILTER).file
    else:
        numbers = [file.document for file in item.files]
        document = next(
            (file.document for file in work.files if file.document_id in numbers and file.document.thumbnail), None
        )
        source = document.thumbnail if document else None
    kept = keep(source, "image/webp") if source else None
    return kept.checksum if kept else ""
