"""Imported by the process that riders are forked from: modules and kernels are loaded once, before the first rider."""

import bench.chaos  # noqa: F401 # what riders need, and the module of whoever starts them, which each of them imports
from eyre.resolve.model import default_model
from eyre.service.warm_kernels import warm_keys

warm_keys(default_model())
