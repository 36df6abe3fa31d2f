"""a page and a language -> the file of its translation, full of prompts."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from coldpress.config import load_config
from coldpress.load import load
from coldpress.model import Config, Content, Options, Source
from coldpress.problems import BuildError, UsageError, error, nearest, one_of
from coldpress.scaffold import write_new
from coldpress.translations.draft import draft_of


def write_translation(options: Options, page: str, lang: str) -> str:
    """Path of the file it wrote. Raises BuildError, or OperationError for a page there is not."""
    config = load_config(options.source, None)
    _known(lang, config)
    content, _ = load(config, replace(options, drafts=True))
    original = _original(page, content, config)
    path = f"{original.path.removesuffix('md')}{lang}.md"
    today = options.now.astimezone(ZoneInfo(config.facts.timezone or "UTC")).date()
    write_new(options.source, path, draft_of(original, today))
    return path


def _known(lang: str, config: Config) -> None:
    others = config.facts.languages[1:]
    if lang not in others:
        hint = one_of(others) if others else "write them in site.yaml, like languages: [en, es]"
        message = f"the site is not translated to {lang!r}"
        raise BuildError([error("unknown-language", config.place("languages"), message, hint)])


def _original(page: str, content: Content, config: Config) -> Source:
    first = config.facts.languages[0]
    known = {source.id: source for source in content.sources if source.lang == first}
    id = page.removeprefix("./").removeprefix("content/").removesuffix(".md")
    if id not in known:
        hint = nearest(id, known) or "write the file, like content/guides/cold-or-heat.md"
        raise UsageError(f"there is no page {page!r}", hint)
    return known[id]
