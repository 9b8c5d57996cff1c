# Django's own admin over the same records, with the settings of its deployment check list.
import os

SECRET_KEY = 'only-for-the-benchmark'
DEBUG = False
ALLOWED_HOSTS = ['127.0.0.1']
INSTALLED_APPS = ['django.contrib.admin', 'django.contrib.auth', 'django.contrib.contenttypes', 'django.contrib.sessions', 'django.contrib.messages', 'register']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware', 'django.contrib.sessions.middleware.SessionMiddleware', 'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware', 'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware', 'django.middleware.clickjacking.XFrameOptionsMiddleware',
]
ROOT_URLCONF = 'urls'
TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'OPTIONS': {
    'context_processors': ['django.template.context_processors.request', 'django.contrib.auth.context_processors.auth', 'django.contrib.messages.context_processors.messages'],
    'loaders': [('django.template.loaders.cached.Loader', ['django.template.loaders.app_directories.Loader'])]}}]
DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': os.environ['BENCH_DB'], 'CONN_MAX_AGE': None, 'OPTIONS': {'timeout': 30}}}
SESSION_ENGINE = 'django.contrib.sessions.backends.signed_cookies'
PASSWORD_HASHERS = ['django.contrib.auth.hashers.MD5PasswordHasher']
LANGUAGE_CODE = 'zh-hans'
USE_TZ = True
STATIC_URL = '/static/'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'
