"""Pictures and films of attention: what each choice rested on."""
