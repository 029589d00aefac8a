"""Reading packs: collect, order, annotate, hand out. A Django app of its own."""
