"""what is asked for -> the moves, and the new text of every file that names the page. Nothing is
written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from coldpress.addresses import LOCK, Promise, locked, once_had
from coldpress.config import NAME, load_config
from coldpress.frontmatter import split
from coldpress.load import load
from coldpress.model import Config, Content, Options, Source
from coldpress.problems import BuildError, Place, Problem, error, errors_in
from coldpress.reading import decode, read_bytes
from coldpress.renaming.asked import Asked, asked
from coldpress.renaming.edits import Edit, edited, place_of, shifted
from coldpress.renaming.frontmatter import halves, kept_address, new_slug, not_readable
from coldpress.renaming.moves import Moves, written_anew
from coldpress.renaming.signs import signed, signs
from coldpress.renaming.spots import Spot, in_markdown, in_yaml
from coldpress.render import template_folders
from coldpress.routes import route
from coldpress.schema import FrontMatter, Kind
from coldpress.strings import paths_of
from coldpress.yamlspans import NotReadableError
from coldpress.yamltext import DATA_BYTES


class Change(Struct, frozen=True):
    """A file whose text changes, by its old path."""

    path: str
    before: bytes
    after: bytes
    spots: tuple[tuple[Place, str, str], ...]
    """Where, what stands there now (nothing: it is added), what will stand there."""


class Rename(Struct, frozen=True):
    moves: Mapping[str, str]
    """Files: old path -> new path."""
    addresses: Mapping[str, str]
    """Pages whose address changes: old -> new."""
    kept: frozenset[str]
    """Of the old addresses those that lead on; the others were never public."""
    changes: tuple[Change, ...]


class Mover(Struct, frozen=True):
    """The page, or a translation of it, as it is and as it will be."""

    now: Source
    then: Source
    old: str
    new: str
    """Its addresses."""
    public: bool
    """Visitors may know the old one."""

    @property
    def moved_address(self) -> bool:
        return self.old != self.new


def plan_rename(options: Options, old: str, new: str) -> Rename:
    """`old`: the page as a file or as folder/name; `new`: the same, or one word for a new name in
    the same folder. Raises RefusedError for a wrong question, BuildError when it cannot be done."""
    config = load_config(options.source, None)
    content, problems = load(config, replace(options, drafts=True))
    texts = {source.path for source in content.sources} | content.left_out
    wanted = asked(old, new, texts, options.source)
    stem = wanted.path.removesuffix("md")
    if unread := [path for path in content.unreadable if path.startswith(stem)]:
        raise BuildError(one for one in problems if one.path in unread)
    movers = _movers(options, config, content, wanted)
    files = {mover.now.path: mover.then.path for mover in movers}
    pictures = _pictures(content, wanted)
    _refuse_existing(options.source, pictures)
    files |= pictures
    files = {one: to for one, to in files.items() if one != to}
    addresses = {mover.old: mover.new for mover in movers if mover.moved_address}
    moves = Moves(files, addresses, frozenset(texts | content.media.keys()), config.base_url)
    own = {mover.now.path: mover for mover in movers}
    changes = {one.path: one for one in _changes(options.source, sorted(texts), moves, own)}
    after = {path: change.after for path, change in changes.items()}
    for path, digest in signs(content.sources, after).items():
        raw = read_bytes(options.source, path)
        changes[path] = _change(path, raw, moves, own.get(path), digest)
    kept = frozenset(mover.old for mover in movers if mover.public and mover.moved_address)
    return Rename(files, addresses, kept, tuple(changes.values()))


# --------------------------------------------------------------------------- who moves where


def _movers(options: Options, config: Config, content: Content, wanted: Asked) -> tuple[Mover, ...]:
    folder, _, file = wanted.path.rpartition("/")
    stem = f"{folder}/{file.removesuffix('.md')}."
    group = [source for source in content.sources if source.path.startswith(stem)]
    then = {source.path: _then(options.source, source, stem, wanted) for source in group}
    _refuse_existing(options.source, {path: source.path for path, source in then.items()})
    parts = paths_of(template_folders(options.source), config.facts.languages)
    routes, before = route(content, config, parts)
    sources = tuple(then.get(source.path, source) for source in content.sources)
    new_routes, after = route(replace(content, sources=sources), config, parts)
    if clashes := set(errors_in(after)) - set(errors_in(before)):
        raise BuildError(clashes)
    lock = _lock(options.source)
    hidden = {source.path for source in group if not _is_live(source, options)}
    # A translation is no more public than its original.
    hidden |= {source.path for source in group if wanted.path in hidden}
    movers = tuple(
        Mover(
            now=source,
            then=then[source.path],
            old=routes[source.path].url,
            new=new_routes[then[source.path].path].url,
            public=source.path not in hidden or routes[source.path].url in lock,
        )
        for source in group
    )
    if all(mover.now.path == mover.then.path and not mover.moved_address for mover in movers):
        hint = "give another name"
        raise BuildError([error("file-exists", Place(wanted.path), "this is its name", hint)])
    _refuse_promised(movers, lock)
    return movers


def _then(root: Path, source: Source, stem: str, wanted: Asked) -> Source:
    """Raises BuildError with the fields that the other kind does not have. Without aliases: it may
    go back to an address it once had."""
    path = f"content/{wanted.kind.folder}/{wanted.name}.{source.path.removeprefix(stem)}"
    matter = source.matter
    if wanted.kind is not source.kind:
        matter = _of_kind(wanted.kind, read_bytes(root, source.path), source.path)
    # The slug of a translation is a word of its own language.
    follows = wanted.slug and source.path == wanted.path
    slug = wanted.name if follows and matter.slug else matter.slug
    matter = replace(matter, slug=slug, aliases=())
    return replace(source, path=path, kind=wanted.kind, name=wanted.name, matter=matter)


def _of_kind(kind: Kind, raw: bytes, path: str) -> FrontMatter:
    try:
        return split(raw, path, kind.matter).matter
    except BuildError as failed:
        hint = f"take it out first: a {kind.name} has no such field"
        raise BuildError(
            replace(one, hint=hint) if one.rule == "unknown-field" else one
            for one in failed.problems
        ) from failed


def _is_live(source: Source, options: Options) -> bool:
    started = source.publish_at is None or source.publish_at <= options.now
    return started and not source.matter.draft


def _pictures(content: Content, wanted: Asked) -> dict[str, str]:
    """The pictures in a folder of the page's own, content/guides/a/, go with it."""
    own = wanted.path.removesuffix(".md") + "/"
    new = f"content/{wanted.kind.folder}/{wanted.name}/"
    return {path: new + path.removeprefix(own) for path in content.media if path.startswith(own)}


