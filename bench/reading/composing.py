"""Stories by a grammar, in words of our own: as long as agency copy, and as alike as a wire is.

Names, places and figures differ; the turns of phrase with which agencies report do not. That is
what makes a text hard to tell from another.
"""

import random

_PEOPLE = (
    "Ilse Brandvold", "Tobias Renck", "Amara Diallo", "Vikram Nair", "Lata Deshmukh", "Jonah Petty",
    "Mirela Costin", "Kwame Asante", "Hanna Lindqvist", "Paulo Teixeira", "Yuki Arai", "Rosa Marin",
    "Ivo Danek", "Fatima Zahran", "Colm Hurley", "Noor Baloch", "Greta Olsen", "Samir Haddad",
    "Wren Ashby", "Thandi Mokoena", "Luc Ferrand", "Anneke Vos", "Bela Szabo", "Marta Kowal",
)  # fmt: skip
_ROLES = (
    "the port's director", "a member of the council", "the union's secretary", "the fire chief",
    "a spokesman for the ministry", "the school's head", "an engineer at the works", "the mayor",
    "a lawyer for the families", "the company's chairman", "the chief surgeon", "a farmer there",
)  # fmt: skip
_PLACES = (
    "Port Ansel", "Lindow", "Oyle", "Marsk", "Tervo", "Kalinda", "Brackwater", "Santa Rea",
    "Ujhely", "Nordhavn", "Pelham Cross", "Drava", "Kisora", "Bel Arbi", "Wendle", "Cape Torrin",
    "Vashti Nagar", "Lakeside", "Ostrow", "Hartsel",
)  # fmt: skip
_THINGS = (
    "the ferry terminal", "the new tramway", "a dam above the town", "the district hospital",
    "the cement works", "the fish market", "a bridge over the river", "the wheat reserve",
    "the power station", "a school built of timber", "the airport's second runway", "the old mine",
    "a reservoir", "the night train", "the vaccine programme", "the coastal road",
    "the land register", "a gas pipeline", "the football ground", "the island's only clinic",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WHY = (
    "after weeks of rain", "because the money had run out", "to the surprise of its own staff",
    "at the request of residents", "in spite of a warning from inspectors",
    "for want of spare parts", "since the contract ran out", "under pressure from the capital",
    "as prices rose again",
)  # fmt: skip
_AGENCIES = ("Seaboard", "Vasant", "Kestrel", "Nordlicht", "Waha", "Lighthouse")
_SENTENCES = (
    "{who}, {role}, said in a statement on {day} that {thing} would stay closed for {n} weeks.",
    "At least {n} people were injured, {m} of them seriously, when {thing} was damaged.",
    "Officials said that {thing} had cost {n}.{m} million crowns so far, twice the estimate.",
    "The decision was taken {why}, according to {who}, {role}.",
    '"We have been waiting {n} years," said {who}, {role}. "Nobody told us about {thing}."',
    "{who} declined to comment on {thing} when reached by telephone on {day}.",
    "Police in {place} said that they had questioned {n} witnesses and were looking for {m} more.",
    "Of the {n} households in {place}, {m} were without water on {day} morning, {who} said.",
    "The council of {place} voted by {n} to {m} to repair {thing} {why}.",
    "{who} told reporters that the figures for {thing} would be published on {day}.",
    "A court in {place} ordered the owners of {thing} to pay {n},{m} crowns in damages.",
    "Shares in the company that runs {thing} fell by {m}.{n} percent on {day}.",
    "Witnesses in {place} described how {thing} had shaken {why}; {n} were treated for shock.",
    "It was the second time in {m} months that {thing} had been in the news, {who} noted.",
    "The ministry expects {n} visitors to {place} by {day}, {m} percent more than a year ago.",
    "Engineers worked through the night to make {thing} safe, {who}, {role}, said.",
    "{who} won in {place} by {n} to {m} and will meet {who2} on {day}.",
    "There was no immediate word from {place} on what had happened to {thing}.",
    "The inquiry, led by {who}, heard on {day} that {thing} had been inspected {m} times.",
    "Growers near {place} lost {n} hectares to the water and want {thing} moved, said {who}.",
    "Trains between {place} and {place2} were delayed by up to {n} minutes {why}.",
    "{who} was {n}. The funeral is to be held in {place} on {day}, the family said.",
    "Prices rose {m}.{n} percent from a year earlier, the statistics office of {place} said.",
    "Doctors in {place} treated {n} patients in a night, {m} of them children, said {who}, {role}.",
)
_ADJUNCTS = (
    "once again", "by all accounts", "on the whole", "for now", "reluctantly", "at short notice",
    "as expected", "in private", "for the first time", "without comment", "at last", "officially",
    "by and large", "in the end", "on paper", "at some length", "in part", "yet again", "of late",
    "in passing", "so far", "at dawn", "on balance", "with regret", "in good time", "at worst",
)  # fmt: skip
_HEADLINES = (
    "{thing} in {place} closed {why}", "{who} says {place} must wait for {thing}",
    "{n} hurt in {place}", "{place} votes on {thing}", "{who} to answer for {thing}",
)  # fmt: skip


def _filled(pattern: str, chance: random.Random, topic: tuple[str, str, str]) -> str:
    """A sentence; half of the time about what the story is about. Two words thrown in anywhere keep
    the few patterns from making all stories alike."""
    who, place, thing = topic
    line = pattern.format(
        who=who if chance.random() < 0.4 else chance.choice(_PEOPLE),
        who2=chance.choice(_PEOPLE),
        role=chance.choice(_ROLES),
        place=place if chance.random() < 0.6 else chance.choice(_PLACES),
        place2=chance.choice(_PLACES),
        thing=thing if chance.random() < 0.5 else chance.choice(_THINGS),
        why=chance.choice(_WHY),
        day=chance.choice(_DAYS),
        n=chance.randint(2, 900),
        m=chance.randint(2, 90),
    )
    words = line.split(" ")
    for _ in range(2):
        words.insert(chance.randint(1, len(words) - 1), chance.choice(_ADJUNCTS))
    return " ".join([words[0][0].upper() + words[0][1:], *words[1:]])


def _topic(chance: random.Random) -> tuple[str, str, str]:
    return chance.choice(_PEOPLE), chance.choice(_PLACES), chance.choice(_THINGS)


def paragraphs(chance: random.Random, words: int) -> list[str]:
    """Paragraphs of one or two sentences, as agencies write them, of so many words or some more."""
    topic = _topic(chance)
    made: list[str] = []
    while sum(len(one.split()) for one in made) < words:
        lines = [
            _filled(chance.choice(_SENTENCES), chance, topic) for _ in range(chance.randint(1, 2))
        ]
        made.append(" ".join(lines))
    return made


def story(seed: int, words: int = 450) -> str:
    """The story of a seed, with its dateline."""
    chance = random.Random(seed)
    made = paragraphs(chance, words)
    return "\n\n".join([f"{dateline(chance)} {made[0]}", *made[1:]]) + "\n"


def dateline(chance: random.Random) -> str:
    """Place, day and agency, in one of the ways in which agencies write them."""
    place, agency = chance.choice(_PLACES), chance.choice(_AGENCIES)
    day = f"March {chance.randint(1, 28)}"
    return chance.choice(
        [f"{place.upper()}, {day} ({agency}) -", f"{place} [{agency}], {day} :",
         f"{place.upper()} ({agency}) \N{EM DASH}", f"{place.upper()}, {day}."]
    )  # fmt: skip


def headline(chance: random.Random) -> str:
    """A line over a story."""
    return _filled(chance.choice(_HEADLINES), chance, _topic(chance))


def table(seed: int) -> str:
    """What an agency sends every day: the same sentences with other figures."""
    chance = random.Random(seed)

    def figure() -> str:
        return f"{chance.randint(100, 9999)}.{chance.randint(10, 99)}"

    rows = [
        f"The {name} index closed at {figure()}, after {figure()} the day before."
        for name in ("Port Ansel", "Lindow", "Kalinda", "Nordhavn", "Drava", "Kisora")
    ]
    first = f"Markets at a glance for {chance.choice(_DAYS)}, from the Seaboard desk."
    rest = f"Crude oil for delivery next month settled at {figure()} a barrel, wheat at {figure()}."
    return "\n\n".join([first, *rows, rest])


_COASTS = (
    "Kalinda", "Drava", "Kisora", "Ansel", "Lindow", "Tavi", "Ostrel", "Murani", "Sarre", "Ulva",
    "Pendry", "Corvo", "Haldis", "Nerio", "Quilla", "Zembra",
)  # fmt: skip


def quake(seed: int) -> str:
    """What an agency writes by one form: each is another earthquake, in the same words."""
    chance = random.Random(seed)
    near, far = chance.sample(_COASTS, 2)
    return (
        f"{near.upper()} (Seaboard) - A magnitude {chance.randint(45, 79) / 10} earthquake struck "
        f"off the coast of {near} on {chance.choice(_DAYS)}, the Geological Survey said.\n\n"
        f"The quake was at a depth of {chance.randint(5, 90)} km ({chance.randint(3, 60)} miles) "
        f"and was centred {chance.randint(10, 300)} km southwest of {far}, the survey said. There "
        "were no immediate reports of damage or casualties.\n\n"
        f"No warning was issued by the Tsunami Centre. {near} lies on a belt of volcanoes and "
        "fault lines that circles the edges of the ocean."
    )
