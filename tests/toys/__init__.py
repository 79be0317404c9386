"""A second family of models, as small as it can be: what `livehost.studio.family` asks for, and no more."""
