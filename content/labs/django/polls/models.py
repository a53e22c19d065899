from django.db import models


class Choice(models.Model):
    text = models.CharField(max_length=200)
    votes = models.PositiveIntegerField(default=0)
