"""Eight sources of a simulated town, from pseudopeople's public sample (see NOTICE)."""
