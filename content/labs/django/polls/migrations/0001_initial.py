from django.db import migrations, models


def add_choices(apps, schema_editor):
    choices = apps.get_model("polls", "Choice").objects
    for text in ("runserver", "Gunicorn"):
        choices.create(text=text)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200)),
                ("votes", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.RunPython(add_choices, migrations.RunPython.noop),
    ]
