"""translations: which pages there are in which language, and which have fallen behind; sign one."""

from __future__ import annotations

import argparse

from coldpress.commands.given import options_of, source_of


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--sign",
        help="record that these translations say what their originals say now",
        metavar="FILE",
        nargs="+",
    )
    to.add_argument("--by", help="with --sign: the person who has read both", metavar="NAME")


def run(given: argparse.Namespace) -> int:
    from coldpress import pipeline
    from coldpress.signing import sign_data, sign_translation
    from coldpress.translating import table

    site, advice = pipeline.gather(options_of(given))
    for name in given.sign or ():
        if name.endswith(".yaml"):
            sign_data(site, source_of(given), name.removeprefix("./"))
        else:
            sign_translation(site, source_of(given), name, by=given.by)
        print(f"{name} says what its original says")
    if not given.sign and not given.quiet:
        print(table(site, advice))
    return 0
