"""One Hypothesis profile for every test: no deadline, for a first call may compile a kernel."""

from hypothesis import settings

settings.register_profile("eyre", deadline=None, print_blob=True)
settings.load_profile("eyre")

pytest_plugins = ["tests.postgres"]
