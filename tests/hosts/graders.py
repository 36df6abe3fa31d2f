"""Two graders' arithmetic, from their published rules: the MDN HTTP Observatory (1.6) and Google's
CSP Evaluator. Our own code.

https://github.com/mdn/mdn-http-observatory · https://github.com/google/csp-evaluator
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

HALF_A_YEAR = 15_768_000
GOOD_REFERRERS = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}
SCHEMES = {"*", "data:", "http:", "https:", "ftp:"}
GRADES = ((100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (60, "C+"),
          (50, "C"), (45, "C-"), (40, "D+"), (30, "D"), (25, "D-"), (0, "F"))  # fmt: skip


def directives(policy: str) -> dict[str, list[str]]:
    """A directive twice makes the whole policy invalid: {}."""
    found: dict[str, list[str]] = {}
    for part in policy.split(";"):
        words = part.split()
        if words and words[0].lower() in found:
            return {}
        if words:
            found[words[0].lower()] = words[1:]
    return found


def fetched(policy: Mapping[str, list[str]], directive: str) -> list[str] | None:
    return policy.get(directive, policy.get("default-src"))


def observatory(headers: Mapping[str, str], *, foreign_scripts: int = 0) -> int:
    """The score of an https site that redirects http to itself and sets no cookies."""
    policy = directives(headers.get("content-security-policy", ""))
    score = 100 + sum(penalties(headers, policy)) - 50 * bool(foreign_scripts)
    return score + sum(bonuses(headers, policy)) if score >= 90 else max(score, 0)


def penalties(headers: Mapping[str, str], policy: Mapping[str, list[str]]) -> Iterator[int]:
    yield for_scripts(policy)
    yield for_transport(headers.get("strict-transport-security", ""))
    if "frame-ancestors" not in policy and "x-frame-options" not in headers:
        yield -20
    if headers.get("x-content-type-options") != "nosniff":
        yield -5
    if headers.get("referrer-policy", "same-origin") not in GOOD_REFERRERS:
        yield -5


def for_scripts(policy: Mapping[str, list[str]]) -> int:
    scripts = fetched(policy, "script-src")
    if not policy:
        return -25
    if scripts is None or unsafe(scripts):
        return -20
    return -10 if "'unsafe-eval'" in scripts else 0


def for_transport(value: str) -> int:
    age = re.search(r"max-age=(\d+)", value)
    if age is None:
        return -20
    return -10 if int(age[1]) < HALF_A_YEAR else 0


def unsafe(scripts: list[str]) -> bool:
    hashed = any(word.startswith(("'sha", "'nonce-")) for word in scripts)
    return bool(SCHEMES & set(scripts)) or ("'unsafe-inline'" in scripts and not hashed)


def bonuses(headers: Mapping[str, str], policy: Mapping[str, list[str]]) -> Iterator[int]:
    styles = fetched(policy, "style-src") or []
    if (
        policy
        and "'unsafe-inline'" not in styles
        and not unsafe(fetched(policy, "script-src") or [])
    ):
        yield 10 if policy.get("default-src") == ["'none'"] else 5
    if headers.get("cross-origin-opener-policy") == "same-origin":
        yield 10
    if headers.get("cross-origin-resource-policy") in ("same-origin", "same-site"):
        yield 10
    if headers.get("cross-origin-embedder-policy") in ("require-corp", "credentialless"):
        yield 10
    if "frame-ancestors" in policy:
        yield 5
    if headers.get("referrer-policy") in GOOD_REFERRERS:
        yield 5
    if "preload" in headers.get("strict-transport-security", ""):
        yield 5


def grade(score: int) -> str:
    return next(letter for least, letter in GRADES if score >= least)


def high_findings(text: str) -> list[str]:
    """What the evaluator marks as of high severity."""
    policy = directives(text)
    found = [
        f"{name} is missing"
        for name in ("script-src", "object-src")
        if fetched(policy, name) is None
    ]
    for name in ("script-src", "object-src"):
        words = fetched(policy, name) or []
        hashed = any(word.startswith(("'sha", "'nonce-")) for word in words)
        if "'unsafe-inline'" in words and not hashed:
            found.append(f"{name} allows inline")
        found += [f"{name} allows {word}" for word in words if word in SCHEMES]
    scripts = fetched(policy, "script-src") or []
    nonces = any(word.startswith("'nonce-") for word in scripts)
    if (nonces or "'strict-dynamic'" in scripts) and "base-uri" not in policy:
        found.append("base-uri is missing")
    unknown = [name for name in policy if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", name)]
    return found + [f"{name!r} is no directive" for name in unknown]
