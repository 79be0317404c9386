"""Who answers: players decide what sounds next, timing decides when."""
