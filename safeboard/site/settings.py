"""Django's settings of one house. What differs between houses comes from the environment (docs/deployment.md).

SAFEBOARD_MODE is `production` (the default, behind a proxy that speaks TLS), `local` (`./run serve` on one machine),
`demo` or `test`.
"""

import os
import secrets
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from safeboard.foundation.database.address import settings_of
from safeboard.foundation.database.server import Server
from safeboard.site.mail import mail_server

ROOT = Path(__file__).resolve().parent.parent.parent
MODE = os.environ.get("SAFEBOARD_MODE", "production")
DEMO = MODE == "demo"
DATA = Path(os.environ.get("SAFEBOARD_DATA", ROOT / "house"))
"""Where this house keeps its key, its own database server and its files."""
SCRUBBED_MARK = DATA / "scrubbed-copy"
SCRUBBED_COPY = SCRUBBED_MARK.exists()
"""A copy in which nobody is real (`./run restore --scrub`): every page says so."""


def _secret_key() -> str:
    """The key given, else one made once and kept beside the data, readable by its owner alone."""
    if given := os.environ.get("SAFEBOARD_SECRET_KEY"):
        return given
    kept = DATA / "secret-key"
    if not kept.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64))
    return kept.read_text()


DEBUG = False
SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SAFEBOARD_OLD_SECRET_KEYS", "").split(",") if key]
ALLOWED_HOSTS = os.environ.get("SAFEBOARD_HOSTS", "localhost,127.0.0.1").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
DATABASES = {
    "default": {
        **settings_of(os.environ.get("DATABASE_URL") or Server(DATA / "postgres").url()),
        "ATOMIC_REQUESTS": True,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
    }
}

INSTALLED_APPS = [
    "safeboard.foundation.agencies",
    "safeboard.foundation.audit",
    "safeboard.foundation.access",
    "safeboard.foundation.pages",
    "safeboard.foundation.signing_in",
    "safeboard.foundation.confidentiality",
    "safeboard.foundation.watching",
    "safeboard.foundation.administering",
    "safeboard.tools.contacts",
    "safeboard.tools.actions",
    "safeboard.casework.people",
    "safeboard.casework.matching",
    "safeboard.figures.performance",
    "safeboard.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",  # its list of where each user is signed in; the pages that show and end it are ours
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "safeboard.site.browser.NothingKeptMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "safeboard.foundation.access.middleware.SeatMiddleware",
    "safeboard.foundation.audit.reading.ReadingMiddleware",
    "safeboard.foundation.signing_in.pace.PaceMiddleware",
    "safeboard.foundation.signing_in.idle.IdleMiddleware",
    "safeboard.foundation.signing_in.second_factor.SecondFactorMiddleware",
    "safeboard.foundation.access.middleware.DoorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "safeboard.site.urls"
WSGI_APPLICATION = "safeboard.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "safeboard.site.navigation.navigation",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "safeboard.foundation.signing_in.password_words.NoWordsOfOurs"},
]
PUBLIC_PAGES_OF_LIBRARIES = {
    "account_login": "signing in",
    "account_inactive": "an account that is closed",
    "account_reset_password": "a forgotten password",
    "account_reset_password_done": "a forgotten password",
    "account_reset_password_from_key": "a forgotten password",
    "account_reset_password_from_key_done": "a forgotten password",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
    "openid_connect_login": "signing in at one's agency",
    "openid_connect_callback": "signing in at one's agency",
    "socialaccount_login_error": "signing in at one's agency",
}
SIGNED_IN_PAGES_OF_LIBRARIES = {
    "account_logout": "one's own session",
    "account_reauthenticate": "one's own session",
    "account_change_password": "one's own account",
    "account_set_password": "one's own account",
    "mfa_index": "one's own account",
    "mfa_reauthenticate": "one's own session",
    "mfa_reauthenticate_webauthn": "one's own session",
    "mfa_activate_totp": "one's own account",
    "mfa_deactivate_totp": "one's own account",
    "mfa_view_recovery_codes": "one's own account",
    "mfa_generate_recovery_codes": "one's own account",
    "mfa_download_recovery_codes": "one's own account",
    "mfa_list_webauthn": "one's own account",
    "mfa_add_webauthn": "one's own account",
    "mfa_edit_webauthn": "one's own account",
    "mfa_remove_webauthn": "one's own account",
    "mfa_signup_webauthn": "one's own account",
}
"""Pages that come from the sign-in library: those not named here are not found."""

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
CLOSED_RECORD_PAGE = "confidentiality:closed"
"""Where somebody is led who may know that a record exists but may not open it."""
ACCOUNT_ADAPTER = "safeboard.foundation.signing_in.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "safeboard.foundation.signing_in.account_forms.SignInForm",
    "reset_password": "safeboard.foundation.signing_in.account_forms.ForgottenPasswordForm",
    "reset_password_from_key": "safeboard.foundation.signing_in.account_forms.PasswordByLinkForm",
    "change_password": "safeboard.foundation.signing_in.account_forms.ChangePasswordForm",
    "set_password": "safeboard.foundation.signing_in.account_forms.SetPasswordForm",
    "reauthenticate": "safeboard.foundation.signing_in.account_forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,20/5m/key"}
