"""How dates are written, as the NHS service manual has it."""
