"""`make bench`; `make bench BENCH="--imports 10000"` measures an import alone."""

import sys

from tests.bench import importing, printing
from tests.bench.relevance import relevance
from tests.bench.search_bench import main

if sys.argv[1:2] == ["--imports"]:
    importing.main(int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
else:
    main()
    printing.main()
    relevance()
