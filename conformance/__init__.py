"""Real files held against what is made of them: what `make conformance` runs.

In: the corpus, files that other people made and that are never copied into the project. Out:
one table by format, with every character of every body counted a third time, apart from the
parsers and from their own account; twins in two formats compared field by field; the standards'
own cases. Everything that is not as it should be is named in a TOML file beside this one, with
its reason; anything else makes the run fail. The product never imports this package.
"""
