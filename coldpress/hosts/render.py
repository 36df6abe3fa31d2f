"""Render: render.yaml in the project's folder.

https://render.com/docs/redirects-rewrites · https://render.com/docs/static-site-headers
"""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.hosts.losses import one_lost_page, temporary
from coldpress.hosts.model import Deployment, Host, HostFiles, Loss, Rule, Server
from coldpress.hosts.writing import SVG, below_a_path, encoded, named, typed_files


def emit(plan: Deployment, _server: Server) -> HostFiles:
    import yaml

    service = {
        "type": "web",
        "name": named(plan),
        "runtime": "static",
        "buildCommand": "python3 build.py --release",
        "staticPublishPath": "./output",
        "headers": list(headers(plan)),
        "routes": list(routes(plan)),
    }
    text = yaml.safe_dump(
        {"services": [service]}, sort_keys=False, allow_unicode=True, width=100_000
    )
    _files, _beside, losses = below_a_path(plan, {})
    own = (*temporary(paged(plan)), *for_good(plan), SVG, *one_lost_page(plan))
    return HostFiles({}, {"render.yaml": text.encode()}, (*own, *losses))


def routes(plan: Deployment) -> Iterator[dict[str, str]]:
    """All of them answer 301. A temporary one gets a small page instead, and where none can lie a
    rule all the same: the rule of a wider folder would lead astray."""
    left_out = {rule.source for rule in paged(plan)}
    for rule in plan.redirects:
        if rule.source not in left_out:
            to = f"{encoded(rule.start)}*" if rule.keeps_rest else encoded(rule.to)
            yield {"type": "redirect", "source": encoded(rule.source), "destination": to}


def paged(plan: Deployment) -> tuple[Rule, ...]:
    """Temporary redirects that a small page is enough for."""
    return tuple(rule for rule in plan.redirects if rule.code == 302 and not in_folder(plan, rule))


def in_folder(plan: Deployment, rule: Rule) -> bool:
    """A rule with * takes this address too, or it is one."""
    source = rule.source.removesuffix("*").rstrip("/") + "/"
    return any(one.is_splat and source.startswith(one.folder) for one in plan.redirects)


def for_good(plan: Deployment) -> tuple[Loss, ...]:
    left_out = paged(plan)
    given = [one.source for one in plan.redirects if one.code == 302 and one not in left_out]
    if not given:
        return ()
    return (
        Loss(
            f"temporary redirects of folders and inside them: {', '.join(sorted(given))}",
            "301 to the same place, or a small page where one lies",
            "browsers may remember it after the address has come back",
        ),
    )


def headers(plan: Deployment) -> Iterator[dict[str, str]]:
    rules = [("/*", plan.always), *((pattern, plan.pages) for pattern in plan.page_patterns)]
    rules += [(encoded(one.pattern), one.values) for one in (*typed_files(plan), *plan.extra)]
    for path, values in rules:
        yield from ({"path": path, "name": name, "value": v} for name, v in values.items())


RENDER = Host("render", "Render", emit, redirects="301 only")
