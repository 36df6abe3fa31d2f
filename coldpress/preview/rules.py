"""A rule's name -> its page: why it is there, a wrong and a right example."""

from __future__ import annotations

import markdown
import nh3
from markupsafe import Markup

from coldpress.preview.drawing import drawn
from coldpress.rulebook import rule_named

TAGS = {"p", "ul", "ol", "li", "strong", "em", "code", "pre", "a"}


def rule_page(name: str) -> str | None:
    """None when there is no such rule."""
    rule = rule_named(name)
    if rule is None:
        return None
    parts = {"why": rule.why, "wrong": rule.wrong, "right": rule.right}
    html = {part: marked_up(text) for part, text in parts.items()}
    return drawn("rule", {"name": rule.name, "title": rule.title, "level": rule.level, **html})


def marked_up(text: str) -> Markup:
    return Markup(nh3.clean(markdown.markdown(text), tags=TAGS))
