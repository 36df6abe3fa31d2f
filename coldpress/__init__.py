"""Coldpress: a static website generator for honest health education and marketing."""

__version__ = "0.1.0"
