"""rust-bert built here, on the libtorch that its tch crate was written for, taken out of PyPI's torch.

PyPI's torch for Linux comes with CUDA. What runs on a CPU alone are three libraries of it, of which one asks for two small
CUDA packages when it is loaded; all are laid into one folder as if that were a libtorch without CUDA.
"""
from __future__ import annotations

import os
import platform
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
WHEELS = ("torch==2.4.0", "nvidia-cuda-runtime-cu12==12.1.105", "nvidia-cuda-cupti-cu12==12.1.105")
# By the names that programs look for.
LIBRARIES = {"libc10.so": "torch/lib/libc10.so", "libtorch_cpu.so": "torch/lib/libtorch_cpu.so", "libtorch.so": "torch/lib/libtorch_cpu.so",
             "libgomp-a34b3233.so.1": "torch/lib/libgomp-a34b3233.so.1", "libcudart.so.12": "nvidia/cuda_runtime/lib/libcudart.so.12",
             "libcupti.so.12": "nvidia/cuda_cupti/lib/libcupti.so.12"}


def build(work: Path) -> list:
    """The command that runs it."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise SystemExit("--rust-bert is for Linux on x86-64")
    libtorch = work / "libtorch"
    if not (libtorch / "build-version").exists():
        unpack(work, libtorch)
    environment = os.environ | {"LIBTORCH": str(libtorch), "LIBTORCH_CXX11_ABI": "0"}
    subprocess.run(["cargo", "build", "--release", "--locked", "--target-dir", work / "target"], cwd=HERE / "rust-bert", env=environment, check=True)
    return ["env", f"LD_LIBRARY_PATH={libtorch / 'lib'}", work / "target/release/dateline-bench-rust-bert"]


def unpack(work: Path, libtorch: Path) -> None:
    wheels, files = work / "wheels", work / "files"
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version", "3.11",
                    "--implementation", "cp", "--platform", "manylinux1_x86_64", "-d", wheels, *WHEELS], check=True)
    wanted = set(LIBRARIES.values())
    for wheel in wheels.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(files, [n for n in archive.namelist() if n in wanted or n.startswith("torch/include/")])
    (libtorch / "lib").mkdir(parents=True, exist_ok=True)
    for name, source in (("include", "torch/include"), *((f"lib/{name}", source) for name, source in LIBRARIES.items())):
        (libtorch / name).unlink(missing_ok=True)
        (libtorch / name).symlink_to(files / source)
    (libtorch / "build-version").write_text("2.4.0\n")
