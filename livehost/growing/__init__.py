"""A bank from a bank: a model makes more sounds of a folder's kind, and those that pass the checks are written.

What is asked for is an `Order`; `livehost.growing.grow.Work` carries it out, and `livehost.growing.host` does so in a
process of its own, beside a running stage. Nothing here needs torch.
"""
