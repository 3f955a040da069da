"""A person who can sign in. Their e-mail address is their name here; there is no password to forget."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

ANONYMISED_DOMAIN = "anonymised.invalid"  # where leavers' addresses are; no mail can ever go there (RFC 2606)


class UserManager(BaseUserManager["User"]):
    """Makes people; addresses are stored in lower case so that one person is one row."""

    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person. `password` None means that only an e-mailed code signs them in."""
        user = self.model(email=self.normalise(email), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str, password: str | None = None, **fields: Any) -> "User":
        """Create a member of Django staff with every permission in the admin."""
        return self.create_user(email, name, password, is_staff=True, is_superuser=True, **fields)

    @staticmethod
    def normalise(email: str) -> str:
        return email.strip().lower()


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField("can sign in", default=True)
    is_staff = models.BooleanField("content admin", default=False, help_text="May sign in to the Django admin.")
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        help_text="The account of the same person that is used instead; this one cannot sign in.",
    )
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name", "email")
        constraints = (models.UniqueConstraint(Lower("email"), name="one_person_per_email"),)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.email = UserManager.normalise(self.email)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
