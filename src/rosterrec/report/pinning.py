"""A commented ``rosterrec.toml`` that reads next month's files as these were read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from itertools import takewhile

from rosterrec.frames import Receipt
from rosterrec.messages import text
from rosterrec.report.reading import CERTAIN
from rosterrec.settings import Sampling, Settings

#: What changes in a file's name from month to month: dates, terms, counters of copies.
_MONTH = "(?:1[0-2]|0?[1-9])"
_YEAR = (
    r"20\d{2}(?:[-—–~至]20\d{2})?(?![级届\d])(?:学年度?|年)?(?:[春秋]季?|第[一二]学期|[上下]学期)?"
)
_COPY = r"(?:最新|更新|终稿|定稿|副本|v\d+)"
_CHANGES = re.compile(
    rf"[-_ (（]*(?:20\d{{6}}|20\d{{4}}|{_YEAR}(?:[-_.]?{_MONTH}(?:[-_.月][0-3]?\d日?|月(?:份)?)?)?)(?!\d)[)）]?"
    rf"|[-_ (（]*(?<![\d一二三四五六七八九十])(?:{_MONTH}|十[一二]?|[一二三四五六七八九])月(?:份)?[)）]?"
    rf"|\s*[(（]\d+[)）](?=\.x$)|[-_ (（\[]*{_COPY}[)）\]]?"
)
#: What a pattern must keep, or it would fit any file.
_LEAST = 2


def pattern_of(name: str, others: Iterable[str] = ()) -> str:
    """The name with a star for what changes from month to month, and for its ending.

    A pattern that would fit one of the other files as well stays the whole name.

    Args:
        name: a file, relative to the folder.
        others: the files that are read differently.
    """
    folder, slash, file = name.rpartition("/")
    stem = file.rpartition(".")[0]
    # The mark stands for the ending, where the counter of a copy is looked for.
    starred = re.sub(r"\*+", "*", _CHANGES.sub("*", f"{stem}.x")).removesuffix(".x")
    kept = _mark(starred, _CHANGES.sub("", f"{stem}.x").removesuffix(".x"), stem)
    pattern = f"{_literal(folder)}{slash}{kept}.*"
    return _literal(name) if _fits_any(pattern, others) else pattern


def _fits_any(pattern: str, names: Iterable[str]) -> bool:
    return any(fnmatch(n, pattern) or fnmatch(n.rpartition("/")[2], pattern) for n in names)


def _mark(starred: str, bare: str, stem: str) -> str:
    """``学籍库_*`` of ``学籍库_2024年10月``; the separator before the star is kept."""
    if len(re.sub(r"\W|_", "", bare)) < _LEAST or "*" not in starred:
        return _literal(stem)
    found = _CHANGES.search(f"{stem}.x")
    lead = stem[found.start()] if found and stem[found.start()] in "-_" else ""
    parts = [_literal(part) for part in starred.split("*")]
    return f"{parts[0]}{lead}*{'*'.join(parts[1:])}"


def _literal(words: str) -> str:
    return re.sub(r"([\[\]?*])", r"[\1]", words)


def settings_file(receipts: Iterable[Receipt], settings: Settings, names: Iterable[str]) -> str:
    """The file's text, in the language of the settings.

    Args:
        receipts: how the lists were read.
        settings: what was in force, which the file repeats.
        names: every file of the folder.
    """
    lang = settings.lang
    lines = [*_comment("init.head", lang), "", *_general(settings), "", *_sampling(settings), ""]
    by_file: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        by_file.setdefault(receipt.file, []).append(receipt)
    for pattern, files in _patterns(by_file, set(names)).items():
        lists = [receipt for file in files for receipt in by_file[file]]
        if any(_pins(lists)):
            lines += [*_table(pattern, files, lists, lang), ""]
    return "\n".join(lines).rstrip() + "\n"


def _patterns(by_file: Mapping[str, list[Receipt]], names: set[str]) -> dict[str, list[str]]:
    """Patterns, each with the files it is for; files that begin alike and are read alike share one.

    So a class that sends its roster next month for the first time is read like the others, and one
    that sends none is not missed.
    """
    found: dict[str, list[str]] = {}
    done: set[str] = set()
    for file, lists in by_file.items():
        alike = [f for f, other in by_file.items() if _pins(other) == _pins(lists)]
        shared = _shared(alike, names - set(alike))
        if file in done:
            continue
        if shared:
            found[shared] = alike
            done |= set(alike)
        else:
            found.setdefault(pattern_of(file, names - set(alike)), []).append(file)
    return found


def _shared(files: list[str], others: set[str]) -> str | None:
    """One pattern for several files that begin with the same words."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*files, strict=False))
    start = "".join(letters[0] for letters in alike)
    words = re.sub(r"[\W\d_]", "", start)
    if len(files) < 2 or len(words) < _LEAST:
        return None
    pattern = f"{_literal(start)}*"
    return None if _fits_any(pattern, others) else pattern


