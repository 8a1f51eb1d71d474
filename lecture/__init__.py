"""Plans, runs and assembles outputs: from what the user asked for to files that are whole."""
