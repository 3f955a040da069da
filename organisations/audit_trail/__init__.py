"""Reading the audit trail of one organisation: who may is decided by Permission.READ_AUDIT_TRAIL."""
