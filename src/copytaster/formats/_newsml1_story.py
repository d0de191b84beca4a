"""Which contents of an item of NewsML 1 are its text, which its pictures, which belong to those.

Text is told by its role, else by standing apart from pictures. A picture with the words that
belong to it is a unit of its own: nothing of it becomes text, and no permission of the text
becomes its own.
"""

from collections.abc import Iterator

import msgspec

from copytaster.formats import _newsml1_tree as tree
from copytaster.formats._newsml1_body import RANK
from copytaster.formats._newsml1_body import kind
from copytaster.formats._newsml1_tree import Component
from copytaster.formats._newsml1_tree import Content


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """The contents of one item, sorted by what they are for."""

    text: tuple[Content, ...] = ()
    """the parts of the text, in order"""
    others: tuple[Content, ...] = ()
    """texts that are not in the text: other renditions, summaries, contacts, captions"""
    loose: tuple[Component, ...] = ()
    """components that are not part of a picture"""
    captions: tuple[Content, ...] = ()
    """of the picture that the item itself is"""
    units: tuple["Unit", ...] = ()
    doubt: str | None = None
    """why it is not sure that the text is the text"""

    def by_role(self, roles: frozenset[str]) -> list[Content]:
        """Texts beside the text, and of no picture, whose component has one of the roles."""
        found = [content for content in self.others if content.role in roles]
        loose = set(map(id, self.loose)) if found else set()
        return [content for content in found if id(content.component) in loose]


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A picture, film or graphic with what belongs to it."""

    component: Component
    media: tuple[Content, ...]
    captions: tuple[Content, ...] = ()
    is_whole: bool = True
    """the component is the picture's; else it holds the text too, and its lines are the text's"""


def story(root: Component, media_type: str | None) -> Story:
    """The contents of the item whose component is ``root``; ``media_type``: it is a picture."""
    every = list(root.all_contents())
    if len(every) == 1 and not media_type and _is_plainly_text(every[0]):
        return Story(text=tuple(every), loose=tuple(root.walk()))
    texts = [content for content in every if content.kind == tree.TEXT and content.data is not None]
    candidates, doubt = ([], None) if media_type else _candidates(texts, every)
    chosen, mixed = _resolve(root, set(map(id, candidates)))
    doubt = doubt or ("two kinds of text in one component" if mixed else None)
    doubt = doubt or _several_stories(chosen) or _several_data(chosen)
    holders = _holders(candidates)
    units = tuple(_units(root, holders)) if root.has_media else ()
    taken = set(map(id, chosen))
    owned = {id(c) for unit in units for c in unit.captions}
    # The item's own picture is not beside it: what its components tell is told of the item.
    beside = [unit for unit in (units if chosen else units[1:]) if unit.is_whole]
    inside = {id(c) for unit in beside for c in unit.component.walk()}
    others = tuple(content for content in texts if id(content) not in taken)
    captions = [c for c in others if units and not chosen and _is_caption(c) and id(c) not in owned]
    return Story(
        text=tuple(chosen),
        others=others,
        loose=tuple(c for c in root.walk() if id(c) not in inside),
        captions=tuple(captions),
        units=units,
        doubt=doubt if chosen else None,
    )


def _is_plainly_text(content: Content) -> bool:
    """Nothing but a text, and nothing said of it that could make it something else."""
    if content.kind != tree.TEXT or content.data is None or content.component.in_media:
        return False
    is_text = not content.role or content.role in tree.MAIN
    return is_text and _several_data([content]) is None


def _several_data(chosen: list[Content]) -> str | None:
    """The DTD allows one DataContent, or one Encoding around it; of more the first is read."""
    for content in chosen:
        held = len(content.part.all("DataContent")) + len(content.part.all("Encoding"))
        if held > 1:
            return f"{held} data in one ContentItem"
    return None


def _holders(candidates: list[Content]) -> set[int]:
    """The components on the way to any of the contents, each looked at once."""
    found: set[int] = set()
    for content in candidates:
        component: Component | None = content.component
        while component is not None and id(component) not in found:
            found.add(id(component))
            component = component.parent
    return found


# --- the text ------------------------------------------------------------------------------------


def _candidates(texts: list[Content], every: list[Content]) -> tuple[list[Content], str | None]:
    """Contents that may be the text: by role, else by standing apart from any picture."""
    texts = [content for content in texts if not content.component.in_media]
    named = [content for content in texts if content.role in tree.MAIN]
    if named:
        return named, None
    if any(content.role in tree.MAIN and content.is_media for content in every):
        return [], None  # the main thing is a picture: what has no role is about it
    bare = [content for content in texts if not content.role]
    apart = [content for content in bare if not content.component.shows_media]
    if found := apart or bare:
        return found, None
    odd = [content for content in texts if not _is_known(content.role)]
    return odd, f"a text in the role {odd[0].role[:60]}" if odd else None


def _is_known(role: str) -> bool:
    """Roles of words that are certainly not the text."""
    aside = (tree.HEADLINE, tree.SUBHEADLINE, tree.SUMMARY, tree.CAPTION, tree.MEDIA_ROLES)
    return any(role in known for known in aside) or role in ("contact", "stylesheet")


def _resolve(component: Component, wanted: set[int]) -> tuple[list[Content], bool]:
    """The candidates below a component: all complements in order, or the best alternative.

    Also whether contents of different kinds stand side by side without being called
    alternatives: they may be renditions of one text, or parts of it.
    """
    options: list[list[Content]] = []
    mixed = False
    for member in component.members():
        if isinstance(member, Content):
            found = [member] if id(member) in wanted else []
        else:
            found, below = _resolve(member, wanted)
            mixed = mixed or below
        options += [found] if found else []
    if component.equivalents and options:
        return min(options, key=_rank), mixed
    kinds = {kind(found) for found in component.contents if id(found) in wanted}
    if len(kinds) > 1:
        return min(options, key=_rank), True
    return [content for option in options for content in option], mixed


def _rank(option: list[Content]) -> int:
    return RANK.index(kind(option[0]))


def _several_stories(chosen: list[Content]) -> str | None:
    """Texts under different headlines may be different stories; an item has one headline."""
    if len(chosen) < 2:
        return None
    holders = {id(content.component): content.component for content in chosen}
    headlines = {found for one in holders.values() if (found := _headline_over(one))}
    return f"{len(headlines)} headlines over one text" if len(headlines) > 1 else None


def _headline_over(component: Component) -> str | None:
    """The headline told nearest to what a component holds."""
    at: Component | None = component
    while at is not None:
        for block in at.part.parts("NewsLines"):
            if found := block.text("HeadLine"):
                return found
        at = at.parent
    return None


# --- pictures ------------------------------------------------------------------------------------


def _units(component: Component, holders: set[int]) -> Iterator[Unit]:
    """Pictures below a component. ``holders`` are the components on the way to the text."""
    if not component.has_media:
        return
    if id(component) not in holders and component.parent is not None and not _is_split(component):
        yield _unit(component)
        return
    for content in component.contents:
        if content.is_media:
            yield Unit(component=component, media=(content,), is_whole=False)
    for child in component.children:
        yield from _units(child, holders)


def _is_split(component: Component) -> bool:
    """Whether a component holds several pictures, and not one in several renditions."""
    inside = [child for child in component.children if child.has_media]
    if component.shows_media or component.equivalents or len(inside) < 2:
        return False
    return any(child.children or child.part.children.get("NewsLines") for child in inside)


def _unit(component: Component) -> Unit:
    contents = list(component.all_contents())
    return Unit(
        component=component,
        media=tuple(content for content in contents if content.is_media),
        captions=tuple(content for content in contents if _is_caption(content)),
    )


def _is_caption(content: Content) -> bool:
    """Words of a picture's own: told by their role, or without any that says otherwise."""
    if content.kind != tree.TEXT or content.data is None:
        return False
    role = content.role
    return role in tree.CAPTION or not role or role in tree.MAIN or role in tree.MEDIA_ROLES
