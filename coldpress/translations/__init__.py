"""Content in several languages.

A translation lies beside its original (arthritis.es.md beside arthritis.md) and has words alone:
everything else is the original's, so that an order, a relation or a date is written once. What is
not translated yet is shown in the original's language, whole, and says so.
"""

from coldpress.translations.complete import complete, completed, is_translation
from coldpress.translations.editions import content_in, facts_in, labels_of
from coldpress.translations.standing import told_from, translation_of
from coldpress.translations.words import read_words, words_trouble

__all__ = [
    "complete",
    "completed",
    "content_in",
    "facts_in",
    "is_translation",
    "labels_of",
    "read_words",
    "told_from",
    "translation_of",
    "words_trouble",
]
