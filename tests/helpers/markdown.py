"""Take the documents of the project apart: headings, sections, tables, blocks of code."""

from __future__ import annotations

import re
from collections.abc import Sequence


def without_code(text: str) -> str:
    """Leave out the blocks of code, in which a # begins no heading and brackets make no link."""
    return re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.MULTILINE | re.DOTALL)


def headings(text: str) -> list[str]:
    """List the headings of a document."""
    return re.findall(r"^#+ (.+)$", without_code(text), re.MULTILINE)


def anchor(heading: str) -> str:
    """Write a heading as the fragment of an address that leads to it."""
    return re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")


def section(text: str, heading: str) -> str:
    """Give what stands below a heading, up to the next one of the same or a higher level."""
    match = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    assert match, f"there is no heading {heading!r}"
    rest = text[match.end() :]
    end = re.search(rf"^#{{1,{len(match[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def stretch(name: str) -> re.Pattern[str]:
    """Give the pattern of what stands between `<!-- name -->` and the next `<!-- end -->`."""
    return re.compile(rf"(?<=<!-- {name} -->\n\n).*?(?=\n\n<!-- end -->)", re.DOTALL)


def marked(text: str, name: str) -> str:
    """Give what stands between `<!-- name -->` and the next `<!-- end -->`."""
    match = stretch(name).search(text)
    assert match, f"there is no stretch {name!r}"
    return match[0]


def rows(text: str) -> list[list[str]]:
    """Give the cells of every row of every table, heads and rules left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    tables = [line for number, line in enumerate(lines) if not _is_head(lines, number) and not _is_rule(line)]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in tables]


def _is_head(lines: Sequence[str], number: int) -> bool:
    return number + 1 < len(lines) and _is_rule(lines[number + 1])


def _is_rule(line: str) -> bool:
    return line.startswith(("|--", "| --"))


def code_blocks(text: str, language: str) -> list[str]:
    """List the blocks of code in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
