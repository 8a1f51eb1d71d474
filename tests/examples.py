"""On how many examples a property is tried: few and always the same, or many at random."""

from hypothesis import settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

#: of every run, and so before a merge: a red test is then always the change's own doing
FIXED = "fixed"
#: of `make test-long`
SEARCH = "search"
_MORE = 25


def examples(count):
    """Return the settings of a property: tried on so many examples, when they are few."""
    searching = settings.get_current_profile_name() == SEARCH
    return settings(max_examples=_MORE * count if searching else count)


def register():
    """Register both profiles and load the first; --hypothesis-profile loads another."""
    common = settings(deadline=None, database=None, print_blob=True, max_examples=40)
    settings.register_profile(FIXED, common, derandomize=True)
    settings.register_profile(SEARCH, common, derandomize=False, max_examples=40 * _MORE)
    settings.load_profile(FIXED)
    _draw_without_our_constants()


def _draw_without_our_constants():
    """Keep examples the same whatever code of ours is loaded, and whatever stands in it.

    Hypothesis draws now and then a number that it has read in a module of the project, of those
    that are loaded by then. So a draw depended on which tests had run before it in the same
    process, and on the font size of a scene that had nothing to do with it.
    """
    none = Constants()
    found = providers._get_local_constants

    def constants():
        return none if settings.default.derandomize else found()

    providers._get_local_constants = constants
