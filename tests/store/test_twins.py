"""Whatever is said of twins, in whatever order, is the same from both sides."""

from hypothesis import given
from hypothesis import strategies as some

from tests import blank
from tests.store.contract_twins import families
from tests.store.contract_twins import of
from tests.store.contract_twins import tell
from tests.store.making import publishing

FIVE = range(1, 6)
number = some.sampled_from(FIVE)


@given(some.lists(some.tuples(number, some.sets(number)), max_size=8))
def test_pairs_stand_from_both_sides_and_families_have_the_same_members(
    said: list[tuple[int, set[int]]],
) -> None:
    store = blank.in_memory()
    store.commit([publishing(n) for n in FIVE])
    for n, others in said:
        tell(store, n, *others)
    for n in FIVE:
        assert all(n in of(store, other) for other in of(store, n))
        (family,) = families(store, n) or [[n]]
        assert all((families(store, other) or [[other]]) == [family] for other in family)
    store.close()
