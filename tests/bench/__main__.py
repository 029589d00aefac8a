"""`make bench`; `BENCH="--imports 10000"` measures an import alone, `BENCH="--drop 1000"` dropping files alone."""

import sys

from tests.bench import drop_bench, importing, printing
from tests.bench.relevance import relevance
from tests.bench.search_bench import main

if "--drop" in sys.argv:
    drop_bench.main()
elif sys.argv[1:2] == ["--imports"]:
    importing.main(int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
else:
    main()
    printing.main()
    relevance()
