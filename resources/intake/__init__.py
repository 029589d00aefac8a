"""Dropping files in: a pile of files → drafts of the library, each with what was found out and from where.

A dropped file is a row before it is anything else: it is acknowledged when row and bytes are safe, and what is done
with it (reading, publishing) is a task of the row that any process can take up where another one died.
"""