"""Behind the lock-out below, which comes first and tells how long."""
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if MODE == "production" else 0
USERSESSIONS_TRACK_ACTIVITY = False
"""It would write at every page; when a session was last seen stands in the session (signing_in/sessions.py)."""
MFA_ADAPTER = "safeboard.foundation.signing_in.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "safeboard.foundation.signing_in.account_forms.AppForm",
    "authenticate": "safeboard.foundation.signing_in.lock_out.SecondStepForm",
    "reauthenticate": "safeboard.foundation.signing_in.account_forms.SecondStepAgainForm",
    "add_webauthn": "safeboard.foundation.signing_in.passkeys.AddPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
"""An address is proved by the invitation sent to it; the library's own table of addresses is not filled."""
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Safeboard"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = MODE != "production"
SOCIALACCOUNT_ADAPTER = "safeboard.foundation.signing_in.agency_sign_in.AgencyAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
"""A form may not lead to another site (the policy on scripts), a link may; the answer is tied to this browser."""
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1  # hours
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "safeboard.foundation.signing_in.lock_out.locked_out"
AXES_USERNAME_CALLABLE = "safeboard.foundation.signing_in.lock_out.name_of_tries"
AXES_CLIENT_IP_CALLABLE = "safeboard.foundation.signing_in.lock_out.address_of"
AXES_SENSITIVE_PARAMETERS = ["login", "email", "username", "password", "code", "credential", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True  # the trail tells who signed in
IDLE_SIGN_OUT = 30 * 60  # seconds
REQUESTS_A_MINUTE = 300
"""Of one signed-in session, in each web process; 0: no bound. Static files do not count."""

SECURE = MODE == "production"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
if SECURE:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"  # a neighbouring site cannot set these
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_AGE = 8 * 60 * 60  # seconds from signing in, whatever is opened meanwhile: see signing_in/idle.py
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "signing_in_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # beyond it a third is dropped, whether it is still needed or not
    }
}
"""In the database: codes already used and tries are counted over all web processes."""

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA / "files"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
LARGEST_UPLOAD = 200 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "safeboard.foundation.pages.uploads.LargestUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "safeboard.foundation.pages.uploads.RoomForUploads",
]
CSRF_FAILURE_VIEW = "safeboard.site.failing.not_from_here"
HOUSE_ADDRESS = os.environ.get("SAFEBOARD_ADDRESS", f"https://{ALLOWED_HOSTS[0]}").rstrip("/")
"""Where the house is found, for links in e-mails and calendars."""
MAIL = "" if DEMO else os.environ.get("SAFEBOARD_MAIL", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL or MODE == 'production' else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA / "letters"
"""Where a house that is not in production, and names no mail server, puts the e-mails that it does not send."""
_MAIL_SERVER = mail_server(MAIL or "smtp://localhost:25")
EMAIL_HOST, EMAIL_PORT = _MAIL_SERVER.host, _MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL_SERVER.user, _MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL_SERVER.starts_tls, _MAIL_SERVER.speaks_tls
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("SAFEBOARD_MAIL_FROM", f"safeboard@{ALLOWED_HOSTS[0]}")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"pages": {"()": "safeboard.site.log_lines.WithoutAddresses"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["pages"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
