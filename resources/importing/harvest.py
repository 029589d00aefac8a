"""Records of another repository by OAI-PMH 2.0, in Dublin Core → rows of works. No database.

http://www.openarchives.org/OAI/openarchivesprotocol.html
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2
from django.utils.translation import gettext as _
from lxml import etree
from oaipmh_scythe import Scythe, exceptions
from oaipmh_scythe.models import Record

from resources.fetching import Fetcher, FetchError
from resources.importing.bibliographic import COLUMNS, Said
from resources.importing.sheet import SheetRow, clean

MOST_PAGES = 5_000
MOST_RECORDS = 200_000
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_VIDEO = re.compile(r"moving ?image|\bvideo\b|\bfilm\b", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}Z)?")


class HarvestError(Exception):
    """The repository gave nothing, or nothing that can be read; its text is the reason."""


@dataclass(frozen=True, slots=True)
class HarvestRequest:
    """What is asked of a repository. Dates are as the protocol writes them, `2024-01-31`; `language` is that of records
    that say none.
    """

    address: str
    set: str = ""
    since: str = ""
    until: str = ""
    language: str = "en"

    @property
    def source(self) -> str:
        """What its records are known by as this repository's: it may answer at several addresses of its host."""
        return (urlsplit(self.address).hostname or "")[:255]


@dataclass(frozen=True, slots=True)
class HarvestedPage:
    """Part of a repository's list. `token` asks for the next part; "" after the last."""

    rows: tuple[SheetRow, ...]
    token: str
    asked: str = ""
    """When the repository made the first part, by its own clock: what the next harvest begins with."""


class _Transport(httpx2.BaseTransport):
    """Requests of the library, sent by the portal's own fetcher and nowhere else."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        got = self._fetcher.get(str(request.url), {"Accept": "text/xml, application/xml", "User-Agent": "Lumbung"})
        if got.status in {408, 429, 503}:
            raise FetchError(_("The repository is busy: try again later."))
        if got.status >= 400:
            raise FetchError(_("The repository answers with the error %(status)s.") % {"status": got.status})
        # The library mends what is broken off, and would take it for the end of the list.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(got.body, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise FetchError(_("This address is not that of a repository that supports OAI-PMH.")) from error
        if root.tag != f"{_OAI}OAI-PMH" or root.getroottree().docinfo.doctype:
            raise FetchError(_("This address is not that of a repository that supports OAI-PMH."))
        return httpx2.Response(200, content=got.body, headers={"Content-Type": "text/xml"}, request=request)


class _Client(Scythe):
    def __init__(self, address: str, fetcher: Fetcher) -> None:
        super().__init__(address)
        self._own = httpx2.Client(transport=_Transport(fetcher), trust_env=False)

    @property
    def client(self) -> httpx2.Client:
        return self._own


class Harvester:
    """Asks one repository. `fetcher` decides where that may be."""

    def __init__(self, request: HarvestRequest, fetcher: Fetcher | None = None) -> None:
        for date in (request.since, request.until):
            if date and not _DATE.fullmatch(date):
                raise HarvestError(_("‘%(date)s’ is not a date such as 2024-01-31.") % {"date": date[:40]})
        self._request = request
        self._client = _Client(request.address, fetcher or Fetcher())

    def page(self, token: str = "", line: int = 1) -> HarvestedPage:
        """The next part of the list: the first, or the one that `token` asks for. `line` numbers its rows.

        Raises HarvestError.
        """
        asked = self._request
        query = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
        query |= {
            name: value for name, value in (("from", asked.since), ("until", asked.until), ("set", asked.set)) if value
        }
        answer = self._ask({"verb": "ListRecords", "resumptionToken": token} if token else query)
        if answer is None:
            return HarvestedPage((), "")
        rows = tuple(_row(element, line + place, asked) for place, element in enumerate(answer.iter(f"{_OAI}record")))
        following = answer.find(f".//{_OAI}resumptionToken")
        next_token = (following.text or "").strip() if following is not None else ""
        if next_token and (next_token == token or not rows):
            raise HarvestError(_("The repository gives the same part of its list again and again."))
        date = answer.findtext(f"{_OAI}responseDate", "")
        return HarvestedPage(rows, next_token, date if _DATE.fullmatch(date) else "")

    def pages(self) -> Iterator[HarvestedPage]:
        """All parts of the list. Raises HarvestError."""
        token, records = "", 0
        for _number in range(MOST_PAGES):
            page = self.page(token, records + 1)
            records += len(page.rows)
            if records > MOST_RECORDS:
                break
            yield page
            token = page.token
            if not token:
                return
        raise HarvestError(too_many())

    def sets(self) -> list[tuple[str, str]]:
        """(name for a request, name for people) of the repository's sets. Raises HarvestError."""
        found: list[tuple[str, str]] = []
        token = ""
        for _number in range(100):
            query = {"verb": "ListSets", **({"resumptionToken": token} if token else {})}
            answer = self._ask(query)
            if answer is None:
                break
            for element in answer.iter(f"{_OAI}set"):
                found.append((element.findtext(f"{_OAI}setSpec", ""), element.findtext(f"{_OAI}setName", "")))
            token = (answer.findtext(f".//{_OAI}resumptionToken") or "").strip()
            if not token:
                break
        return found

    def _ask(self, query: dict[str, str]) -> Any:
        """The answer's XML; None when nothing matches."""
        try:
            return self._client.harvest(query).xml
        except (exceptions.NoRecordsMatch, exceptions.NoSetHierarchy):
            return None
        except exceptions.BadResumptionToken as error:
            raise HarvestError(_("The repository no longer knows where the list stopped: start again.")) from error
        except (exceptions.OAIPMHException, FetchError) as error:
            raise HarvestError(str(error)[:300] or type(error).__name__) from error
        except httpx2.HTTPError as error:
            raise HarvestError(_("The server could not be asked: %(error)s.") % {"error": str(error)[:200]}) from error


