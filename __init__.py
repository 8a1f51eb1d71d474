"""regviz: certified animations, figures and pages that teach regularization."""
