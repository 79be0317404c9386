class Validation: pass
def validation_table(*a): pass
