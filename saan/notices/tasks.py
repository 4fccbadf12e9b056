"""Background work of notices."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task


@task()
def write_letter(user_id: int, code: str, params: dict[str, str]) -> None:
    """Send a letter about an account; a server that does not take it is asked again."""
    from saan.accounts.models import User
    from saan.kernel.clock import BANGKOK
    from saan.kernel.thai import dates
    from saan.notices import letters, mail

    to = User.objects.filter(pk=user_id).values_list("email", flat=True).first()
    if not to:
        return
    when = datetime.fromisoformat(params["when"]).astimezone(BANGKOK)
    words = {**params, "when": f"{dates.short(when.date())} {when:%H:%M}"}
    subject, text = letters.letter(code, words)
    if not mail.send(to, subject, text):
        raise ConnectionError("The mail server did not take the letter.")
