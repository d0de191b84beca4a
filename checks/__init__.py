"""The validator suite: a site in every state, made by real deliveries, and what is wrong with it.

In: nothing but the program itself and the validators of ``checks/node``. Out: findings, each a
tool, an address, a rule and what it says; what is ignored, and why, is in ``ignored.toml``.
Not its business: what a page should look like; the pictures it leaves behind are for people.
``docs/reference/checks.md`` lists what is checked.
"""
