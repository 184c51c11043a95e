"""Small dense cases, each known from the literature; every one is verified by a test.

A starter is one round that makes all others: people are numbered in *circles* of equal length and, last,
*fixed* people; from round to round everybody in a circle moves one step on. Where a whole circle of rounds is
not enough, whole rounds are listed beside.
"""

from __future__ import annotations

from dataclasses import dataclass

Table = tuple[int, ...]


@dataclass(frozen=True)
class Starter:
    """A round to be turned.

    Attributes
    ----------
    length : int
        People in each circle, which is also the number of rounds it makes.
    circles : int
        How many circles.
    first : tuple of Table
        The tables of the first round.
    transversals : tuple of Table
        Tables whose turns make one more round each.
    source : str
        Where the case is known from.
    """

    length: int
    circles: int
    first: tuple[Table, ...]
    transversals: tuple[Table, ...] = ()
    source: str = ""

    def rounds(self) -> list[list[Table]]:
        """All rounds."""
        turned = [[self._turn(table, by) for table in self.first] for by in range(self.length)]
        return turned + [[self._turn(t, by) for by in range(self.length)] for t in self.transversals]

    def _turn(self, table: Table, by: int) -> Table:
        n = self.length
        return tuple(p if p >= n * self.circles else p // n * n + (p % n + by) % n for p in table)


def _tables(text: str) -> tuple[Table, ...]:
    return tuple(tuple(int(p) for p in table.split(",")) for table in text.split(";"))


def _listed(text: str) -> list[list[Table]]:
    """Rounds with one letter per person."""
    names = {name: number for number, name in enumerate(sorted(set(text) - set(" \n")))}
    return [[tuple(names[x] for x in table) for table in line.split()] for line in text.strip().splitlines()]


# By (tables, seats). The starters were found by backtracking over difference triples and quadruples.
STARTERS: dict[tuple[int, int], Starter] = {
    (5, 3): Starter(7, 2, _tables("14,2,10;13,8,9;0,4,7;1,3,12;6,5,11"), source="Kirkman system KTS(15)"),
    (7, 3): Starter(
        7,
        3,
        _tables("18,1,8;4,2,5;15,16,20;14,0,12;9,7,13;6,10,17;11,3,19"),
        _tables("0,9,20;0,13,19;0,10,15"),
        source="Kirkman system KTS(21)",
    ),
    (8, 3): Starter(
        11,
        2,
        _tables("23,2,13;22,9,16;17,0,12;11,19,21;18,10,14;4,7,20;3,1,8;5,6,15"),
        source="nearly Kirkman system NKTS(24)",
    ),
    (10, 3): Starter(
        14,
        2,
        _tables("29,6,25;28,5,15;7,8,19;17,9,13;20,16,22;3,11,26;23,2,18;12,1,10;0,14,27;24,4,21"),
        source="nearly Kirkman system NKTS(30)",
    ),
    (6, 4): Starter(
        7,
        3,
        _tables("23,2,13,14;22,3,9,18;21,1,11,15;17,6,16,19;4,0,5,12;10,7,8,20"),
        source="resolvable group divisible design of type 3^8",
    ),
    (7, 4): Starter(
        9,
        3,
        _tables("27,2,17,23;15,10,20,26;13,12,21,25;11,1,3,14;6,7,22,24;4,0,9,16;19,5,8,18"),
        source="resolvable design RBIBD(28,4,1)",
    ),
    (9, 4): Starter(
        11,
        3,
        _tables(
            "35,7,16,26;34,10,20,24;33,8,12,32;15,28,29,31;0,6,9,11;14,17,18,25;23,2,3,30;4,21,22,27;13,1,5,19"
        ),
        source="resolvable group divisible design of type 3^12",
    ),
    (10, 4): Starter(
        13,
        3,
        _tables(
            "1,12,18,21;4,9,19,20;3,10,15,24;14,25,31,34;17,22,32,33;16,23,28,37;5,8,27,38;6,7,30,35;"
            "2,11,29,36;0,13,26,39"
        ),
        source="cyclic resolvable design RBIBD(40,4,1); jstor.org/stable/1402466",
    ),
    (6, 5): Starter(
        6,
        5,
        _tables("27,11,17,18,20;19,4,8,13,25;21,2,7,9,16;22,0,6,24,26;23,3,5,15,28;14,1,10,12,29"),
        source="OEIS A107431: six rounds are the most",
    ),
}

# Published as lists; facts of the literature, one letter per person.
LISTED: dict[tuple[int, int], list[list[Table]]] = {
    # Nearly Kirkman system NKTS(18); E. Pegg, Wolfram Demonstrations Project, "Social Golfer Problem".
    (6, 3): _listed(
        """
        ABC DEF GHI afh bdi ceg
        Abc Def Ghi aFH BdI CEg
        abC deF ghI AfH BDi cEG
        aBc dEf gHi AFh bDI CeG
        ADG BEH CFI aei bfg cdh
        Adg Beh Cfi aEI bFG cDH
        adG beH cfI AEi BFg CDh
        aDg bEh cFi AeI BfG CdH
        """
    ),
    # Ten rounds of 8 tables of 4, open until A. Aguado's construction (2004); this list: E. Pegg, as above.
    (8, 4): _listed(
        """
        ABCD EFGH IJKL MNOP abcd efgh ijkl mnop
        AEIm BcgH DFKp dfkP aeiM bCGh jLNo JlnO
        Aflo Bhkm DGiN aFLO bHKM CeJP cEjp dgIn
        AciL BdjK bDJk FgoP fGOp aCIl EhMn eHmN
        AgKN BElP DHIo dhiO beLp Cfjm cFJM aGkn
        AhJp BFin cDmO bfIN eGKl CdMo EgkL aHjP
        AdeF BGJo aDEf chlN iKmP CHLn bgjO IkMp
        AbnP aBNp DglM ceko fHiJ CEKO FhIj dGLm
        AGjM BeIO DhLP agJm cfKn CFkN bEio dHlp
        AHkO BfLM Dejn bFlm cGIP Cgip dEJN ahKo
        """
    ),
}
