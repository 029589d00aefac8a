"""Cells → values: years, licences, countries, addresses. Each raises ValueError with a sentence for what it can't
read.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from babel import Locale
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from resources.models.choices import Licence
from resources.years import EARLIEST, LATEST, meant_by_buddhist

# Regions that CLDR names and ISO 3166-1 doesn't assign.
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
_LICENCE_WORDS = {
    "attribution": "by",
    "noncommercial": "nc",
    "sharealike": "sa",
    "noderivatives": "nd",
    "noderivs": "nd",
}
_LICENCE_NOISE = {"creative", "commons", "licence", "license", "licenses", "international", "deed", "legalcode", "en",
                  "https", "http", "www", "creativecommons", "org", "the", "under", "cc"}  # fmt: skip
_address = URLValidator(schemes=["http", "https"])


@lru_cache(maxsize=1)
def iso_countries() -> frozenset[str]:
    """The alpha-2 codes of ISO 3166-1, as CLDR has them."""
    codes = (str(code) for code in Locale.parse("en").territories)
    return frozenset(code for code in codes if re.fullmatch("[A-Z]{2}", code)) - _NO_COUNTRIES


def parts(cell: str, separators: str = ";") -> list[str]:
    """The values of a cell with several, each once."""
    return list(dict.fromkeys(part for piece in re.split(f"[{separators}\n]", cell) if (part := piece.strip())))


def one_line(cell: str) -> str:
    return " ".join(cell.split())


def year(cell: str) -> int | None:
    """`2019`, `2019.0`, or a date of that year, in any digits; None for an empty cell."""
    if not cell:
        return None
    found = re.fullmatch(r"(\d{4})(?:\.0+)?|(\d{4})-\d{2}-\d{2}(?:[T ].*)?", cell)
    value = int(found.group(1) or found.group(2)) if found else 0
    if meant := meant_by_buddhist(value):
        raise ValueError(
            _("%(value)s is a year of the Buddhist calendar: write %(meant)s.") % {"value": value, "meant": meant}
        )
    if not EARLIEST <= value <= LATEST:
        raise ValueError(
            _("‘%(cell)s’ is not a year between %(EARLIEST)s and %(LATEST)s.")
            % {"cell": cell[:40], "EARLIEST": EARLIEST, "LATEST": LATEST}
        )
    return value


def licence(cell: str) -> str:
    """The licence's value from its value, its name, its address or its usual abbreviation; empty for an empty cell."""
    if not cell:
        return ""
    text = re.sub(r"non[ -]commercial", "noncommercial", cell.casefold())
    text = re.sub(r"share[ -]alike", "sharealike", re.sub(r"no[ -]deriv", "noderiv", text))
    if text.strip(" .") in {"all rights reserved", "reserved", "©"}:
        return Licence.RESERVED.value
    if text.strip(" .") in {"permission", "with permission", "shared with the publisher’s permission"}:
        return Licence.PERMISSION.value
    words = [_LICENCE_WORDS.get(word, word) for word in re.findall(r"\d+(?:\.\d+)?|[a-z]+\d*", text)]
    kept = [word for word in words if word not in _LICENCE_NOISE]
    if kept in (["cc0"], ["cc0", "1.0"], ["zero", "1.0"], ["publicdomain", "zero", "1.0"]):
        return Licence.CC0.value
    versions = [word for word in kept if word[0].isdigit()]
    terms = [word for word in kept if not word[0].isdigit()]
    value = "-".join(["cc", *terms])
    is_named = not {"cc", "creative", "creativecommons"}.isdisjoint(words)
    if is_named and "by" in terms and value in Licence.values and versions in ([], ["4.0"], ["4"]):
        return value
    # Another version has other terms: it is not quietly taken for 4.0.
    raise ValueError(
        _("‘%(cell)s’ is not a licence that the library knows. They are: %(value)s.")
        % {"cell": cell[:60], "value": ", ".join(Licence.values)}
    )


def country(cell: str) -> str:
    """A country's code in capitals."""
    code = cell.upper()
    if code not in iso_countries():
        raise ValueError(_("‘%(cell)s’ is not a country code of ISO 3166-1, such as VN or TH.") % {"cell": cell[:40]})
    return code


def theme(cell: str, known: frozenset[str]) -> str:
    """A theme's slug, if the library has it."""
    slug = re.sub(r"[\s_]+", "-", cell.lower())
    if slug not in known:
        near = get_close_matches(slug[:80], sorted(known), 1)
        wrong = _("There is no theme ‘%(theme)s’. Is %(near)s meant?") if near else _("There is no theme ‘%(theme)s’.")
        raise ValueError(wrong % {"theme": cell[:80], "near": near[0] if near else ""})
    return slug


def address(cell: str) -> str:
    if cell:
        try:
            _address(cell)
        except ValidationError as error:
            raise ValueError(
                _("‘%(cell)s’ is not an address that begins with http:// or https://.") % {"cell": cell[:80]}
            ) from error
    return cell


def doi(cell: str) -> str:
    """A DOI without an address before it."""
    found = re.fullmatch(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", cell, re.IGNORECASE)
    if cell and (not found or len(found.group(1)) > 200):
        raise ValueError(_("‘%(cell)s’ is not a DOI, such as 10.1234/example.") % {"cell": cell[:80]})
    return found.group(1) if found else ""


def isbn(cell: str) -> str:
    """An ISBN of ten or thirteen digits whose check digit is right."""
    digits = re.sub(r"^isbn[\s:]*(?:1[03][\s:]+)?|[\s-]", "", cell.lower()).upper()
    if cell and not (_is_isbn_10(digits) or _is_isbn_13(digits)):
        raise ValueError(_("‘%(cell)s’ is not an ISBN.") % {"cell": cell[:80]})
    return digits


def _is_isbn_10(digits: str) -> bool:
    if not re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        return False
    worth = [10 if digit == "X" else int(digit) for digit in digits]
    return sum(value * weight for value, weight in zip(worth, range(10, 0, -1), strict=True)) % 11 == 0


def _is_isbn_13(digits: str) -> bool:
    if not re.fullmatch(r"97[89][0-9]{10}", digits):
        return False
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
