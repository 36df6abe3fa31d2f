"""Deployment -> the lines of `_redirects` and `_headers`, a form that several hosts share.

They differ in defaults, so nothing is left to them; in what a doubled header means, so there is
none; and in whether a file or a rule wins, so no rule covers a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coldpress.hosts.model import Deployment
from coldpress.hosts.writing import encoded, typed_files


def redirect_lines(plan: Deployment, force: str = "") -> Iterator[str]:
    """`force`: what stands after the code to win over a file that lies there."""
    for rule in plan.redirects:
        yield f"{encoded(rule.source)} {encoded(rule.to)} {rule.code}{force}"


def header_blocks(plan: Deployment) -> Mapping[str, Mapping[str, str]]:
    """Pattern -> headers. Pages keep the host's own Cache-Control, which is to ask each time."""
    blocks: dict[str, dict[str, str]] = {"/*": dict(plan.always)}
    whose = {name: value for name, value in plan.pages.items() if name != "Cache-Control"}
    for pattern in plan.page_patterns:
        blocks[pattern] = dict(whose)
    for one in (*typed_files(plan), *plan.extra):
        blocks.setdefault(encoded(one.pattern), {}).update(one.values)
    return blocks


def header_lines(plan: Deployment) -> Iterator[str]:
    for pattern, values in header_blocks(plan).items():
        yield pattern
        yield from (f"  {name}: {value}" for name, value in values.items())
