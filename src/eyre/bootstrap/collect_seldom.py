"""How often Python looks for garbage that its counts of references miss."""

import gc

_OBJECTS = 100_000


def collect_seldom() -> None:
    """For a process that takes deliveries in: to be called once, before it does.

    A delivery is a great many values that hold each other in no circle, and go when nothing names them any more. To
    look through all that live after every 700 new ones, which is Python's default, took a third of the time of a large
    delivery; after every 100,000 it takes a hundredth, and what is found late is some ten megabytes at most.
    """
    gc.set_threshold(_OBJECTS)
