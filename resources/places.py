"""Names of countries, languages, dates and numbers in each language of the interface: from CLDR, through Babel."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import DateTimePattern, format_date, format_time, get_timezone, get_timezone_name, parse_pattern
from babel.numbers import format_decimal
from babel.units import format_unit
from django.utils.translation import get_language

from search.languages import LANGUAGES

# The United Nations' short names where CLDR's English differs.
UNITED_NATIONS_NAMES = {"VN": "Viet Nam", "LA": "Lao PDR", "BN": "Brunei Darussalam"}
# CLDR's Lao intervals are numbers, while its days have the names of months.
_SPANS = {"lo": {"d": ("d – ", "d MMMM y"), "M": ("d MMMM – ", "d MMMM y"), "y": ("d MMMM y – ", "d MMMM y")}}
_NATIVE = {language.code: language.native for language in LANGUAGES}


@lru_cache(maxsize=64)
def cldr(language: str) -> Locale:
    """Babel's locale of a language of the portal; `pt` is as in Portugal, `en` writes days before months."""
    return Locale.parse({"zh-hans": "zh_Hans", "pt": "pt_PT", "en": "en_GB"}.get(language, language.replace("-", "_")))


def _language(language: str | None) -> str:
    chosen = language or get_language() or "en"
    return chosen if chosen in _NATIVE else "en"


def country_name(code: str, language: str | None = None) -> str:
    """The name of a country in `language`, by default the language in force; the code itself if there is no such
    country.
    """
    chosen = _language(language)
    if chosen == "en" and code in UNITED_NATIONS_NAMES:
        return UNITED_NATIONS_NAMES[code]
    name = str(cldr(chosen).territories.get(code, code))
    # CLDR adds the former name, 'Myanmar (Burma)', which the United Nations don't.
    return name.partition(" (")[0] if code == "MM" else name


def country_names(code: str) -> dict[str, list[str]]:
    """Every name of a country by language: what a search may call it."""
    return {
        language: list(dict.fromkeys([country_name(code, language), *_common_names(code, language)]))
        for language in _NATIVE
    }


def _common_names(code: str, language: str) -> list[str]:
    """The names in CLDR's 'Name (other name)'."""
    return [part.strip(" )") for part in str(cldr(language).territories.get(code, code)).split("(")]


def bcp47(code: str) -> str:
    """A language code of the portal as `lang` and `hreflang` have it: zh-hans → zh-Hans."""
    language, _, script = (code or "en").partition("-")
    return f"{language}-{script.title()}" if script else language


def native_name(language: str) -> str:
    """A language's own name; the code itself if the portal doesn't know it."""
    return _NATIVE.get(language, language)


def language_name(code: str, language: str | None = None) -> str:
    """The name of the language `code` in `language`, by default the language in force."""
    # Babel knows Burmese etc. by code; Filipino and simplified Chinese have names of their own in CLDR.
    names = cldr(_language(language)).languages
    return str(names.get(code.replace("-hans", "_Hans"), names.get(code.split("-")[0], native_name(code))))


def day(value: date, language: str | None = None, style: str = "long") -> str:
    return format_date(value, style, locale=cldr(_language(language)))


def day_span(first: date, last: date | None, language: str | None = None) -> str:
    """A day or a span of days, what is the same said once, months by their whole names: '8–12 June 2015'."""
    if last is None or last == first:
        return day(first, language)
    chosen = _language(language)
    differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    begins, ends = _span_patterns(chosen)[differs]
    locale = cldr(chosen)
    return begins.apply(first, locale) + ends.apply(last, locale)


@lru_cache(maxsize=64)
def _span_patterns(language: str) -> dict[str, tuple[DateTimePattern, DateTimePattern]]:
    """By the largest part that differs, how a span's two ends are written: CLDR's intervals, which it has with short
    names of months alone, made to agree with how a day is written by itself.
    """
    locale = cldr(language)
    era = "G" in locale.date_formats["long"].pattern
    return {
        differs: tuple(parse_pattern(_as_a_day(part, era)) for part in parts)
        for differs, parts in (_SPANS.get(language) or locale.interval_formats["yMMMd"]).items()
        if differs in "yMd"
    }


def _as_a_day(pattern: str, era: bool) -> str:
    named = re.sub("(?<!M)MMM(?!M)", "MMMM", pattern)
    return re.sub("(?<!G )y", "G y", named) if era else named


def moment(value: datetime, timezone: str, language: str | None = None) -> str:
    """A moment as the clocks of `timezone` (an IANA name) show it, to the minute."""
    locale, zone = cldr(_language(language)), get_timezone(timezone)
    clock = format_time(value, "short", tzinfo=zone, locale=locale)
    return f"{format_date(value.astimezone(zone), 'long', locale=locale)}, {clock}"


def timezone_name(value: datetime, timezone: str, language: str | None = None) -> str:
    return get_timezone_name(value.astimezone(get_timezone(timezone)), locale=cldr(_language(language)))


def number(value: float, language: str | None = None) -> str:
    return format_decimal(value, locale=cldr(_language(language)))


@lru_cache(maxsize=4096)
def small_number(value: float, language: str) -> str:
    """`number`, remembered: a search page says a hundred small numbers, and CLDR's patterns are slow to read."""
    return number(value, language)


def time_needed(minutes: int, language: str | None = None) -> str:
    """Minutes as people say them: '45 minutes', '1 hour 20 minutes'."""
    locale = cldr(_language(language))
    hours, rest = divmod(max(0, minutes), 60)
    parts = [_time(hours, "duration-hour", locale)] if hours else []
    if rest or not hours:
        parts.append(_time(rest, "duration-minute", locale))
    return " ".join(parts)


def short_minutes(minutes: int, language: str | None = None) -> str:
    """Minutes where there is little room: '84 min'."""
    return _short(minutes, "duration-minute", cldr(_language(language)))


@lru_cache(maxsize=4096)
def file_size(size: int, language: str) -> str:
    """A size in bytes, rounded as people say it: 640 kB, 2.4 MB, never broken."""
    if size < 1_000_000:
        said = _short(max(1, round(size / 1000)), "digital-kilobyte", cldr(_language(language)))
    else:
        said = _short(round(size / 1_000_000, 1), "digital-megabyte", cldr(_language(language)))
    # CLDR's Filipino writes kByte and MByte, which nobody does.
    return said.replace("Byte", "B").replace(" ", "\N{NO-BREAK SPACE}")


def _time(value: int, unit: str, locale: Locale) -> str:
    # Where CLDR has no long form of its own, or not for this number, the short one is the whole word or known to all.
    forms = locale._data["unit_patterns"].get(unit, {}).get("long", {})
    if locale.plural_form(value) in forms:
        return format_unit(value, unit, "long", locale=locale)
    return _short(value, unit, locale)


def _short(value: float, unit: str, locale: Locale) -> str:
    # Of a form that CLDR leaves out, the one of other numbers serves (LDML, 'lateral inheritance'). Babel takes the
    # name of the unit instead: '1 minutos', for Portuguese abbreviates one minute and many alike.
    forms = locale._data["unit_patterns"][unit]["short"]
    form = forms.get(locale.plural_form(value), forms["other"])
    return str(form.format(format_decimal(value, locale=locale)))
