from django.db import models


class Unit(models.Model):
    name = models.CharField(max_length=40)

    def __str__(self):
        return self.name


class Person(models.Model):
    name = models.CharField(max_length=40, db_index=True)
    sex = models.CharField(max_length=1)
    born = models.DateField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    category = models.CharField(max_length=3, blank=True, choices=[(c, c) for c in ('A01', 'A02', 'A10', 'B02', 'B03', 'B07', 'C03', 'D01')])
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ['name', 'id']
        indexes = [models.Index(fields=['unit', 'category', 'name', 'id'])]
