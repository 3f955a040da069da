"""Fields and wording of this app's forms. Their look is the crispy pack's, in templates/nhsuk/."""
