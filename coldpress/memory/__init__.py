"""What a build remembers of the one before, and how it knows that it still holds.

inputs    files -> digests, without reading what has not changed
canon     any value -> its digest
watch     a value -> the same value, and a note of what was read of it
store     key -> bytes, in one file
log       rows: whole, then change by change
session   rows: what came of every file and output, and what it rests on
shelves   pages, fetched from the store when somebody reads them
heap      what Python itself need not look through
"""