def _comment(key: str, lang: str, **facts: object) -> list[str]:
    return [f"# {line}" if line else "#" for line in text(key, lang, **facts).split("\n")]


def _general(settings: Settings) -> list[str]:
    """Settings for the whole run, each with what it is; those left open stand as comments."""
    lang = settings.lang
    lines = [*_comment("init.lang", lang), f"lang = {_quoted(lang)}"]
    home = _quoted(settings.home) if settings.home else None
    county = _quoted(settings.county) if settings.county else None
    date = None if settings.as_of_today else settings.as_of.isoformat()
    choices: dict[str, tuple[str | None, str]] = {
        "as_of": (date, settings.as_of.isoformat()),
        "home": (home, '"青溪镇"'),
        "county": (county, '"349921"'),
        "ages": (json.dumps(list(settings.ages)), ""),
        "cutoff": (json.dumps(list(settings.cutoff)), ""),
        "entry_age": (str(settings.entry_age), ""),
        "school_year_starts": (json.dumps(list(settings.school_year_starts)), ""),
        "numbers": (_quoted(settings.numbers), ""),
        "ignore": (_array(settings.ignore) if settings.ignore else None, '["*旧*"]'),
    }
    for key, (value, example) in choices.items():
        lines += ["", *_comment(f"init.{key}", lang)]
        lines.append(f"{key} = {value}" if value is not None else f"# {key} = {example}")
    if settings.roles:
        lines += ["", "[roles]"]
        lines += [f"{role} = {_array(files)}" for role, files in settings.roles.items()]
    return lines


def _sampling(settings: Settings) -> list[str]:
    """What ``sample`` goes by; as a comment where it is what holds anyhow."""
    chosen = settings.sample
    mark = "# " if chosen == Sampling() else ""
    lines = ["[sample]", *(f"{key} = {value}" for key, value in chosen.model_dump().items())]
    return [*_comment("init.sample", settings.lang), *(f"{mark}{line}" for line in lines)]


def _table(pattern: str, files: list[str], lists: list[Receipt], lang: str) -> list[str]:
    """One ``[[files]]`` table: the role, and the columns that headings alone would not tell."""
    role, columns = _pins(lists)
    used = sum(r.used for r in lists)
    comma = text("word.comma", lang)
    said = _comment("init.file", lang, file=comma.join(files), lists=len(lists), used=used)
    lines = ["[[files]]", *said, f"pattern = {_quoted(pattern)}"]
    if role:
        lines.append(f"role = {_quoted(role)}  # {text(f'role.{role}', lang)}")
    if columns:
        pairs = ", ".join(f"{field} = {_quoted(heading)}" for field, heading in columns.items())
        lines += [*_comment("init.columns", lang), f"columns = {{ {pairs} }}"]
    return lines


def _pins(lists: list[Receipt]) -> tuple[str, Mapping[str, str]]:
    """The role that all lists of a file share, "" if they differ, and columns that are not sure."""
    roles = {str(receipt.role) for receipt in lists}
    unsure = {
        use.field: use.heading
        for receipt in lists
        for use in receipt.columns
        if use.field and use.heading and (use.sure < CERTAIN or use.basis == "pinned")
        if all(use.heading in {u.heading for u in other.columns} for other in lists)
    }
    return (roles.pop() if len(roles) == 1 else ""), unsure


def _quoted(words: str) -> str:
    """A TOML string: JSON's escapes are TOML's as well."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _array(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"
