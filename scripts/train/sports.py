"""Made-up sports pages: results, tables and reports, in which a city's name stands for its team."""
from __future__ import annotations

import random

from labels import outside, span_masks
from names import Names
from sentence import Sentence

PAGES = 160  # made for each round: about 1.5 % of its words
O = outside("DATE", "EVENT", "MISC", "NORP")
SPORTS = ("Soccer", "Basketball", "Baseball", "Ice Hockey", "Cricket", "Rugby Union", "American Football", "Handball")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
VERBS = ("beat", "defeated", "edged", "thrashed", "held", "lost to", "drew with", "hosted", "overcame", "crushed", "outplayed")


class Page:
    """Writes one page with its labels."""

    def __init__(self, names: Names, rng: random.Random, number: str):
        self.names, self.rng, self.doc = names, rng, number
        self.upper_teams = rng.random() < 0.25
        self.national = rng.random() < 0.25
        self.teams = [self._team() for _ in range(rng.randint(4, 12))]
        self.sentences: list[Sentence] = []
        self._next = 0

    def _team(self) -> list[str]:
        if self.national:
            return self.names.pick(self.rng, "countries")
        x, place = self.rng.random(), self.rng.choice(self.names.cities)
        if x < 0.5:
            return place
        if x < 0.75:
            return place + self.names.pick(self.rng, "club_suffixes")
        return self.names.pick(self.rng, "clubs")

    def add(self, *parts) -> None:
        """A part is a string of words, or (type, words)."""
        words, entity = [], []
        for part in parts:
            if isinstance(part, str):
                words += part.split()
                entity += [O] * len(part.split())
            else:
                kind, name = part
                words += name
                entity += span_masks(len(name), [kind])
        self.sentences.append(Sentence(words, "sports", entity=entity, doc=self.doc))

    def team(self):
        """The teams in turn. That of a country is called by a place, as in most corpora."""
        name = self.teams[self._next % len(self.teams)]
        self._next += 1
        return "PLACE" if self.national else "ORG", [w.upper() for w in name] if self.upper_teams else name

    def person(self):
        return "PERSON", self.names.person(self.rng)

    def place(self):
        return "PLACE", self.rng.choice(self.names.cities)

    def country(self):
        return "PLACE", self.names.pick(self.rng, "countries")

    def number(self, most: int = 120) -> str:
        return str(self.rng.randrange(most))

    def write(self) -> list[Sentence]:
        rng, kind = self.rng, self.rng.choice(("results", "results", "table", "report", "report", "individual"))
        sport, day = rng.choice(SPORTS), rng.choice(DAYS)
        self.add(f"{sport} - " + rng.choice(("Results of league matches .", f"{day} 's results .", "Standings after " + day + " 's matches .", "Summary .")))
        most = rng.choice((6, 30, 120))
        if kind == "results":
            self.add(f"Results of matches played on {day} ( home team first ) :" if rng.random() < 0.6 else "Results :")
            for _ in range(rng.randint(4, 12)):
                self.add(self.team(), self.number(most), self.team(), self.number(most))
        elif kind == "table":
            self.add("Standings ( tabulate under played , won , drawn , lost , points ) :" if rng.random() < 0.5 else "W L PCT GB")
            for _ in range(rng.randint(5, 14)):
                self.add(self.team(), " ".join(self.number(90) for _ in range(rng.randint(3, 7))))
        elif kind == "individual":
            self.add("Results ( number denotes seeding ) :")
            for _ in range(rng.randint(4, 10)):
                sets = " ".join(f"{rng.randrange(8)} - {rng.randrange(8)}" for _ in range(rng.randint(2, 3)))
                self.add(self.person(), "(", self.country(), f") {rng.choice(('beat', 'bt', 'def.'))}", self.person(), "(", self.country(), f") {sets}")
        else:
            for _ in range(rng.randint(3, 8)):
                self._report(day)
        return self.sentences

    def _report(self, day: str) -> None:
        rng, a, b = self.rng, self.number(6), self.number(6)
        verb = rng.choice(VERBS)
        rng.choice((
            lambda: self.add(self.team(), verb, self.team(), f"{a} - {b} on {day} ."),
            lambda: self.add(self.person(), "scored twice as", self.team(), verb, self.team(), f"{a} - {b} ."),
            lambda: self.add("In", self.place(), ",", self.person(), "scored", self.number(40), "points as", self.team(), verb, self.team(), "."),
            lambda: self.add(self.team(), "striker", self.person(), "will miss the match against", self.team(), "with an injury ."),
            lambda: self.add(self.team(), "have signed defender", self.person(), "from", self.team(), "."),
            lambda: self.add("At", self.place(), ":", self.team(), f"{a}", self.team(), f"{b}"),
            lambda: self.add(f"Scorers :", self.person(), f"( {self.number(90)} ) ,", self.person(), f"( {self.number(90)} )"),
            lambda: self.add("\"", "We were the better side , \" said", self.team(), "coach", self.person(), "."),
            lambda: self.add("The game was played in", self.place(), "before", self.number(90), "thousand fans ."),
        ))()


def pages(names: Names, rng: random.Random, round_number: int) -> list[list[Sentence]]:
    return [Page(names, rng, f"sports-{round_number}-{i}").write() for i in range(PAGES)]
