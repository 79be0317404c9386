"""What the evaluation of any model family needs: confidence intervals, tables, JSON, and the command around them."""
