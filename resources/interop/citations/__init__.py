"""Citations of works: for reference managers (RIS, BibTeX, CSL-JSON) and in words (APA, Chicago, Harvard).

Everything is made from `Record`s; no input raises.
"""

from resources.interop.citations.as_bibtex import bibtex
from resources.interop.citations.as_csl_json import csl_json
from resources.interop.citations.as_line import line
from resources.interop.citations.as_ris import ris
from resources.interop.citations.as_text import STYLES, Citation, formatted
from resources.interop.citations.formats import CitationFormat, written

__all__ = ["STYLES", "Citation", "CitationFormat", "bibtex", "csl_json", "formatted", "line", "ris", "written"]
