"""The languages in which a country's own administration reads, as far as the library speaks them."""

from __future__ import annotations

from collections.abc import Mapping

OWN_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "BN": ("ms",),
    "ID": ("id",),
    "KH": ("km",),
    "LA": ("lo",),
    "MM": ("my",),
    "MY": ("ms",),
    "PH": ("fil",),
    "SG": ("en", "ms", "zh-hans"),
    "TH": ("th",),
    "TL": ("pt",),
    "VN": ("vi",),
}
"""By ISO code; a file in one of them is enough."""
