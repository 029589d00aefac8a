"""How much a page draws, forms within forms counted: some files draw for ever."""

from __future__ import annotations

import re
from typing import Any

from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from resources.extraction.types import FailureReason
from resources.packs.exporting.originals.types import CannotPrint, OriginalLimits

DEEPEST = 40
_DRAWN = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)[\x00\t\n\f\r ]+Do(?![^\x00\t\n\f\r ()<>\[\]{}/%])")


class DrawingCounter:
    """Counts for the pages of one document; a form that many pages draw is read once."""

    def __init__(self, limits: OriginalLimits) -> None:
        self._limits = limits
        self._known: dict[int, int] = {}
        self._under_way: set[int] = set()
        self._bytes = 0

    def check_page(self, content: bytes, resources: DictionaryObject) -> None:
        """Raises CannotPrint for a page that draws too much, or a form in itself."""
        self._count(content, resources)

    def check_form(self, reference: IndirectObject) -> None:
        """As `check_page`, for a form."""
        self._form(reference)

    def _count(self, content: bytes, resources: Any) -> int:
        self._bytes += len(content)
        if self._bytes > self._limits.content_bytes:
            raise CannotPrint(FailureReason.TOO_MUCH_MEMORY)
        if len(self._under_way) > DEEPEST:
            raise CannotPrint(FailureReason.DAMAGED)
        objects = _dictionary(_dictionary(resources).get("/XObject"))
        total = 0
        for name in _DRAWN.findall(content) if objects else ():
            total += 1
            key = "/" + name.decode("latin-1")
            if key in objects:
                total += self._form(objects.raw_get(key))
            if total > self._limits.drawings:
                raise CannotPrint(FailureReason.TOOK_TOO_LONG)
        return total

    def _form(self, reference: Any) -> int:
        """How much a form draws besides itself; an image draws nothing."""
        if not isinstance(reference, IndirectObject):
            return 0
        number = reference.idnum
        if number in self._under_way:
            raise CannotPrint(FailureReason.DAMAGED)
        if number not in self._known:
            form = reference.get_object()
            drawn = 0
            if isinstance(form, StreamObject) and form.get("/Subtype") == "/Image":
                if int(form.get("/Width", 0)) * int(form.get("/Height", 0)) > self._limits.pixels:
                    raise CannotPrint(FailureReason.TOO_MUCH_MEMORY)
            elif isinstance(form, StreamObject) and form.get("/Subtype") == "/Form":
                self._under_way.add(number)
                drawn = self._count(form.get_data(), form.get("/Resources"))
                self._under_way.remove(number)
            self._known[number] = drawn
        return self._known[number]


def _dictionary(value: Any) -> DictionaryObject:
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
