"""How many examples a law is held against: few in every run, hundreds with `-m slow`."""

from hypothesis import HealthCheck, settings

_SLOW_DRAWS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
QUICK = settings(max_examples=15, suppress_health_check=_SLOW_DRAWS)
QUICK_STORE = settings(max_examples=5, suppress_health_check=_SLOW_DRAWS)
THOROUGH = settings(max_examples=300, suppress_health_check=_SLOW_DRAWS)
THOROUGH_STORE = settings(max_examples=25, suppress_health_check=_SLOW_DRAWS)
