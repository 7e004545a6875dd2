"""A person's evidence on the screen: what ``report.explanation`` documents, drawn for a clerk."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rosterrec.frames import Decision, Role, Status
from rosterrec.screen.console import Console, screen_for
from rosterrec.screen.terminal import folded, plain, safe, stdout

if TYPE_CHECKING:
    import rich.console
    import rich.table

Document = dict[str, Any]
_WIDEST = 96
#: From so many cells on, two numbers stand unbroken beside each other.
_ROOMY = 72
#: So many people are listed to choose from.
_MOST = 12


@dataclass(frozen=True)
class Dossier:
    """How one document is drawn: with whose words, and how wide."""

    console: Console

    def show(self, document: Document) -> None:
        """The person, then list by list every link or the nearest row, on stdout.

        Raises:
            OutputError: ``stdout_unwritable``.
        """
        with stdout() as stream:
            if stream is None:
                return
            page = _Page(self.console, screen_for(stream, self.console, _WIDEST))
            page.person(document["person"])
            settled = any(each["links"] for each in document["lists"])
            for each in document["lists"]:
                page.list_of(each, settled=settled)
            if document["between"]:
                page.heading(self.console.say("explain.between"))
                page.all_of(document["between"])
            page.line("")
            page.line(self.console.say("explain.legend"), style="dim")

    def choose(self, hits: list[Document]) -> None:
        """People to choose from, on stderr."""
        from rich import box
        from rich.table import Table

        say = self.console.say
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for key in ("name", "birth_date", "village", "row"):
            table.add_column(say(f"column.{key}"), overflow="fold")
        table.add_column(say("explain.person_id"), no_wrap=True)
        for hit in hits[:_MOST]:
            cells = (hit["name"], hit["birth"], hit["village"], _place(hit), hit["person_id"])
            table.add_row(*(plain(str(cell or "")) for cell in cells))
        screen = screen_for(sys.stderr, self.console, _WIDEST)
        screen.print(table)
        if len(hits) > _MOST:
            screen.print(plain(say("explain.more", n=len(hits) - _MOST)))

    def note(self, words: str) -> None:
        """A remark beside the data, on stderr."""
        screen = screen_for(sys.stderr, self.console, _WIDEST)
        for part in folded(words, screen.width):
            screen.print(plain(part), soft_wrap=True)


class _Page:
    """The parts of a document, drawn one below the other."""

    def __init__(self, console: Console, screen: rich.console.Console) -> None:
        self.say = console.say
        self.lang = console.lang
        self.screen = screen

    def line(self, words: str, style: str = "", indent: int = 0) -> None:
        """A sentence, folded between words or Chinese characters."""
        for part in folded(safe(words), self.screen.width - indent):
            self.screen.print(plain(" " * indent + part), style=style or None, soft_wrap=True)

    def heading(self, words: str) -> None:
        """The name of a list, in cells as wide as the screen."""
        from rich.rule import Rule

        self.screen.print()
        self.screen.print(
            Rule(plain(words[:1].upper() + words[1:]), align="left", style="dim", characters="─")
        )

    def person(self, person: Document) -> None:
        """Who it is, what was decided, and by which rule."""
        say = self.say
        key = "born" if len(person["birth"] or "") == len("2012") else "born_on"
        born = person["birth"] and say(f"explain.{key}", birth=person["birth"])
        sex = person["sex"] and say(f"sex.{person['sex']}")
        who = (person["name"], sex, born, person["village"])
        self.line("  ".join(safe(str(part)) for part in who if part), style="bold")
        number = say("explain.number", number=person["id_number"]) if person["id_number"] else ""
        self.line("  ".join(part for part in (_place(person), person["person_id"], number) if part))
        facts = {
            "status": person["status_words"],
            "rule": person["rule_words"],
            "flags": self.listed([flag["words"] for flag in person["flags"]], ";"),
            "school": self.school(person),
        }
        if person["status"] in {Status.COUNTY, Status.OUTSIDE}:
            facts["proof"] = self.proof(person)
        for key, words in facts.items():
            if words:
                self.line(f"{say(f'explain.{key}')}{self.mark(':')}{words}")

    def proof(self, person: Document) -> str:
        """How it stands with the proof, and on which day a call found it false."""
        parts = [person["proof_words"]]
        if person["proof_false_on"]:
            parts.append(self.say("word.proof_false", day=person["proof_false_on"]))
        return self.listed(parts, ";")

    def school(self, person: Document) -> str:
        """The school that counts, with town, grade and class."""
        parts = [str(person[key]) for key in ("school", "school_town") if person[key]]
        parts += [
            self.say(f"explain.{key}", n=person[key])
            for key in ("grade", "class_name")
            if person["school"] and person[key] is not None
        ]
        return self.listed(parts, ",")

    def list_of(self, each: Document, *, settled: bool) -> None:
        """What one list says: its links, or the nearest row of it."""
        self.heading(each["words"])
        nearest = each["nearest"]
        if each["links"]:
            self.all_of(each["links"])
        elif not each["supplied"]:
            self.line(self.say("explain.not_supplied"))
        elif nearest is None:
            self.line(self.say("explain.nobody"))
        elif settled and not nearest["conceivable"]:
            # A child who is found elsewhere is not looked for in every list at length.
            self.line(f"{self.say('explain.far')} {_place(nearest['right'])}")
            self.line(self.against(nearest))
        else:
            key = "nearest" if nearest["conceivable"] else "far"
            self.evidence(nearest, self.say(f"explain.{key}"))

    def all_of(self, links: list[Document]) -> None:
        """Pair after pair, a blank line between them."""
        for at, evidence in enumerate(links):
            if at:
                self.line("")
            self.evidence(evidence)

    def evidence(self, evidence: Document, said: str = "") -> None:
        """One pair: where the row stands, the decision, the table of weights, the rivals."""
        colon = self.mark(":")
        decided = f"{evidence['decision_words']}{colon}{evidence['basis_words']}"
        colours = {Decision.ACCEPTED: "green", Decision.REVIEW: "yellow"}
        place = _place(evidence["right"])
        if evidence["left"]["source"] != Role.POPULATION:
            place = f"{_place(evidence['left'])} — {place}"
        self.line(f"{said} {place}".strip())
        if not said:
            self.line(decided, style=colours.get(evidence["decision"], ""))
        self.screen.print(self.table(evidence))
        absent = [each["words"] for each in evidence["features"] if _is_absent(each)]
        if absent:
            self.line(self.say("explain.absent", items=self.listed(absent, ",")), indent=1)
        likely = self.say("explain.likelihood", p=evidence["probability_words"])
        self.line(f"{likely}{self.mark(';')}{self.lead(evidence)}", indent=1)
        if evidence["decision"] != Decision.ACCEPTED:
            self.line(self.against(evidence), indent=1)
        for rival in evidence["rivals"]:
            key = "taken" if rival["decision"] == Decision.ACCEPTED else "also"
            who = f"{rival['name'] or ''} {_place(rival)}".strip()
            self.line(self.say(f"explain.{key}", who=who, sum=_bits(rival["sum"])), indent=1)

    def table(self, evidence: Document) -> rich.table.Table:
        """Feature by feature both values, how far they agree and what that weighs."""
        from rich import box
        from rich.table import Table

        say = self.say
        ruled = box.Box("    \n    \n -- \n    \n -- \n    \n    \n    \n".replace("-", "─"))
        table = Table(box=ruled, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
        roomy = self.screen.width >= _ROOMY
        widths = {
            say("explain.item"): None,
            say(f"role.{evidence['left']['source']}"): _number_width(evidence, "left"),
            say("explain.this_row"): _number_width(evidence, "right"),
            say("explain.comparison"): None,
        }
        for head, width in widths.items():
            table.add_column(plain(head), overflow="fold", min_width=width if roomy else None)
        table.add_column(plain(say("explain.bits")), justify="right", no_wrap=True, min_width=5)
        for each in evidence["features"]:
            if _is_absent(each):
                continue
            cells = (each["words"], each["left"], each["right"], each["level_words"])
            style = "red" if each["weight"] < 0 and each["left"] != each["right"] else ""
            bits = _bits(each["weight"])
            table.add_row(*(plain(cell or "—") for cell in cells), bits, style=style or None)
        table.add_row("", "", "", plain(say("explain.prior")), _bits(evidence["prior"]))
        table.add_section()
        table.add_row("", "", "", plain(say("explain.sum")), _bits(evidence["sum"]), style="bold")
        return table

    def lead(self, evidence: Document) -> str:
        """How far the pair stands before, or behind, the best other candidate."""
        if evidence["runner_up"] is None:
            return self.say("explain.no_rival")
        lead = round(evidence["lead"], 1)
        key = "lead" if lead > 0 else "behind" if lead < 0 else "tie"
        return self.say(f"explain.{key}", runner_up=_bits(evidence["runner_up"]), lead=abs(lead))

    def against(self, evidence: Document) -> str:
        """The features that speak against a pair most."""
        told = {each["feature"]: each for each in evidence["features"]}
        colon = self.mark(":")
        items = [
            f"{told[key]['words']}{colon}{told[key]['level_words']} ({_bits(told[key]['weight'])})"
            for key in evidence["against"]
        ]
        if not items:
            waits = evidence["decision"] == Decision.REVIEW and evidence["sum"] > 0
            return self.say("explain.for_a_person" if waits else "explain.nothing_against")
        return self.say("explain.against", items=self.listed(items, ";"))

    def mark(self, mark: str) -> str:
        """A mark as the language writes it."""
        return {":": "：", ";": "；", ",": "、"}[mark] if self.lang == "zh" else f"{mark} "

    def listed(self, parts: list[str], mark: str) -> str:
        """Words with a mark between them."""
        return self.mark(mark).join(parts)


def _is_absent(feature: Document) -> bool:
    """A feature that one side at least says nothing of."""
    return bool(feature["level"] == "missing" and None in (feature["left"], feature["right"]))


def _number_width(evidence: Document, side: str) -> int:
    """The width of the pair's number on one side, which is not to be broken."""
    return max(len(each[side] or "") for each in evidence["features"] if each["feature"] == "id")


def _bits(weight: float) -> str:
    """A weight with its sign and one decimal; what rounds to nothing has no sign."""
    tenths = round(weight, 1)
    return f"{tenths:+.1f}" if tenths else "0.0"


def _place(row: Document) -> str:
    return safe(f"[{row['file']}]{row['sheet'] or ''}!{row['row']}")
