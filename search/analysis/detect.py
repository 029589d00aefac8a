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

# Words that one of Indonesian and Malay uses and the other hardly does.
_INDONESIAN = frozenset(
    """akan bahwa bisa karena dari beberapa serta upaya peserta pekerja tunjangan jaminan pelatihan pemerintah kesehatan kantor kepada
    dinas badan desa kabupaten kota provinsi undang perlindungan program kebijakan sebesar terhadap bagi melalui
    anggaran penduduk
    uang mobil rumah sakit perusahaan lansia disabilitas usia anda kamu nggak tidak butuh jumlah pengangguran
    pelayanan bpjs
    ketenagakerjaan masyarakat sosial mereka praktik miskin pendapatan pensiun iuran Rp rupiah""".casefold().split()
)
_MALAY = frozenset(
    """bahawa boleh kerana daripada ialah sahaja pekerja faedah perkeso kerajaan kesihatan pejabat latihan wang ringgit syarikat kereta
    hospital warga emas kurang upaya awak anda tidak perlu jumlah pengangguran perkhidmatan khidmat masyarakat sosial
    mereka amalan
    miskin pendapatan pencen caruman rm manakala oleh majikan negeri jabatan kementerian telah supaya mengikut semasa
    berbanding
    dipertingkatkan bantuan skim insurans perlindungan kerja mencarum orang""".casefold().split()
)
_ONLY_INDONESIAN = _INDONESIAN - _MALAY
_ONLY_MALAY = _MALAY - _INDONESIAN


def detect_language(text: str, default: str = "en") -> str:
    """Give the code of the language that `text` is in, one of the eleven; `default` where the text has no letters
    of theirs.
    """
    text = readable(text[:_ENOUGH])
    counts = count_scripts(text)
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
    indonesian = sum(word in _ONLY_INDONESIAN for word in words)
    malay = sum(word in _ONLY_MALAY for word in words)
    return language if indonesian == malay else "id" if indonesian > malay else "ms"
