"""Engines: what keeps the index and answers. Others speak to one through `search.engines.base.SearchEngine`."""
