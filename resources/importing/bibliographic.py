"""What bibliographies and repositories say of a work → the cells of a row. What can't be told for certain is a note."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from babel import Locale
from django.utils.translation import gettext as _

from resources.importing import values
from resources.importing.rows import LENGTHS
from resources.importing.sheet import clean
from resources.language_tags import language_of
from resources.models.choices import Licence
from search.languages import LANGUAGES

COLUMNS = (
    "id", "type", "language", "title", "summary", "year", "authors", "publisher", "licence", "url", "doi", "isbn",
)  # fmt: skip
_DEED = re.compile(
    r"^(?:https?:)?//(?:www\.)?creativecommons\.org/(?:licenses/(?P<terms>by(?:-nc)?(?:-sa|-nd)?)/(?P<version>\d\.\d)"
    r"|publicdomain/(?P<zero>zero)/1\.0)(?:/(?:igo|deed\.[\w-]+|legalcode(?:\.\w+)?)?)*/?$",
    re.IGNORECASE,
)
# ISO 639-2 and -3 codes of the portal's languages.
_THREE_LETTERS = {
    "eng": "en", "ind": "id", "msa": "ms", "may": "ms", "zsm": "ms", "tha": "th", "vie": "vi", "khm": "km", "lao": "lo",
    "mya": "my", "bur": "my", "fil": "fil", "tgl": "fil", "zho": "zh-hans", "chi": "zh-hans", "cmn": "zh-hans",
    "por": "pt",
}  # fmt: skip


@dataclass(slots=True)
class Said:
    """The cells and notes of one work, as they are gathered."""

    cells: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def note(self, column: str, text: str) -> None:
        self.notes[column] = "\n".join(filter(None, (self.notes.get(column), clean(text))))[:2000]

    def text(self, column: str, text: str) -> None:
        """A text, cut to what its column has room for."""
        found = " ".join(text.split())
        room = LENGTHS[column]
        if len(found) > room:
            self.note(column, _("It was longer and was cut."))
            found = found[: room - 1].rstrip() + "…"
        self.cells[column] = found

    def year(self, texts: Iterable[str]) -> None:
        """The first year that is said."""
        for text in texts:
            found = re.search(r"(?<!\d)\d{4}(?!\d)", text)
            try:
                self.cells["year"] = str(values.year(found.group()) or "") if found else ""
            except ValueError as error:
                self.note("year", str(error))
                continue
            if found:
                return

    def language(self, texts: Iterable[str], otherwise: str) -> None:
        """The first language that the portal speaks, else `otherwise`, which a note tells."""
        said = [text.strip() for text in texts if text.strip()]
        for text in said:
            if found := _language(text):
                self.cells["language"] = found
                return
        self.cells["language"] = otherwise
        if said:
            self.note("language", _("Its source says: %(said)s") % {"said": "; ".join(said)[:200]})

    def licence(self, texts: Iterable[str]) -> None:
        """A licence that is said for certain; all that is said otherwise is kept as a note."""
        said = [text.strip() for text in texts if text.strip()]
        known = {found for text in said if (found := certain_licence(text))}
        if len(known) == 1:
            self.cells["licence"] = known.pop()
        rest = [text for text in said if len(known) > 1 or certain_licence(text) != self.cells.get("licence")]
        if rest:
            self.note("licence", _("Its source says: %(said)s") % {"said": "; ".join(rest)})

    def identifiers(self, texts: Iterable[str]) -> None:
        """A DOI, an ISBN and an address among what a source gives as identifiers."""
        for text in texts:
            bare = text.strip()
            for column, read in (("doi", values.doi), ("isbn", values.isbn), ("url", values.address)):
                try:
                    found = read(bare)
                except ValueError:
                    continue
                if found and len(found) <= LENGTHS["url"]:
                    self.cells.setdefault(column, found)
                    break
        if self.cells.get("doi") and not self.cells.get("url"):
            self.cells["url"] = f"https://doi.org/{self.cells['doi']}"

    def finish(self, kind: str) -> None:
        """Say the kind; what only publications have becomes a note of other kinds."""
        self.cells["type"] = kind
        if kind != "publication":
            for column in ("doi", "isbn"):
                if found := self.cells.pop(column, ""):
                    self.note(column, found)


def certain_licence(text: str) -> str:
    """The value of the licence that a text is the name or the address of; "" for any other, other versions included."""
    text = re.sub(r"^info:eu-repo/semantics/\w+$", "", text.strip())
    deed = _DEED.match(text)
    if deed:
        if deed.group("zero"):
            return Licence.CC0.value
        value = f"cc-{deed.group('terms').lower()}"
        # The organisations' port has other terms on disputes, and other versions have other terms.
        certain = deed.group("version") == "4.0" and "/igo" not in text.lower() and value in Licence.values
        return value if certain else ""
    if re.search(r"\bigo\b|\b[123]\.\d\b", text, re.IGNORECASE) or len(text) > 120:
        return ""
    try:
        return values.licence(text)
    except ValueError:
        return ""


def _language(text: str) -> str:
    code = _THREE_LETTERS.get(text.lower()[:3]) if re.fullmatch(r"[A-Za-z]{3}(?:[-_]\w+)?", text) else None
    found = code or (language_of(text) if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w+)*", text) else None)
    return found or _names().get(text.casefold(), "")


def _names() -> dict[str, str]:
    """Names of the portal's languages, in English and in themselves."""
    found = {language.english.casefold(): language.code for language in LANGUAGES}
    found |= {language.native.casefold(): language.code for language in LANGUAGES}
    english = Locale.parse("en").languages
    return found | {
        str(english[code]).casefold(): code for code in ("en", "id", "ms", "th", "vi", "km", "lo", "my", "pt")
    }
