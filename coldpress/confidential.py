"""site.yaml -> problems, where something in it looks like a password or a key.

The file lies in the repository, and often in public. What a deployment needs to be let in belongs
into the environment, a tool's own login or its configuration: docs/deploying.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coldpress.model import Config
from coldpress.problems import Problem, error

NAMED = (
    r"(?:api[_-]?key|auth[_-]?token|access[_-]?key(?:[_-]?id)?|secret(?:[_-]?access[_-]?key)?"
    r"|pass(?:word|wd|phrase)?|token|private[_-]?key|credentials?|pwd|client[_-]?secret"
    r"|account[_-]?key|sas[_-]?url|deployment-token|auth)"
)
SECRET = rf"""(?ix)
    (?P<before> ://[^\s/@:]*: ) (?P<inside> [^\s/@]+ ) (?= @ )     # https://me:word@server
  | (?P<name> (?:^|[\s,;&?_-]) {NAMED} \s* [=:\s] \s* ) (?P<value> (?!\$) [^\s,;&]+ )
  | (?P<shape> \b(?:AKIA|ASIA)[0-9A-Z]{{16}}\b
            | \bgh[pousr]_\w{{20,}} | \bgithub_pat_\w{{20,}} | \bglpat-[\w-]{{16,}}
            | \bxox[abp]-[\w-]{{10,}} | \bsk_live_\w{{10,}} | -----BEGIN\ [A-Z ]*PRIVATE\ KEY
            | \beyJ[\w-]{{10,}}\.[\w-]{{10,}}\.[\w-]{{10,}} )
    """
"""Compiled where something is to be deployed."""
VEIL = "***"
HINT = (
    "take it out, and change it where it is valid: this file is read by many; programs read such "
    "words from the environment or their own configuration (docs/deploying.md)"
)


def veiled(text: str) -> str:
    """The same text, to be shown, without what looks like a secret."""

    def hide(found: re.Match[str]) -> str:
        return (found["before"] or found["name"] or "") + VEIL

    return re.sub(SECRET, hide, text)


def secret_problems(config: Config) -> Iterator[Problem]:
    """Of the targets of a deployment: nowhere else in site.yaml is anything handed to a program.

    Told at the line `targets:`, because the line itself is shown with a problem, and a log is read
    by even more people."""
    for name, target in config.facts.deploy.targets.items():
        fields = {"to": target.to or "", "url": target.url or "", "options": target.options}
        for field, given in fields.items():
            text = given if isinstance(given, str) else " ".join(given)
            if re.search(SECRET, text):
                message = (
                    f"{field!r} of the target {name!r} holds what looks like a password or key"
                )
                yield error("secret-in-site", config.place("deploy.targets"), message, HINT)
