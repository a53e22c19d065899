from django.db import migrations


def add(apps, schema_editor):
    question = apps.get_model("questions", "Question").objects.create(text="Which server answers you?")
    choices = apps.get_model("questions", "Choice").objects
    for text in ("runserver", "Gunicorn"):
        choices.create(question=question, text=text)


class Migration(migrations.Migration):
    dependencies = [("questions", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
