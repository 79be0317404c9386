"""A performance as a sequence of events: what stage and studio share of the performance RNN.

`notes` is what a performance consists of; `vocabulary` the table of events; `stream` writes notes as events, in one
stream with what is heard, and reads them back; `condition` is what is asked of a performance besides: pitch classes and
density.
"""
