//! Projects as people have them, and which of their imports nobody asks for.

use super::*;
use crate::analysis::Settings;
use crate::content::testing::builtin;
use crate::modules::testing::Workspace;

/// The modules that are imported and not asked for by the file with the cursor.
fn undeclared(fixture: &str) -> Vec<String> {
    let (files, path, _) = Workspace::new(fixture);
    let file = ProjectFile::new(FileKind::of(&path).unwrap(), &files.text(&path).unwrap());
    let found = findings(builtin(), &file, &Settings::default(), Place::new(&files, &path));
    let found = found.iter().filter(|it| it.rule == "import-undeclared");
    found.map(|it| it.message.split('`').nth(1).unwrap().to_owned()).collect()
}

#[test]
fn a_package_in_src_that_hatchling_builds() {
    let files = r#"//- pyproject.toml
$0[build-system]
requires = ["hatchling>=1.24", "hatch-vcs"]
build-backend = "hatchling.build"

[project]
name = "shop"
dynamic = ["version"]
requires-python = ">=3.11"
dependencies = [
    "click>=8.1 ; python_version >= '3.11'",
    "httpx[http2]~=0.27",
]

[project.optional-dependencies]
yaml = ["PyYAML"]

[project.scripts]
shop = "shop.cli:main"

[dependency-groups]
dev = ["pytest", {include-group = "lint"}]
lint = ["ruff", "mypy"]

[tool.ruff]
line-length = 100
//- src/shop/__init__.py
//- src/shop/cli.py
import click

from shop.api import load
from . import models
//- src/shop/api.py
import asyncio

import httpx
import yaml
from bs4 import BeautifulSoup
//- src/shop/models.py
from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    import pandas as pd
//- tests/test_api.py
import pytest
import requests
"#;
    // What a group brings along is there for those who work on the project.
    assert_eq!(undeclared(files), ["bs4", "pydantic"]);
    // Of a requirement of the program itself it has to be known.
    assert_eq!(undeclared(&files.replace("\"PyYAML\"", "\"PyYAML\", \"company\"")), [""; 0]);
}

#[test]
fn a_list_with_pins_and_options() {
    let files = "//- requirements.txt
$0# the web
--index-url https://example.org/simple
-c constraints.txt
Django==5.2  # long term
psycopg2-binary==2.9.9
celery[redis]==5.4.0 ; python_version >= '3.8'
//- constraints.txt
urllib3<3
//- requirements-dev.txt
-r requirements.txt
pytest
ruff
company-test-tools
//- manage.py
import os
import sys
//- config/settings.py
import os

from dotenv import load_dotenv
//- config/urls.py
from django.urls import path
from rest_framework import routers

from config import settings
//- shop/views.py
import redis
import requests
from celery import shared_task
from dateutil.parser import parse
from django.shortcuts import render
import pytest
";
    // `celery[redis]` asks for redis, and the other list for pytest.
    assert_eq!(undeclared(files), ["dateutil", "dotenv", "requests", "rest_framework"]);
}

#[test]
fn tools_that_are_configured_beside_a_list() {
    let files = "//- requirements.txt\n$0numpy\nscikit-learn>=1\n//- pyproject.toml\n[tool.black]\n\
                 line-length = 100\n[tool.pytest.ini_options]\naddopts = '-q'\n//- setup.cfg\n\
                 [flake8]\nmax-line-length = 100\n//- model.py\nimport numpy as np\n\
                 import sklearn.linear_model\nimport matplotlib.pyplot as plt\nimport cv2\n";
    assert_eq!(undeclared(files), ["cv2", "matplotlib"]);
    for (name, asks) in [
        ("pyproject.toml", "[tool.poetry.dependencies]\nmatplotlib = '*'\n"),
        ("pyproject.toml", "[project]\nname = 'a'\ndependencies = ['matplotlib']\n"),
        ("pyproject.toml", "[project\n"),
        ("setup.cfg", "[options]\ninstall_requires = matplotlib\n"),
    ] {
        let (start, rest) = files.split_once(&format!("//- {name}\n")).unwrap();
        let rest = rest.find("//- ").map_or("", |at| &rest[at..]);
        let other = format!("{start}//- {name}\n{asks}{rest}");
        assert_eq!(undeclared(&other), [""; 0], "{other}");
    }
}

#[test]
fn a_project_that_asks_for_nothing_yet() {
    let files = |dependencies: &str| {
        format!(
            "//- pyproject.toml\n$0[project]\nname = \"app\"\nversion = \"0.1.0\"\n{dependencies}\
             //- main.py\nimport requests\n\n\ndef main():\n    print(requests.get('x'))\n"
        )
    };
    assert_eq!(undeclared(&files("dependencies = []\n")), ["requests"]);
    assert_eq!(undeclared(&files("")), ["requests"]);
    assert_eq!(undeclared(&files("dynamic = [\"dependencies\"]\n")), [""; 0]);
    assert_eq!(undeclared(&files("[tool.uv]\ndev-dependencies = []\n")), [""; 0]);
}

#[test]
fn what_pip_compile_has_resolved() {
    // The list in use holds what the others need, too.
    let files = "//- requirements.txt\n$0certifi==2024.7.4\n    # via requests\nrequests==2.32.3\n    \
                 # via -r requirements.in\nurllib3==2.2.2\n    # via requests\n//- requirements.in\n\
                 requests\n//- app.py\nimport requests\nimport urllib3\nimport yaml\n";
    // certifi is in no table, so that nothing is said of what it may bring along.
    assert_eq!(undeclared(files), [""; 0]);
    let files = files.replace("certifi==2024.7.4\n    # via requests\n", "");
    assert_eq!(undeclared(&files), ["yaml"]);
}
