"""Fitting the weights of a model: to truth, to judgements, or to pairs of which the other fields are sure."""
