"""Whether a pack was changed since it was handed out."""

from __future__ import annotations

from dataclasses import replace

from resources.packs.comparing_editions import say_the_same
from resources.packs.content import PackContent, PackItem, PackSection
from resources.packs.gathering import Gathered, gather
from resources.packs.models import Pack


def is_unshared(pack: Pack, before: PackContent) -> bool:
    """Whether the pack now is anything but `before`, its last edition: whether handing it out would make a new one."""
    return not say_the_same(_with_bytes(gather(pack, before), before), before)


def _with_bytes(gathered: Gathered, before: PackContent) -> PackContent:
    """Without the files whose bytes are gone, as an edition has none of these. Bytes that `before` keeps are there."""
    kept = {file.checksum for item in before.items for file in item.files}
    lost = {
        checksum
        for checksum, document in gathered.sources.items()
        if checksum not in kept and not document.file.storage.exists(str(document.file.name))
    }

    def there(item: PackItem) -> PackItem:
        return replace(item, files=tuple(file for file in item.files if file.checksum not in lost))

    content = gathered.content
    if not lost:
        return content
    sections = tuple(PackSection(each.title, tuple(map(there, each.items))) for each in content.sections)
    return replace(content, sections=sections)
