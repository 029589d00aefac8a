"""The language of a text: its script says most, py3langid tells the Latin languages apart, function words mend its
weak pairs.
"""

from __future__ import annotations

import re
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from search.analysis.normalise import readable
from search.analysis.scripts import LANGUAGE_OF_SCRIPT, count_scripts

_ENOUGH = 5_000
_LATIN = {"en": "en", "id": "id", "ms": "ms", "vi": "vi", "tl": "fil", "pt": "pt"}
_WORD = re.compile(r"[^\W\d_]+")

# Words that one of Indonesian and Malay uses and the other hardly does: py3langid often takes one for the other.
_INDONESIAN_WORDS = """
    anggaran bahwa bisa bpjs butuh dinas disabilitas gaji informasi iuran jaminan kabupaten kamu kantor karena
    karyawan kebijakan kesehatan klaim kota kualitas kunjungan lansia layanan lembaga lewat manfaat melahirkan
    menjelaskan mobil nasional nggak pelatihan pelayanan pemerintah penyandang penyelenggara pensiun perusahaan
    praktik prioritas provinsi puskesmas rupiah tunjangan uang upah usia
    """
_MALAY_WORDS = """
    amalan bahawa berbanding bersalin bersara boleh buah bukan caruman daripada faedah hospital ialah insurans
    jabatan kanak kerajaan kerana kereta kesihatan kewangan kualiti kwsp latihan lawatan majikan maklumat manakala
    memohon menerangkan mengenai negeri pejabat pelbagai pencarum pencen penganggur perkeso perkhidmatan permohonan
    persaraan polisi ringgit sahaja semasa skim supaya syarikat tuntutan umur wang
    """

_INDONESIAN = frozenset(_INDONESIAN_WORDS.split())
_MALAY = frozenset(_MALAY_WORDS.split())

# How many Latin letters one letter of another script outweighs: texts in these scripts quote many Latin names.
_WEIGHT = {"Hans": 6}
_WEIGHT_OF_OTHERS = 3


def detect_language(text: str, default: str = "en") -> str:
    """Give the code of the language that `text` is in, one of the eleven; `default` where the text has no letters
    of theirs.
    """
    text = readable(text[:_ENOUGH])
    counts = {
        script: count * (1 if script == "Latn" else _WEIGHT.get(script, _WEIGHT_OF_OTHERS))
        for script, count in count_scripts(text).items()
    }
    if not counts:
        return default
    script = max(counts, key=lambda name: counts[name])
    return _latin(text) if script == "Latn" else LANGUAGE_OF_SCRIPT[script]


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_LATIN))
    return identifier


def _latin(text: str) -> str:
    language = _LATIN[_identifier().classify(text)[0]]
    if language not in ("id", "ms"):
        return language
    words = [word.casefold() for word in _WORD.findall(text)]
    indonesian = sum(word in _INDONESIAN for word in words)
    malay = sum(word in _MALAY for word in words)
    return language if indonesian == malay else "id" if indonesian > malay else "ms"
