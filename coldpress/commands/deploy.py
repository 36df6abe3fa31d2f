"""deploy: the site at the place where visitors find it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from coldpress.commands.given import options_of, output_of, source_of
from coldpress.commands.said import say_failure, shown
from coldpress.problems import BuildError, OperationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coldpress.deploying import Carrier, Deployment, Entry, Generations
    from coldpress.hosts import Deployment as Neutral
    from coldpress.model import Config
    from coldpress.pipeline import Built
    from coldpress.schema import Target

LISTED = 12
"""Names of each sort that the plan shows."""


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("target", nargs="?", metavar="TARGET", help="its name in site.yaml")
    to.add_argument("--dry-run", action="store_true", help="show what would be done, do nothing")
    to.add_argument("--yes", action="store_true", help="do not ask before uploading")
    to.add_argument("--all", action="store_true", help="upload every file, changed or not")
    to.add_argument(
        "--rollback", action="store_true", help="deploy what was deployed before the last time"
    )
    to.add_argument("--no-verify", action="store_true", help="do not look at the site afterwards")


def run(given: argparse.Namespace) -> int:
    from coldpress.confidential import secret_problems
    from coldpress.config import load_config
    from coldpress.deploying import Generations, carrier_of, target_named
    from coldpress.publish import lock

    config = load_config(source_of(given), given.base_url)
    problems = tuple(secret_problems(config))
    if problems:
        raise BuildError(problems)
    if given.target is None:
        return list_targets(config)
    if given.drafts:
        return say_failure("drafts are never deployed", "leave out --drafts", 2)
    target = target_named(config, given.target)
    folder = source_of(given) / ".coldpress" / "deployed" / given.target
    with lock(folder / "tree"):
        carrier = carrier_of(given.target, target, config, source_of(given), folder)
        kept = Generations(folder)
        if given.rollback:
            return roll_back(given, config, carrier, kept)
        return deploy(given, target, carrier, kept)


def list_targets(config: Config) -> int:
    targets = config.facts.deploy.targets
    for name, target in targets.items():
        print(f"{name}: {target.kind}{f' {target.tool}' if target.tool else ''} {target.to or ''}")
    if not targets:
        hint = "write one under deploy.targets: docs/deploying.md shows how"
        return say_failure("site.yaml names no targets", hint, 2)
    print("deploy one of them with: python3 build.py deploy NAME")
    return 0


def deploy(given: argparse.Namespace, target: Target, carrier: Carrier, kept: Generations) -> int:
    from coldpress.commands.deploy_check import verified
    from coldpress.deploying import prepared
    from coldpress.hosts import deployment
    from coldpress.publish.guard import check_size

    built = composed(given, release=not target.relative)
    neutral = deployment(built.site, {path: one.facts for path, one in built.made.items()})
    refuse_what_cannot_be(target, neutral)
    wanted, headers = staged(given, target, built, neutral, kept)
    builds = built.site.config.facts.deploy.keep_builds
    job = prepared(carrier, wanted, headers, builds, every=given.all)
    check_size(job.there.files, wanted, given.allow_shrink)
    kept.adopt({path: job.there.files[path] for path in job.plan.kept})
    if not carried_out(given, job, kept.next / "output"):
        return 0
    kept.rotate()
    url = target.url or ("" if target.kind == "folder" else built.site.config.base_url)
    return 0 if given.no_verify else verified(given, url, wanted, neutral, built.site.config)


def staged(
    given: argparse.Namespace, target: Target, built: Built, neutral: Neutral, kept: Generations
) -> tuple[Mapping[str, Entry], Mapping[str, Mapping[str, str]]]:
    """The files to deploy, as a tree; and the headers each goes with where a place keeps some."""
    from coldpress.deploying import content_of, own_files, relative
    from coldpress.hosts import compile_host, object_headers
    from coldpress.publish import published_files

    output, host = output_of(given), built.site.config.facts.deploy.host
    ours = {*built.made, *(published_files(output) if output.is_dir() else ())}
    files = {**own_files(output, ours), **built.made}
    if target.relative:
        base = built.site.config.base_path
        files = {path: relative(path, content_of(one), files, base) for path, one in files.items()}
    if target.kind == "git":
        files.setdefault(".nojekyll", b"")
    facts = {path: one.facts for path, one in built.made.items()}
    beside = compile_host(host, built.site, facts).beside if host else {}
    headers = {path: dict(object_headers(neutral, path)) for path in files}
    return kept.stage(files, beside, headers), headers


def composed(given: argparse.Namespace, *, release: bool) -> Built:
    """With --dry-run nothing is written, not even output/. `release`: unconfirmed facts stop it;
    a copy to look at may have some."""
    from coldpress import pipeline

    options = replace(options_of(given), release=release or given.release)
    if given.dry_run:
        return pipeline.compose(options, shown(given))
    built, _published = pipeline.build(options, shown(given))
    return built


def refuse_what_cannot_be(target: Target, neutral: Neutral) -> None:
    if target.relative and target.kind != "folder":
        raise OperationError(
            "a copy with relative addresses is to look at, and goes into a folder",
            "write kind: folder, or leave out relative:",
        )
    if target.kind == "command" and neutral.base_path:
        raise OperationError(
            f"{target.tool} publishes a whole domain; this site lies below {neutral.base_path}/",
            "publish a folder that holds it by hand: docs/hosts.md says what goes where",
        )


def roll_back(
    given: argparse.Namespace, config: Config, carrier: Carrier, kept: Generations
) -> int:
    from coldpress.deploying import prepared

    wanted, headers = kept.back()
    job = prepared(carrier, wanted, headers, config.facts.deploy.keep_builds, every=given.all)
    if carried_out(given, job, kept.previous / "output"):
        kept.swap()
        print("the deployment before is back; content/ is as it was, and so is output/")
    return 0


def carried_out(given: argparse.Namespace, job: Deployment, tree: Path) -> bool:
    """False when it was only to be shown, or nobody wanted it."""
    from coldpress.deploying import carry_out

    say_plan(given, job)
    if given.dry_run:
        return False
    if job.is_done and not given.all:
        return True
    if not agreed(given):
        print("nothing was changed")
        return False
    try:
        carry_out(job, tree, shown(given))
    except KeyboardInterrupt:
        hint = "deploy again to complete it, or deploy with --rollback"
        raise OperationError("stopped in the middle: some files there are new", hint) from None
    return True


def agreed(given: argparse.Namespace) -> bool:
    if given.yes:
        return True
    if not sys.stdin.isatty():
        raise OperationError("nobody can be asked here; nothing was changed", "add --yes")
    print("deploy this? [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def say_plan(given: argparse.Namespace, job: Deployment) -> None:
    from coldpress.progress import clear_progress

    clear_progress()
    plan = job.plan
    if given.quiet:
        return
    theirs = job.there.foreign - set(plan.uploads)
    if theirs:
        print(f"{len(theirs)} files are there that are not ours: they stay")
    if job.there.unsure:
        print("the last deployment was cut off: it is completed")
    for word, paths in (("new", plan.new), ("changed", plan.changed), ("removed", plan.removed)):
        for path in paths[:LISTED]:
            print(f"  {word:8} {path}")
        if len(paths) > LISTED:
            print(f"  {word:8} ... and {len(paths) - LISTED} more")
    print(
        f"{len(plan.new)} new, {len(plan.changed)} changed, {len(plan.removed)} removed,"
        f" {plan.unchanged} unchanged, {len(plan.kept)} old assets stay:"
        f" {plan.size:,} bytes to upload"
    )
