"""Searches worth keeping: a feed for every search, and mail about new works for those who ask for it.

Nobody needs an account. Whoever gives an address confirms it by a link in a mail, and by a link in every mail ends it.
"""
