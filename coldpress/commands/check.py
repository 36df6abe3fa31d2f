"""check: all problems and all advice, the editor's among it; nothing is written."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from coldpress.commands.given import options_of
from coldpress.commands.said import reported, shown

if TYPE_CHECKING:
    from coldpress.pipeline import Built


def arguments(to: argparse.ArgumentParser) -> None:
    from coldpress.commands.fixing import fix_argument

    fix_argument(to)


def run(given: argparse.Namespace) -> int:
    from coldpress import pipeline
    from coldpress.commands.addressing import made_whole
    from coldpress.commands.fixing import fixed
    from coldpress.summary import booking_table

    made_whole(given)
    if given.fix:
        fixed(given)

    def work() -> tuple[Built, None]:
        return advised(pipeline.compose(options_of(given), shown(given)), given), None

    return reported(given, work, booking_table)


def advised(built: Built, given: argparse.Namespace) -> Built:
    """With what an editor would say of every page."""
    from msgspec.structs import replace

    from coldpress.commands.given import source_of
    from coldpress.editorial import advise, advise_site, house

    style, troubles = house(source_of(given))
    told = [*troubles]
    for site in built.site.editions:
        told += (one for page in site.pages for one in advise(page, site, style))
        told += advise_site(site)
    return replace(built, advice=(*built.advice, *told))
