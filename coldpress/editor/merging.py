"""YAML text + the values that changed -> the text with these values. Order, comments, quotes and
line ends of all that did not change stay, byte for byte.

Only spans are replaced, each inside of the text as its author wrote it. A value of an unusual form
is written anew as a whole. Whoever calls this reads the result again, to be sure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

import yaml

from coldpress.editor.forms import Plain
from coldpress.editor.writing import entry, flow, item, like, value_text
from coldpress.renaming.edits import Edit, edited
from coldpress.renaming.frontmatter import DASH, line_end
from coldpress.yamlspans import root_of

Group = Mapping[str, Plain]


def merged(text: str, was: Group, becomes: Group) -> str:
    """`was`: what `text` says, as `forms.kept` has it. Raises NotReadableError."""
    root, end = root_of(text), line_end(text)
    if root is None or not root.value:
        gap = end if text and not text.endswith("\n") else ""
        return text + gap + "".join(entry(*one, 0, end) for one in becomes.items())
    if text and not text.endswith("\n"):
        text += end
    return edited(text, _group(text, root, was, becomes))


def _group(text: str, node: yaml.MappingNode, was: Group, becomes: Group) -> Iterator[Edit]:
    if node.flow_style:
        yield Edit(*_span(text, node), flow(dict(becomes)))
        return
    names = {key.value for key, _value in node.value}
    margin = node.value[0][0].start_mark.column
    for key, value in node.value:
        new = becomes.get(key.value)
        if new == was.get(key.value):
            continue
        if new is None:
            yield _removed(text, key.start_mark.index, _end(text, key, value))
        else:
            yield from _changed(text, (key, value), was.get(key.value), new)
    last = _line_end(text, _end(text, *node.value[-1]))
    added = [entry(name, one, margin, line_end(text)) for name, one in becomes.items()
             if name not in names]  # fmt: skip
    if added:
        yield Edit(last, last, "".join(added))


def _changed(
    text: str, field: tuple[yaml.Node, yaml.Node], was: Plain, new: Plain
) -> Iterator[Edit]:
    """One field, whose name stays where it is."""
    key, node = field
    margin = key.start_mark.column
    if isinstance(node, yaml.MappingNode) and isinstance(was, dict) and isinstance(new, dict):
        yield from _group(text, node, was, new)
    elif isinstance(node, yaml.SequenceNode) and isinstance(was, list) and isinstance(new, list):
        if node.flow_style:
            yield Edit(*_span(text, node), flow(new))
        elif len(was) == len(node.value) and _dashed(text, node):
            yield from _list(text, node, was, new)
        else:
            yield _anew(text, field, new)
    elif isinstance(node, yaml.ScalarNode) and isinstance(new, str) and node.value:
        start, end = _span(text, node)
        yield Edit(start, end, like(text[start:end], new, margin, line_end(text)))
    else:
        yield _anew(text, field, new)


def _anew(text: str, field: tuple[yaml.Node, yaml.Node], new: Plain) -> Edit:
    """All that stands after the colon."""
    key, node = field
    colon = text.index(":", key.end_mark.index) + 1
    written = value_text(new, key.start_mark.column, line_end(text))
    gap = "" if written.startswith(("\r", "\n")) else " "
    return Edit(colon, max(colon, _end(text, key, node)), gap + written)


# --------------------------------------------------------------------------- lists


def _list(
    text: str, node: yaml.SequenceNode, was: Sequence[Plain], new: Sequence[Plain]
) -> Iterator[Edit]:
    """A list with a dash before each item: items are changed, added and removed one by one."""
    before, after = ([json.dumps(one) for one in side] for side in (was, new))
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for step, start, end, first, last in steps:
        if step == "equal":
            continue
        both = min(end - start, last - first)
        for number in range(both):
            old = node.value[start + number]
            yield from _item(text, old, was[start + number], new[first + number])
        for one in node.value[start + both : end]:
            yield _removed(text, one.start_mark.index, _end(text, None, one))
        if added := new[first + both : last]:
            yield _inserted(text, node, start + both, added)


def _item(text: str, node: yaml.Node, was: Plain, new: Plain) -> Iterator[Edit]:
    margin = _dash(text, node)
    if isinstance(node, yaml.MappingNode) and isinstance(was, dict) and isinstance(new, dict):
        if not node.flow_style and node.value[0][0].value not in new:  # it stands behind the dash
            yield _whole(text, node, new, margin)
        else:
            yield from _group(text, node, was, new)
    elif isinstance(node, yaml.ScalarNode) and isinstance(new, str):
        start, end = _span(text, node)
        yield Edit(start, end, like(text[start:end], new, margin, line_end(text)))
    else:
        yield _whole(text, node, new, margin)


def _whole(text: str, node: yaml.Node, new: Plain, margin: int) -> Edit:
    """An item, written anew."""
    start = _line_start(text, node.start_mark.index)
    end = _line_end(text, _end(text, None, node))
    return Edit(start, end, item(new, margin, line_end(text)))


def _inserted(text: str, node: yaml.SequenceNode, number: int, added: Sequence[Plain]) -> Edit:
    """Below the item before it, or above the first."""
    margin = _dash(text, node.value[0])
    lines = "".join(item(one, margin, line_end(text)) for one in added)
    if number:
        at = _line_end(text, _end(text, None, node.value[number - 1]))
    else:
        at = _line_start(text, node.value[0].start_mark.index)
    return Edit(at, at, lines)


def _dashed(text: str, node: yaml.SequenceNode) -> bool:
    """Whether each item begins on the line of its dash, with nothing else before it."""
    return all(DASH.fullmatch(_lead(text, one)) for one in node.value)


def _lead(text: str, node: yaml.Node) -> str:
    return text[_line_start(text, node.start_mark.index) : node.start_mark.index]


def _dash(text: str, node: yaml.Node) -> int:
    return len(_lead(text, node)) - len(_lead(text, node).lstrip())


# --------------------------------------------------------------------------- spans


def _span(text: str, node: yaml.Node) -> tuple[int, int]:
    """Of a value on its own: a block of text ends with its last sign."""
    start, end = node.start_mark.index, node.end_mark.index
    block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return start, start + len(text[start:end].rstrip()) if block else end


def _end(text: str, key: yaml.Node | None, node: yaml.Node) -> int:
    """Where the last sign of a value stands; that of its colon when there is no value."""
    inner = node.value if isinstance(node, yaml.CollectionNode) and not node.flow_style else []
    if inner:
        last = inner[-1]
        return _end(text, *last) if isinstance(last, tuple) else _end(text, None, last)
    start, end = _span(text, node)
    if start == end and key is not None:
        return text.index(":", key.end_mark.index) + 1
    return end


def _removed(text: str, start: int, end: int) -> Edit:
    """Whole lines, with the comment behind the value."""
    return Edit(_line_start(text, start), _line_end(text, end), "")


def _line_start(text: str, at: int) -> int:
    return max(text.rfind(end, 0, at) for end in "\r\n") + 1


def _line_end(text: str, at: int) -> int:
    """After the line break."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1
