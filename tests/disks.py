"""A disk that gets full, and has room again: a real one."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = 1 << 24


class SmallDisk:
    """A folder whose disk can be filled.

    With `mounted` it is a file system of its own (tmpfs), which a ballast file fills: the system says "No space left on
    device". Otherwise a process (this one, or another by its number) may not make its files any longer: it says "File
    too large", and needs no rights.
    """

    def __init__(self, folder: Path, *, mounted: bool) -> None:
        self.folder, self.mounted = folder, mounted

    @property
    def words(self) -> str:
        """What the system says of it."""
        return "No space left on device" if self.mounted else "File too large"

    @contextmanager
    def full(self, leaving: int = 0, process: int = 0) -> Iterator[None]:
        """Leave so many bytes (whole pages) of room to the files."""
        if self.mounted:
            ballast = self.folder / "ballast"
            with ballast.open("wb", buffering=0) as file:
                try:
                    while True:
                        file.write(bytes(4096))
                except OSError:
                    file.truncate(file.tell() // 4096 * 4096 - leaving)
            try:
                yield
            finally:
                ballast.unlink()
        else:
            import resource

            sizes = [path.stat().st_size for path in self.folder.iterdir()]
            before = resource.prlimit(process, resource.RLIMIT_FSIZE)
            resource.prlimit(process, resource.RLIMIT_FSIZE, (max(sizes, default=0) + leaving, before[1]))
            try:
                yield
            finally:
                resource.prlimit(process, resource.RLIMIT_FSIZE, before)


@contextmanager
def small_disk(folder: Path, *, mounted: bool) -> Iterator[SmallDisk]:
    """Mount a small file system where that is wanted and permitted."""
    if mounted:
        command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
        mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
    try:
        yield SmallDisk(folder, mounted=mounted)
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
