"""`make bench`."""

from tests.bench import printing
from tests.bench.relevance import relevance
from tests.bench.search_bench import main

main()
printing.main()
relevance()
