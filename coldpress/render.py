"""template + view -> text. Markup lives in templates/, and only there.

A site's own templates are looked up first, file by file, then the shipped ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from coldpress.memory.soundfile import read_sound, write_sound
from coldpress.memory.store import LostError
from coldpress.problems import BuildError, Place, Problem, error
from coldpress.sharing import SharedGroup
from coldpress.specimens import SYNTAX, head_of, set_apart, signatures_of, tag_of

CLASSES = re.compile(r'"(?<=\bclass=")([^"]*)"')
"""Begins with the sign of which a page has fewest: 15 times faster than to look for the word."""
SHIPPED = Path(__file__).resolve().parent.parent / "templates"


def template_folders(source: Path) -> tuple[Path, ...]:
    return tuple(dict.fromkeys((source / "templates", SHIPPED)))


GROUPS = (dict, SharedGroup)
OF_A_GROUP = frozenset(dir(SharedGroup))
"""`page.items` is what Python means by it, as always in Jinja."""


class Drawing(Environment):
    """The same templates and the same text, sooner: a third of the time went into these three."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.ready: dict[str, jinja2.Template] = {}
        """A page includes sixty. They are read once: nothing is looked up twice."""

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        if isinstance(name, jinja2.Template) or globals:
            return super().get_template(name, parent, globals)
        if name not in self.ready:
            self.ready[name] = super().get_template(name, parent)
        return self.ready[name]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """All globals are there before the first template is: each gets a plain copy."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`page.title`: views are groups of names, and a name is looked up as one."""
        if type(obj) in GROUPS and attribute not in OF_A_GROUP:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


NO_WORD = re.compile(r"SharedGroup object' has no attribute '(\w+)'")
NOT_TEXT = "is not UTF-8 text"


class Folders(FileSystemLoader):
    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as bad:
            line = bytes(bad.object).count(b"\n", 0, bad.start) + 1
            raise jinja2.TemplateSyntaxError(
                f"byte {bad.start + 1} {NOT_TEXT}", line, template, self.file_of(template)
            ) from None

    def file_of(self, template: str) -> str:
        files = (Path(folder) / template for folder in self.searchpath)
        return str(next(file for file in files if file.is_file()))


@cache
def environment(folders: tuple[Path, ...]) -> Environment:
    """One a process. Everything is escaped; a name the view does not have is an error, not ''."""
    made = Drawing(
        loader=Folders(folders),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=bytecode(folders),
        **SYNTAX,
    )
    made.filters |= {"worn_by": worn_by, "set_apart": set_apart, "tag": tag_of}
    made.globals |= {"templates_in": templates_in, "about_template": about_template}
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return made


class Compiled(BytecodeCache):
    """Compiled templates in a folder. Jinja's own would run what is left of a damaged file. Sites
    that are built in one process share those that we ship."""

    known: ClassVar[dict[tuple[str, str], bytes]] = {}

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        name = (bucket.key, bucket.checksum)
        written = self.known.get(name) or read_sound(self.folder / bucket.key)
        if written is not None:
            bucket.bytecode_from_string(written)
            self.known[name] = written

    def dump_bytecode(self, bucket: Bucket) -> None:
        written = self.known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()
        write_sound(self.folder / bucket.key, written)


def bytecode(folders: tuple[Path, ...]) -> Compiled:
    """Of earlier builds: reading them takes a tenth of compiling."""
    cache = folders[0].parent / ".coldpress" / "templates"
    return Compiled(cache)


def worn_by(sheets: Iterable[Mapping[str, Any]], body: str) -> Markup:
    """The sheets a page wears: those of which one selector finds all its classes on it."""
    classes = {name for names in set(CLASSES.findall(body)) for name in names.split()}
    return Markup("").join(
        sheet["css"] for sheet in sheets if any(map(classes.issuperset, sheet["needs"]))
    )


@jinja2.pass_environment
def templates_in(env: Environment, folder: str) -> list[str]:
    """For the catalogue: the names in a folder, without folder and ending."""
    names = env.list_templates(filter_func=lambda path: path.startswith(f"{folder}/"))
    return [Path(name).stem for name in names]


@jinja2.pass_environment
def about_template(env: Environment, name: str) -> dict[str, Any]:
    """For the catalogue: how to call a template, and what it says of itself."""
    if env.loader is None or name not in env.list_templates():
        return {"head": "", "signatures": []}
    source, _, _ = env.loader.get_source(env, name)
    return {"head": head_of(source), "signatures": signatures_of(source)}


def render(folders: tuple[Path, ...], template: str, view: Mapping[str, Any]) -> str:
    """Raises BuildError with the template's own path and line."""
    try:
        return environment(folders).get_template(template).render(view)
    except jinja2.TemplateSyntaxError as bad:
        raise BuildError([syntax_problem(bad)]) from None
    except jinja2.TemplateNotFound as absent:
        raise BuildError([not_found(absent, template)]) from None
    except (LostError, OSError, MemoryError):  # no fault of the template: a page it reads is gone
        raise
    except Exception as bad:
        # A template can raise anything its expressions can (a missing name, None.x, 1/0).
        raise BuildError([run_problem(bad, template)]) from None


def syntax_problem(bad: jinja2.TemplateSyntaxError) -> Problem:
    encoded = (bad.message or "").endswith(NOT_TEXT)
    return error(
        "template-error",
        Place(f"templates/{bad.name or '?'}", bad.lineno),
        f"the template cannot be read: {bad.message}",
        "save the file as UTF-8 in your editor"
        if encoded
        else "compare the line with the template as shipped",
    )


def not_found(absent: jinja2.TemplateNotFound, template: str) -> Problem:
    return error(
        "template-error",
        spot_of(absent, template),
        f"there is no template {absent.name!r}",
        f"add templates/{absent.name}, or correct the name where it is included",
    )


def run_problem(bad: Exception, template: str) -> Problem:
    """The words of the interface are one of the things a template is given: `t`."""
    place, lost = spot_of(bad, template), NO_WORD.search(str(bad))
    if lost:
        message = f"the template asks for {lost[1]!r}, and it is not given"
        hint = f"if it is a word of the interface (t.{lost[1]}), write it in templates/strings/; "
        hint += "docs/views.md lists every other name"
        return error("template-error", place, message, hint)
    return error(
        "template-error",
        place,
        f"the template stopped: {bad}",
        "docs/views.md lists every name a template is given",
    )


def spot_of(bad: Exception, template: str) -> Place:
    """The innermost template line on the way down is where it went wrong."""
    path, line = template, 1
    trace = bad.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if "templates" in Path(file).parts and not file.endswith(".py"):
            path, line = file.replace("\\", "/").rpartition("templates/")[2], trace.tb_lineno
        trace = trace.tb_next
    return Place(f"templates/{path}", line)


READ: dict[tuple[Path, ...], str] = {}
"""Folders -> digest of the templates in them when they were last read by this process."""


def read_anew(folders: tuple[Path, ...], templates: str) -> None:
    """Templates that an earlier build of this process has read are forgotten, unless they are
    still those of this digest."""
    if READ.get(folders) != templates:
        forget()
    READ[folders] = templates


def forget() -> None:
    environment.cache_clear()
