# Some servers look for a file and a variable of these names.
from app import app as application
