"""Small ways of writing that several hosts share: lines, JSON, encoded addresses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from coldpress.hosts.model import Deployment, Headers, Limit, Loss

PLAIN = "/:*?#[]@!&'()+,;=%~"
"""Left as they are. Not $, which servers' own configuration reads as a variable."""
METHODS = "GET, HEAD"
"""What a site of files can be asked to do: the Allow of every 405."""


def lines(written: Iterable[str]) -> bytes:
    return ("\n".join(written) + "\n").encode()


def as_json(value: Any) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def encoded(address: str) -> str:
    """As it goes over the wire: /über/ -> /%C3%BCber/"""
    return quote(address, safe=PLAIN)


def named(plan: Deployment) -> str:
    """A name for the project at the host: cold-spring-com"""
    return plan.domain.replace(".", "-")


def typed_files(plan: Deployment) -> tuple[Headers, ...]:
    """`plan.files` with the Content-Type of those that need one."""
    return tuple(
        Headers(one.pattern, {**one.values, "Content-Type": plan.types[one.pattern]})
        if one.pattern in plan.types
        else one
        for one in plan.files
    )


def narrowest_first(plan: Deployment) -> tuple[Headers, ...]:
    """For hosts that apply only the first rule that fits: each has the headers of every wider rule
    too, those of pages included where it is not about a file of ours."""
    given = (*typed_files(plan), *plan.extra)
    made: dict[str, Headers] = {}
    for one in sorted(given, key=lambda one: (one.is_folder, -len(one.pattern), one.pattern)):
        wider = [rule for rule in given if rule.covers(one.folder)]
        ours = any(rule.covers(one.folder) for rule in plan.files)
        values = {} if ours else dict(plan.pages)
        for rule in wider:
            values |= rule.values
        made[one.pattern] = Headers(one.pattern, values)
    return tuple(made.values())


def below_a_path(
    plan: Deployment, files: Mapping[str, bytes]
) -> tuple[Mapping[str, bytes], Mapping[str, bytes], tuple[Loss, ...]]:
    """For hosts that serve the root of a domain: with a base path their own files cannot lie in
    output/, which is then only a part of what is published. -> files, beside, losses"""
    if not plan.base_path:
        return files, {}, ()
    loss = Loss(
        f"a site below {plan.base_path}/",
        f"publish a folder that holds these files and, in {plan.base_path.lstrip('/')}/, the site",
        "the host's own 404 page stands for addresses outside it",
    )
    return {}, files, (loss,)


def policy_limit(plan: Deployment, most: int, *, with_name: bool) -> Limit:
    """How long the longest header line is."""
    name = "Content-Security-Policy: " if with_name else ""
    return Limit(
        "characters of the content security policy",
        len(name) + len(plan.policy),
        most,
        "let more pages wear the same styles: each combination less saves 54 characters",
    )


def rule_limit(what: str, used: int, most: int) -> Limit:
    return Limit(
        what, used, most, "list fewer old addresses, or lead a whole folder on with /old/*"
    )


SVG = Loss(
    "a policy of their own for SVG files",
    "they get that of the pages, which stops scripts in them as well",
    "none for safety; a drawing with inline styles may look plain when opened by itself",
)
