"""The mathematics of regularization: losses, penalties, descent, geometry, certificates."""
