"""What several hosts cannot do, in one set of words. Honest: no fallback is claimed that the
build does not make."""

from __future__ import annotations

from collections.abc import Iterable

from coldpress.hosts.model import Deployment, Loss, Rule

STUBS = Loss(
    "redirects",
    "a small page at each old address that leads on at once and names the new one as canonical",
    "the answer is 200, not 301: search engines follow, feed readers and programs do not",
)
HEADERS = Loss(
    "headers",
    "none",
    "no content security policy, HSTS, nosniff or protection from framing: "
    "grade D (30 points) at the MDN Observatory; no page is fetched before it is clicked",
)
CACHE = Loss(
    "caching",
    "names of assets carry their content's hash, and old ones stay for two builds",
    "browsers decide for how long they keep a file",
)
COMPRESSION = Loss(
    "files compressed beforehand", "the host's own compression, if it has one", "more bytes a page"
)


def splats(plan: Deployment) -> tuple[Loss, ...]:
    """Only when the site has some."""
    given = [rule.source for rule in plan.redirects if rule.is_splat]
    if not given:
        return ()
    fallback = "none: write each address that people still visit as a redirect of its own"
    return (Loss(f"redirects of whole folders: {', '.join(given)}", fallback, "visitors get 404"),)


def one_lost_page(plan: Deployment) -> tuple[Loss, ...]:
    """Only when the site has several."""
    if not plan.lost:
        return ()
    pages = ", ".join(f"{folder}404.html" for folder in plan.lost)
    return (
        Loss(
            f"a 404 page for each language: {pages}",
            "404.html of the main language, which leads on to the others",
            "who asks for a missing page there is answered in the main language first",
        ),
    )


def temporary(rules: Iterable[Rule]) -> tuple[Loss, ...]:
    """`rules`: those of a host that knows 301 only for them."""
    given = sorted({rule.source for rule in rules if rule.code == 302})
    if not given:
        return ()
    return (
        Loss(
            f"temporary redirects: {', '.join(given)}",
            "a small page at the address (a folder with * gets none)",
            "the answer is 200 instead of 302",
        ),
    )


def commercial() -> Loss:
    return Loss(
        "a site of a business",
        "another host",
        "GitHub's terms say Pages is not for running an online business: ask them first",
    )
