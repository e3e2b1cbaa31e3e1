"""Give every text that has been public its line in the register of digests, in the order in which they began."""

from hashlib import sha256
from typing import Any

from django.db import migrations, models

from embassy import moment

BATCH = 500
NO_LINE = "0" * 64
FIELDS = ("title", "summary", "change_note", "withdrawal_notice", "body")


def enter(apps: Any, schema_editor: Any) -> None:
    """Write the first lines, as `news.register` did on the day on which it began."""
    Edition = apps.get_model("news", "Edition")
    RegisterLine = apps.get_model("news", "RegisterLine")
    begun = Edition.objects.filter(state="approved", is_registered=False, public_from__lte=moment.now())
    keys = begun.values_list("public_from", "approved_at", "statement__number", "sequence", "pk")
    order = sorted((max(key[0], key[1]), *key[2:]) for key in keys)
    last = RegisterLine.objects.order_by("-position").first()
    position, chain = (last.position, last.chain) if last else (0, NO_LINE)
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        editions = Edition.objects.select_related("statement").in_bulk([key[-1] for key in batch])
        lines = []
        for key in batch:
            edition, position = editions[key[-1]], position + 1
            digest = sha256(_words(edition).encode()).hexdigest()
            chain = sha256(_line(chain, position, edition, digest).encode()).hexdigest()
            lines.append(
                RegisterLine(position=position, edition=edition, digest=digest, chain=chain, entered_at=key[0])
            )
        RegisterLine.objects.bulk_create(lines)
        Edition.objects.filter(pk__in=list(editions)).update(is_registered=True)


def _words(edition: Any) -> str:
    head = (
        f"Embassy canonical text 1\nnumber: {edition.statement.number}\nedition: {edition.sequence}\n"
        f"language: {edition.language}\ndate: {edition.date.isoformat()}\n"
    )
    values = [(name.replace("_", " "), getattr(edition, name)) for name in FIELDS]
    return head + "".join(f"{name}: {len(value.encode())}\n{value}\n" for name, value in values)


def _line(chain: str, position: int, edition: Any, digest: str) -> str:
    begun = edition.public_from.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    return (
        f"Embassy register line 1\nprevious: {chain}\nposition: {position}\nnumber: {edition.statement.number}\n"
        f"edition: {edition.sequence}\nlanguage: {edition.language}\n"
        f"public from: {begun}\ndigest: {digest}\n"
    )


class Migration(migrations.Migration):
    dependencies = [("news", "0011_told_and_tagged")]

    operations = [
        migrations.RemoveIndex(model_name="edition", name="edition_to_register"),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                condition=models.Q(("is_registered", False)),
                fields=["state", "public_from"],
                name="edition_to_register",
            ),
        ),
        migrations.AddIndex(model_name="registerline", index=models.Index(fields=["digest"], name="line_by_digest")),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
