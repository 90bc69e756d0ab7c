"""From one cycle to the next: what came of the one that is over, and what is carried into the one that begins. Pure."""
