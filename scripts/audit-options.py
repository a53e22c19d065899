"""Prints the options that the pinned servers themselves take, as JSON: their own parsers are asked.

Run by audit-options.ts.
"""

import argparse
import json
from importlib.metadata import version

import flask.cli
from gunicorn.config import KNOWN_SETTINGS, Config
from waitress.adjustments import Adjustments, asbool

#: What waitress makes its own command line of.
PARAMETERS = Adjustments._params  # pyright: ignore[reportAttributeAccessIssue]


def kind_of(type_):
    return "int" if type_ in (int,) or getattr(type_, "__name__", "") in ("auto_int", "IntParamType") else "text"


def gunicorn():
    takes = {None: "one", "?": "optional"}
    options = []
    for action in Config().parser()._actions:
        if not action.option_strings:
            continue
        none = action.nargs == 0 or isinstance(action, (argparse._HelpAction, argparse._VersionAction))
        options.append(
            {
                "flags": action.option_strings,
                "setting": action.dest,
                "takes": "none" if none else takes[action.nargs],
                "value": kind_of(action.type),
            }
        )
    defaults = {}
    for setting in KNOWN_SETTINGS:
        plain = setting.default is None or isinstance(setting.default, (str, int, bool))
        defaults[setting.name] = setting.default if plain else None
    return {"version": version("gunicorn"), "options": options, "settings": defaults}


def waitress():
    options = [{"flags": [f"--{name}"], "setting": name, "takes": "none", "value": "text"} for name in ("help", "call")]
    for name, cast in PARAMETERS:
        flag = name.replace("_", "-")
        if cast is asbool:
            options.append({"flags": [f"--{flag}"], "setting": name, "takes": "none", "value": "text"})
            options.append({"flags": [f"--no-{flag}"], "setting": f"no_{name}", "takes": "none", "value": "text"})
        else:
            options.append({"flags": [f"--{flag}"], "setting": name, "takes": "one", "value": kind_of(cast)})
    return {"version": version("waitress"), "options": options, "settings": dict.fromkeys(dict(PARAMETERS))}


def click_options(command):
    options = []
    for param in command.params:
        if param.param_type_name != "option":
            continue
        flags = list(param.opts) + list(param.secondary_opts)
        takes = "none" if param.is_flag or param.count else "one"
        for flag in flags if param.secondary_opts else [flags]:
            options.append(
                {
                    "flags": [flag] if isinstance(flag, str) else flag,
                    "setting": param.name if flag not in param.secondary_opts else f"no_{param.name}",
                    "takes": takes,
                    "value": kind_of(type(param.type)),
                }
            )
    return options


def flask_run():
    group = flask.cli.FlaskGroup()
    both = click_options(group) + click_options(flask.cli.run_command)
    both.append({"flags": ["--help"], "setting": "help", "takes": "none", "value": "text"})
    return {"version": version("flask"), "options": both, "settings": {}}


print(json.dumps({"gunicorn": gunicorn(), "waitress": waitress(), "flask-run": flask_run()}))
