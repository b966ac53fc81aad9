"""README.md is the first page, links that leave docs/ lead to the repository, and Mermaid comes from the file that MERMAID_JS names."""
import os
import re
from pathlib import Path

from mkdocs.structure.files import File

ROOT = Path(__file__).parent.parent
BLOB = 'https://github.com/cdk8s-openclaw/cdk8s-openclaw/blob/main/'


def on_files(files, config):
    # the fences of README.md say how its code is compiled: ```ts nofixture
    text = re.sub(r'^```(\w+) nofixture$', r'```\1', (ROOT / 'README.md').read_text(), flags=re.M)
    text = re.sub(r'\]\((?!https?:|#|docs/)([^)]+)\)', rf']({BLOB}\1)', text)
    files.append(File.generated(config, 'index.md', content=text.replace('](docs/', '](')))
    if mermaid := os.environ.get('MERMAID_JS'):
        files.append(File.generated(config, 'mermaid.min.js', abs_src_path=mermaid))
    return files


def on_config(config):
    # without a file of the site the theme loads it from another host
    if os.environ.get('MERMAID_JS'):
        config.extra_javascript.append('mermaid.min.js')
    return config


def on_page_markdown(markdown, **_):
    return re.sub(r'\]\(\.\./([^)]+)\)', rf']({BLOB}\1)', markdown)
