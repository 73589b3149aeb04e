# SPDX-License-Identifier: MIT
"""Prints where a prefix has the packages of this interpreter: a folder that it looks into.

    site_folder.py PREFIX

Debian's Python looks for what the system brings in /usr/lib/python3/dist-packages, and for what its
administrator installs in /usr/local/lib/python3.11/dist-packages. For a prefix that it does not
look into at all the answer is the folder of its usual layout.
"""

import os
import site
import sys
import sysconfig


def folder(prefix):
    for path in site.getsitepackages():
        if os.path.relpath(path, prefix).split(os.sep)[0] in ("lib", "lib64"):
            return path
    values = {"base": prefix, "platbase": prefix}
    return sysconfig.get_path("platlib", "posix_prefix", values)


if __name__ == "__main__":
    print(folder(sys.argv[1]))
