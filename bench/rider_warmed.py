"""Imported by the process that riders are forked from: modules and kernels are loaded once, before the first rider."""

import bench.chaos_table
import bench.country
import bench.disturbances
import bench.same_end  # noqa: F401 # what each rider imports with the module of whoever starts it
from eyre.resolve.model import default_model
from eyre.service.warm_kernels import warm_keys

warm_keys(default_model())
