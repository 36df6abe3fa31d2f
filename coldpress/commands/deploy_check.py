"""deploy-check: what a visitor gets at an address, against what was built."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from coldpress.commands.given import options_of
from coldpress.commands.said import say_failure, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coldpress.deploying import Entry
    from coldpress.hosts import Deployment as Neutral
    from coldpress.model import Config

SIGNS = {"fine": "  fine ", "note": "  note ", "wrong": "  WRONG"}


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("--url", metavar="URL", help="where the site is (default: its base_url)")
    to.add_argument("--sample", type=int, default=25, metavar="N", help="files to fetch (25)")
    to.add_argument("--all", action="store_true", help="fetch every file")


def run(given: argparse.Namespace) -> int:
    from coldpress import pipeline
    from coldpress.deploying import entry_of
    from coldpress.hosts import deployment

    if given.sample < 1:
        return say_failure("--sample needs a number of files", "like: --sample 25, or --all", 2)
    built = pipeline.compose(options_of(given), shown(given))
    facts = {path: one.facts for path, one in built.made.items()}
    wanted = {path: entry_of(one.content) for path, one in built.made.items()}
    config, plan = built.site.config, deployment(built.site, facts)
    sample = 0 if given.all else given.sample
    return verified(given, given.url or config.base_url, wanted, plan, config, sample)


def verified(
    given: argparse.Namespace,
    url: str,
    wanted: Mapping[str, Entry],
    plan: Neutral,
    config: Config,
    sample: int = 25,
) -> int:
    """0, or 1 when something is wrong there."""
    from coldpress.deploying import Live, look_at
    from coldpress.hosts import host_named
    from coldpress.progress import clear_progress

    if not url:
        print("not looked at: the target has no `url:`")
        return 0
    name = config.facts.deploy.host
    live = Live(url, wanted, plan, host_named(name) if name else None, sample)
    findings = list(look_at(live, shown(given)))
    clear_progress()
    for one in findings:
        if one.state == "wrong" or not given.quiet:
            print(f"{SIGNS[one.state]} {one.asked}: {one.said}")
    wrong = sum(one.state == "wrong" for one in findings)
    if wrong:
        print(f"{wrong} wrong at {url}; hosts need some minutes at times: deploy-check looks again")
    return 1 if wrong else 0
