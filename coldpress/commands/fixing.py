"""--fix: mend the mistakes of which there is no doubt what was meant, before anything else."""

from __future__ import annotations

import argparse

from coldpress.commands.given import options_of, source_of


def fix_argument(to: argparse.ArgumentParser) -> None:
    words = "first mend the mistakes that can be mended safely, in the files themselves"
    to.add_argument("--fix", help=words, action="store_true")


def fixed(given: argparse.Namespace) -> None:
    from coldpress import pipeline
    from coldpress.mending import mend_all
    from coldpress.problems import BuildError, Problem

    options = options_of(given)

    def find() -> tuple[Problem, ...]:
        try:
            return pipeline.compose(options).advice
        except BuildError as failed:
            return failed.problems

    mended, _left = mend_all(find, source_of(given))
    if given.format != "text" or given.quiet:
        return
    for problem in mended.problems:
        # Where it was written, which need not be where it was wrong.
        place = problem.mend.place if problem.mend else problem
        print(f"mended {place.path}:{place.line}: {problem.message}")
    if not mended.files:
        print("nothing here can be mended without you")
