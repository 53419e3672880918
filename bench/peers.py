"""What other systems reached on the same data: measured on the same kind of machine (2 cores, 24 GiB, Python 3.11), on
whole clusters, as their own documentation configures them. See docs/explanation/accuracy.md.

Splink 5.0.0: connected components of pairs at probability .95. recordlinkage 0.16: connected components of its
unsupervised ECM at .95. goldenmatch 3.22.0: the clusters that it gives by default, in its zero-configuration mode and
(`prob.`) in its probabilistic one, `auto_configure_probabilistic_df`. On `historical_50k` they use the place of birth
and the occupation as well; the row `splink 5, same fields` is without these two, as Eyre is.
"""

from typing import NamedTuple


class PeerFigure(NamedTuple):
    """Cluster-pairwise precision, recall and F1, B-cubed F1, and seconds in all; `None` where it was not noted."""

    data_set: str
    system: str
    precision: float | None
    recall: float | None
    f1: float
    bcubed_f1: float | None
    seconds: float | None


PEERS = (
    PeerFigure("febrl3", "splink 5", 1.0, 0.9905, 0.9952, 0.9971, 1.43),
    PeerFigure("febrl3", "recordlinkage", 1.0, 0.9948, 0.9974, 0.9983, 3.47),
    PeerFigure("febrl3", "goldenmatch", 0.9992, 0.9833, 0.9912, 0.9951, 0.62),
    PeerFigure("febrl3", "goldenmatch prob.", 1.0, 0.9988, 0.9994, 0.9996, 4.77),
    PeerFigure("febrl4", "splink 5", 1.0, 0.9946, 0.9973, 0.9986, 3.19),
    PeerFigure("febrl4", "recordlinkage", 1.0, 0.9914, 0.9957, 0.9978, 3.97),
    PeerFigure("febrl4", "goldenmatch", 1.0, 0.9884, 0.9942, 0.9971, 0.82),
    PeerFigure("febrl4", "goldenmatch prob.", 0.9976, 0.9986, 0.9981, 0.9993, 9.06),
    PeerFigure("historical_50k", "splink 5", 0.9209, 0.752, 0.8279, 0.8564, 10.03),
    PeerFigure("historical_50k", "splink 5, same fields", None, None, 0.711, None, None),
    PeerFigure("historical_50k", "recordlinkage", 0.8401, 0.5317, 0.6513, 0.7181, 5.29),
    PeerFigure("historical_50k", "goldenmatch", 0.9596, 0.7464, 0.8397, 0.8586, 34.01),
    PeerFigure("historical_50k", "goldenmatch prob.", 0.9596, 0.7464, 0.8397, 0.8586, 10.98),
    PeerFigure("ppl_all", "splink 5", 0.7953, 0.9953, 0.8841, 0.9578, 53.45),
    PeerFigure("ppl_all", "recordlinkage", 0.9887, 0.9414, 0.9644, 0.9764, 2.46),
    PeerFigure("ppl_all", "goldenmatch", 0.4447, 0.9649, 0.6088, 0.8626, 4.1),
    PeerFigure("ppl_all", "goldenmatch prob.", 0.786, 0.4725, 0.5902, 0.7522, 18.43),
    PeerFigure("ppl_census_link", "splink 5", 0.9112, 0.9819, 0.9452, 0.9884, 88.2),
)