def _lock(root: Path) -> Mapping[str, Promise]:
    if not (root / LOCK).exists():
        return {}
    return locked(decode(read_bytes(root, LOCK, DATA_BYTES), LOCK))


def _refuse_promised(movers: tuple[Mover, ...], lock: Mapping[str, Promise]) -> None:
    """Links to what once stood there would lead to something else."""
    own = {mover.now.path for mover in movers}
    for mover in movers:
        promise = lock.get(mover.new)
        if mover.moved_address and promise is not None and promise.file not in own:
            raise BuildError([once_had(promise)])


def _refuse_existing(root: Path, files: Mapping[str, str]) -> None:
    there = [new for old, new in files.items() if old != new and (root / new).exists()]
    if there:
        hint = "choose another name"
        raise BuildError(error("file-exists", Place(n), "this file exists", hint) for n in there)


# --------------------------------------------------------------------------- new texts


def _changes(
    root: Path, texts: list[str], moves: Moves, own: Mapping[str, Mover]
) -> Iterator[Change]:
    words = _words(moves)
    data = sorted(path.relative_to(root).as_posix() for path in root.glob("content/data/*.yaml"))
    problems: list[Problem] = []
    for path in [*texts, *data, NAME]:
        raw = read_bytes(root, path, DATA_BYTES)
        if path not in own and not any(word in raw for word in words):
            continue
        try:
            change = _change(path, raw, moves, own.get(path))
        except BuildError as unreadable:
            problems += unreadable.problems
            continue
        if change.after != raw:
            yield change
    if problems:
        raise BuildError(problems)


def _words(moves: Moves) -> set[bytes]:
    """What a file that names something that moves must hold."""
    names = {path.rpartition("/")[2].partition(".")[0] for path in moves.files}
    return {word.encode() for word in (names | moves.addresses.keys())}


def _change(path: str, raw: bytes, moves: Moves, mover: Mover | None, digest: str = "") -> Change:
    """`digest`: of the original's words after it, for a translation."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BuildError([not_readable(path, 1)]) from None
    edits = [
        Edit(spot.start, spot.end, new)
        for spot in _spots(text, path)
        if (new := written_anew(spot, path, moves)) != spot.written
    ]
    if mover is not None:
        edits += _own_edits(text, mover)
    if digest:
        parts = halves(text, path)
        sign = signed(text[parts.start : parts.end], digest)
        edits += [shifted(sign, parts.start)] if sign else []
    spots = tuple(
        (place_of(path, text, edit), text[edit.start : edit.end], edit.new.strip())
        for edit in sorted(edits)
    )
    return Change(path, raw, edited(text, edits).encode(), spots)


def _spots(text: str, path: str) -> list[Spot]:
    """Raises BuildError when the file cannot be read."""
    if not path.endswith(".md"):
        return _in_yaml(text, path, 0)
    parts = halves(text, path)
    fields = _in_yaml(text[parts.start : parts.end], path, text.count("\n", 0, parts.start))
    body = in_markdown(text[parts.body :])
    return [
        *(replace(s, start=s.start + parts.start, end=s.end + parts.start) for s in fields),
        *(replace(s, start=s.start + parts.body, end=s.end + parts.body) for s in body),
    ]


def _in_yaml(text: str, path: str, lines_above: int) -> list[Spot]:
    try:
        return list(in_yaml(text))
    except NotReadableError as failure:
        raise BuildError([not_readable(path, failure.line + lines_above + 1)]) from failure


def _own_edits(text: str, mover: Mover) -> Iterator[Edit]:
    """The page keeps its old address and takes the new slug."""
    path = mover.now.path
    parts = halves(text, path)
    matter = text[parts.start : parts.end]
    if mover.then.matter.slug != mover.now.matter.slug:
        slug = new_slug(matter, mover.then.matter.slug or "")
        yield from [shifted(slug, parts.start)] if slug else []
    if mover.moved_address and (mover.public or mover.new in mover.now.matter.aliases):
        yield shifted(kept_address(matter, path, mover.old, mover.new), parts.start)
