"""Personal values of old events go under the key of their person, or of their centre.

Before any chain exists, since the chain covers the ciphertext. The refusal to change history is
lifted inside this step alone; it is one transaction, so nothing is ever left half-way.
"""

import json

from django.db import migrations

from saan.audit import triggers
from saan.audit.upgrade import OldKeyring, batches, opened

#: Written in the open by the first release, although it tells about somebody's health.
TOO_OPEN = ("urgent_needs",)
#: With these outcomes the facility was the place where the family lives.
AT_HOME = ("family", "hometown")


def reseal(apps, schema_editor):
    """Seal every personal value anew."""
    using = schema_editor.connection.alias
    model = apps.get_model("audit", "AuditEvent")
    if not model.objects.using(using).exists():
        return
    keys = OldKeyring(apps, using)
    with triggers.suspended(using):
        for events in batches(model.objects.using(using)):
            told = [(event, values) for event in events if (values := _personal(event))]
            keys.meet({e.person_id: e.centre_id for e, _ in told if e.person_id is not None})
            for event, values in told:
                text = json.dumps(values, ensure_ascii=False)
                if event.person_id is None:
                    event.sealed = keys.for_centre(event.centre_id, text)
                else:
                    event.sealed = keys.for_person(event.person_id, text)
            model.objects.using(using).bulk_update(
                [event for event, _ in told], ["sealed", "changes"], batch_size=100
            )


def _personal(event):
    """What must be sealed: what was, and what should have been. Taken out of the open values."""
    sealed = bytes(event.sealed)
    if sealed and sealed[:1] != b"\x01":
        return {}
    values = json.loads(opened(sealed)) if sealed else {}
    for name in TOO_OPEN:
        if event.person_id is not None and event.changes.get(name):
            values[name] = event.changes.pop(name)
    if event.changes.get("code") in AT_HOME and event.changes.get("facility"):
        values["place"] = event.changes.pop("facility")
    return values


class Migration(migrations.Migration):

    dependencies = [("audit", "0003_centre_keys_and_verification")]

    operations = [migrations.RunPython(reseal, migrations.RunPython.noop)]
