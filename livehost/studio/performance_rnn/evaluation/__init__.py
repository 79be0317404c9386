"""How good a performance RNN is: likelihood beside n-grams, whether it listens, whether it does what is asked of it."""
