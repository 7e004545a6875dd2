"""The results as tables of plain text."""

from __future__ import annotations

from typing import Any

_PEERS_HEAD = (
    f"{'contestant':15}{'precision':>11}{'recall':>9}{'F1':>9}{'resolved':>9}"
    f"{'best raw':>9}{'best res.':>10}{'twins':>6}{'wall s':>8}{'link s':>8}{'CPU s':>8}{'GB':>6}"
)


def cut(share: float | None, digits: int = 5) -> str:
    """A share cut, never rounded up."""
    if share is None:
        return "-"
    scale = 10**digits
    return f"{int(share * scale + 1e-9) / scale:.{digits}f}"


def contest(results: dict[str, Any]) -> str:
    """Marks and costs of every contestant, and how they compare with ours."""
    lines = [_PEERS_HEAD]
    for name, entry in results["contestants"].items():
        marks, cost = entry.get("marks", {}), entry["cost"]
        own = marks.get("own", {})
        link = entry.get("seconds", {}).get("link")
        lines.append(
            f"{name:15}{cut(own.get('precision')):>11}{cut(own.get('recall')):>9}"
            f"{cut(own.get('f1')):>9}{_f1(marks, 'own_resolved'):>9}{_f1(marks, 'best_raw'):>9}"
            f"{_f1(marks, 'best_resolved'):>10}{marks.get('twin_merges', '-'):>6}"
            f"{cost['wall']:8.1f}{'-' if link is None else f'{link:.1f}':>8}{cost['cpu']:8.1f}"
            f"{cost['peak'] / 1e9:6.2f}"
        )
    return "\n".join([*lines, "", *_review(results), "", *_ratios(results), "", *_kinds(results)])


def _f1(marks: dict[str, Any], which: str) -> str:
    return cut(marks[which]["f1"]) if which in marks else "-"


def _review(results: dict[str, Any]) -> list[str]:
    ours = results["contestants"].get("ours")
    if not ours:
        return []
    asked, both = ours["review"], ours["marks"]["with_review"]
    return [
        f"ours, counting review: precision {cut(both['precision'])}, recall {cut(both['recall'])}; "
        f"{asked['children']:,} of {asked['of']:,} children in review "
        f"({cut(asked['children'] / asked['of'])})"
    ]


def _ratios(results: dict[str, Any]) -> list[str]:
    """How many times ours every other takes, and their errors as multiples of ours.

    ``link`` is their linking alone over our whole run.
    """
    entries = results["contestants"]
    if "ours" not in entries:
        return []
    ours = entries["ours"]
    missed = 1 - ours["marks"]["best_resolved"]["f1"]
    head = f"{'as a multiple of ours':25}{'wall':>8}{'link':>8}{'CPU':>8}{'memory':>8}"
    lines = [head + f"{'1-F1 resolved':>15}"]
    for name, entry in entries.items():
        if name == "ours":
            continue
        wall, cpu, peak = (entry["cost"][k] / ours["cost"][k] for k in ("wall", "cpu", "peak"))
        alone = entry.get("seconds", {}).get("link")
        link = f"{alone / ours['cost']['wall']:.2f}" if alone else "-"
        theirs = entry.get("marks", {}).get("best_resolved")
        error = f"{(1 - theirs['f1']) / missed:.2f}" if theirs and missed else "-"
        lines.append(f"{name:25}{wall:8.2f}{link:>8}{cpu:8.2f}{peak:8.2f}{error:>15}")
    return lines


def _kinds(results: dict[str, Any]) -> list[str]:
    """Recall of each contestant at its own decision, by kind of error."""
    named = {n: e["marks"]["errors"] for n, e in results["contestants"].items() if "marks" in e}
    if not named:
        return []
    if "ours" in results["contestants"]:
        review = results["contestants"]["ours"]["marks"]["errors_with_review"]
        named = {"ours": named.pop("ours"), "ours+review": review, **named}
    widths = {name: max(9, len(name) + 2) for name in named}
    head = "".join(f"{n:>{w}}" for n, w in widths.items())
    lines = [f"{'recall by kind of error':27}{'pairs':>9}{head}"]
    for kind, (_, pairs) in next(iter(named.values())).items():
        found = "".join(f"{cut(named[n][kind][0] / pairs, 4):>{w}}" for n, w in widths.items())
        lines.append(f"{kind:27}{pairs:>9,}{found}")
    return lines
