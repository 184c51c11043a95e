"""Where the long Swedish words of the list may be broken, for browsers that do not hyphenate Swedish by themselves."""

from __future__ import annotations

SOFT_HYPHEN = "\u00ad"
LONGEST = 10  # letters that stand on one line of a tile on a phone
_BROKEN = """
    frilufts-liv funktions-rätt fågel-skådning före-läsningar grupp-träning lands-föreningar längd-skidor modell-järnväg
    natur-vetenskap orien-tering pensio-närer program-mering rättig-heter släkt-forskning studie-cirkel styrke-träning
    till-sammans
"""
_WHERE = {word.replace("-", ""): word.replace("-", SOFT_HYPHEN) for word in _BROKEN.split()}


def breakable(text: str) -> str:
    """The same words, with a soft hyphen where a long one may be broken: to look at, never to search or keep."""
    return " ".join(_WHERE.get(word, word) for word in text.split(" "))
