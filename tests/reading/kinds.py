"""The kinds of files of the corpus.  A module beside this one adds its own:

    @kind("months across", 15)               # how many of them are made
    def months_across(rng, n):               # n: 0, 1, 2 ...
        return Made("csv", bytes, answer(sales))

`must`: "right" (the answer comes out), "told" (it may be another one, but a doubt is told) or "refused"."""
import collections

Made = collections.namedtuple("Made", "suffix content answer")
Kind = collections.namedtuple("Kind", "name count must make")
KINDS = []


def kind(name, count, must="right"):
    def added(make):
        KINDS.append(Kind(name, count, must, make))
        return make
    return added
