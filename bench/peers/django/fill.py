# fill.py ROWS.json -- makes the tables and puts the records in; prints the cookie and the token of a signed-in administrator.
import json
import os
import sys

import django

os.environ['DJANGO_SETTINGS_MODULE'] = 'settings'
sys.path.insert(0, os.path.dirname(__file__))
django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from register.models import Person, Unit

connection.cursor().execute('PRAGMA journal_mode=WAL')
call_command('makemigrations', 'register', verbosity=0)
call_command('migrate', verbosity=0)
with open(sys.argv[1]) as f:
    rows = [json.loads(line) for line in f]
Unit.objects.bulk_create([Unit(id=i, name='单位%d' % i) for i in range(1, 17)])
for at in range(0, len(rows), 5000):
    Person.objects.bulk_create([Person(id=r['id'], name=r['name'], sex=r['sex'], born=r['born'], unit_id=r['unit'], category=r['category'],
                                       phone=r['phone'], address=r['address']) for r in rows[at:at + 5000]])
User.objects.create_superuser('admin', 'admin@localhost.invalid', 'nuan-bench-1')
connection.cursor().execute('ANALYZE')
