"""An invented country: people, facilities, courts and what they publish, with the formats and faults of real places.

Nobody in it exists. The same seed gives the same country, to the byte.
"""
