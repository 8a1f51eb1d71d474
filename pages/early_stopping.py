"""What the page of `early-stopping` needs of its exhibit: the pair of features."""

from regviz.pages.principal import data

__all__ = ["data"]
