"""A slow and plain reading of DESIGN.md 5 and 6, row by row, against which the vectorised numbers are held.

It takes the books of tests/snapshots.py, knows nothing of pandas and shares no code with readiness.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

RANK = {"open": 0, "fixing": 1, "fixed": 2, "verified": 3, "returned": 4}
SEVERITY = {"na": 0, "pass": 1, "fail": 2}
WORDS = ("due_on", "responsible_unit", "note")


@dataclass
class Issue:
    """One stretch of a thread, from its finding to its verification."""

    name: str
    site: str
    item: str
    status: str = "open"
    started: date | None = None
    found: date | None = None
    ended: date | None = None
    told: list[tuple[Any, ...]] = field(default_factory=list)

    def word(self, name: str) -> Any:
        """The field of the row whose state is newest and which fills it."""
        filled = [entry for entry in self.told if entry[-1].get(name) is not None]
        return max(filled, key=lambda entry: entry[:-1])[-1][name] if filled else None


class Reading:
    """What the books say of one area (None: all rows are its) on a day: issues, states of items, score, coverage."""

    def __init__(self, books, standard: dict[str, list[tuple[str, str, float]]], weights: dict[str, float], own: str,
                 area: str | None = None):
        self.books, self.standard, self.weights, self.own, self.area = books, standard, weights, own, area
        self.registered = {row["name"]: row["site_kind"] for _, _, row, kind, _ in self.rows() if kind == "sites"}
        self.sites = dict(self.registered)
        for _, _, row, kind, _ in self.rows():
            if kind == "checklist" and row.get("site"):
                self.sites.setdefault(row["site"], "other")
        self.known = dict(self.sites)
        self.sites.setdefault(own, "residential")

    def rows(self):
        for one in self.books:
            for kind, records in one["tables"]:
                for number, row in enumerate(records):
                    if self.area in (None, row.get("area_code")):
                        yield one, records, row, kind, number

    def held(self, one, records, own, names) -> date:
        """The ladder of dates."""
        if own or one["sheet_date"]:
            return date.fromisoformat(own or one["sheet_date"])
        dates = [row[name] for row in records for name in names if row.get(name) and row[name] <= one["day"]]
        return date.fromisoformat(max(dates, default=one["day"]))

    def site(self, row) -> str:
        """The known site of that name, else the only one of the kind that the words suggest, else the area's own."""
        if row.get("site") in self.known:
            return row["site"]
        suggested = [name for name, kind in self.known.items() if kind == "residential"
                     and row.get("site") and "楼道" in row.get("description", "")]
        return suggested[0] if len(suggested) == 1 else self.own

    def item(self, site, text, otherwise) -> str:
        codes = {words: code for code, words, _ in self.standard[self.sites[site]]}
        return codes.get(text, otherwise)

    def threads(self) -> dict[Any, list[tuple[Any, ...]]]:
        """Facts of each thread: (day, 0 finding or 1 state, rank, state, found, the row's order, the row)."""
        threads, met = defaultdict(list), defaultdict(int)
        for one, records, row, kind, number in self.rows():
            if kind != "ledger":
                continue
            key = (row.get("site"), row["description"])
            met[id(records), key, row.get("found_on")] += 1
            facts = threads[(*key, met[id(records), key, row.get("found_on")])]
            facts.extend(self.facts_of(one, records, row, number))
        return threads

    def facts_of(self, one, records, row, number):
        state = row.get("status") or "open"
        own = {"fixed": row.get("fixed_on"), "verified": row.get("verified_on")}.get(state)
        held = self.held(one, records, own, ("found_on", "fixed_on", "verified_on"))
        found = date.fromisoformat(row["found_on"]) if row.get("found_on") else None
        fixed = date.fromisoformat(row["fixed_on"]) if row.get("fixed_on") and state == "verified" else None
        held = max(day for day in (held, found, None if own else fixed) if day)
        order = (one["sha256"], number)
        if found:
            yield found, 0, 0, "open", found, order, row
        if fixed:
            yield max(fixed, found or fixed), 1, 2, "fixed", found, order, row
        yield held, 1, RANK[state], state, found, order, row

    def issues_of(self, key, facts, as_of) -> list[Issue]:
        issues: list[Issue] = []
        for day, is_state, rank, state, found, order, row in sorted(facts, key=lambda fact: fact[:3]):
            if day > as_of:
                break
            last = issues[-1] if issues else None
            ended = last and last.ended
            if last is None or (not is_state and ended and day > ended):
                last = Issue(f"{key}-{len(issues) + 1}", self.site(row), self.item(
                    self.site(row), row["description"], "other"), started=day)
                issues.append(last)
            elif ended and state != "returned":
                if state == "verified":
                    last.told.append((day, is_state, rank, order, row))
                continue
            elif is_state and found and len(issues) > 1 and found <= issues[-2].ended and state != "returned":
                continue
            if not is_state:
                last.found = last.found or day
            last.status, last.ended = state, day if state == "verified" else None
            last.told.append((day, is_state, rank, order, row))
        return issues

    def issues(self, as_of: date) -> list[Issue]:
        return [issue for key, facts in self.threads().items() for issue in self.issues_of(key, facts, as_of)]

    def checks(self, as_of: date) -> dict[tuple[str, str], list[tuple[date, int, str]]]:
        """By (site, item): the worst result of each day, and the verifications after them, in order."""
        worst: dict[Any, dict[date, str]] = defaultdict(dict)
        for one, records, row, kind, _ in self.rows():
            if kind == "checklist" and row["result"] in SEVERITY:
                day = self.held(one, records, row.get("checked_on"), ("checked_on",))
                site = self.site(row)
                days = worst[site, self.item(site, row["indicator"], "own:" + row["indicator"])]
                if day <= as_of:
                    days[day] = max(days.get(day, "na"), row["result"], key=SEVERITY.__getitem__)
        facts = {pair: [(day, 0, result) for day, result in days.items()] for pair, days in worst.items()}
        for pair, day in self.verifications(as_of):
            facts.setdefault(pair, []).append((day, 1, "pass"))
        return {pair: sorted(said) for pair, said in facts.items()}

    def verifications(self, as_of: date):
        """Each day at whose end an issue was verified and was not the day before."""
        for key, facts in self.threads().items():
            for day in sorted({fact[0] for fact in facts if fact[0] <= as_of}):
                for issue in self.issues_of(key, facts, day):
                    if issue.ended == day:
                        yield (issue.site, issue.item), day

    def states(self, as_of: date) -> dict[tuple[str, str], str]:
        """The state of every inspectable (site, item)."""
        states = {(site, code): "unchecked" for site, kind in self.registered.items()
                  for code, _, _ in self.standard[kind]}
        counted = set(states)
        states.update({pair: said[-1][2] for pair, said in self.checks(as_of).items() if said})
        states.update({(issue.site, issue.item): "fail" for issue in self.issues(as_of) if not issue.ended})
        return {pair: state for pair, state in states.items()
                if state in ("pass", "fail") or (pair in counted and state != "na")}

    def failing_checks(self, as_of: date) -> dict[tuple[str, str], date]:
        """(site, item) -> first failing check since the last pass, where no ledger issue is unverified."""
        taken = {(issue.site, issue.item) for issue in self.issues(as_of) if not issue.ended}
        found = {}
        for pair, said in self.checks(as_of).items():
            first = None
            for day, _, result in said:
                first = None if result == "pass" else first or (day if result == "fail" else None)
            if first and pair not in taken:
                found[pair] = first
        return found

    def score(self, as_of: date) -> tuple[float | None, float]:
        """Score (None where nothing is known) and coverage, by the formulas of section 6."""
        weight = {code: w for items in self.standard.values() for code, _, w in items}
        states = self.states(as_of)
        total: dict[str, float] = defaultdict(float)
        for site, item in states:
            total[self.sites[site]] += weight.get(item, 1.0)
        value = {(site, item): self.weights[self.sites[site]] * weight.get(item, 1.0) / total[self.sites[site]]
                 for site, item in states}
        known = sum(v for pair, v in value.items() if states[pair] in ("pass", "fail"))
        passing = sum(v for pair, v in value.items() if states[pair] == "pass")
        return 100 * passing / known if known else None, known / sum(value.values()) if value else 0.0