def too_many() -> str:
    return _("The repository gives more than %(most)s records: ask for a set.") % {"most": MOST_RECORDS}


def _row(element: Any, line: int, asked: HarvestRequest) -> SheetRow:
    key = _key(clean(element.findtext(f"{_OAI}header/{_OAI}identifier") or ""), asked.address)
    header = element.find(f"{_OAI}header")
    if header is not None and header.get("status") == "deleted":
        return SheetRow(line, {"id": key}, gone=True)
    try:
        metadata = Record(element).metadata
    except (ValueError, StopIteration, AttributeError):
        metadata = {}
    told = {name: [text.strip() for text in texts if text and text.strip()] for name, texts in metadata.items()}
    if not told:
        return SheetRow(line, {"id": key}, {"": _("The record holds nothing in Dublin Core.")})
    said = _said(told, asked.language)
    said.cells["id"] = key
    return SheetRow(line, {column: clean(said.cells.get(column, "")) for column in COLUMNS}, notes=said.notes)


def _key(identifier: str, address: str) -> str:
    """A key that no table of the library's own has: a repository must not bring those pages up to date."""
    if not identifier.startswith("oai:"):
        identifier = f"oai:{urlsplit(address).hostname or ''}:{identifier}"
    return identifier if len(identifier) <= 200 else f"oai:{hashlib.sha256(identifier.encode()).hexdigest()}"


def _said(told: dict[str, list[str]], language: str) -> Said:
    said = Said()

    def every(*names: str) -> list[str]:
        return [text for name in names for text in told.get(name, [])]

    said.text("title", next(iter(every("title")), ""))
    said.text("summary", max(every("description"), key=len, default=""))
    said.text("authors", "; ".join(every("creator") or every("contributor")))
    said.text("publisher", "; ".join(every("publisher")))
    said.year(sorted(every("date"), key=lambda text: "T" in text))
    said.language(every("language"), language)
    said.identifiers([*sorted(every("identifier"), key=_unlike_an_address), *every("relation")])
    said.licence(every("rights", "license"))
    for name in ("source", "subject", "coverage"):
        if found := every(name):
            said.note({"source": "url", "subject": "themes", "coverage": "countries"}[name], "; ".join(found))
    said.finish("video" if any(_VIDEO.search(text) for text in every("type")) else "publication")
    return said


def _unlike_an_address(text: str) -> bool:
    return not text.startswith(("http://", "https://"))
