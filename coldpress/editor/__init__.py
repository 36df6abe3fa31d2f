"""Editing without an editor: forms in a browser, made from the schema, that write the same files.

forms      schema -> the fields of a form, and a file's values as a form has them, both ways
merging    a text and the values that changed -> the text with these values, all else as it was
desk       what the forms ask for -> files of the site, read and written; nothing outside of it
settings   schema -> the configuration of the form editor
bundle     the form editor itself, fetched once when somebody asks for it
server     all of it on loopback, beside the pages as they are after the last save
"""
