"""a business in a few answers -> the folder of a small, complete site of its own.

Everything that a visitor sees comes from that folder: facts, texts, the words of buttons, colours
and logo. Nothing is said of the business but what was answered."""

from coldpress.newsite.business import Business, Wish, asked, told
from coldpress.newsite.folder import write

__all__ = ["Business", "Wish", "asked", "told", "write"]
