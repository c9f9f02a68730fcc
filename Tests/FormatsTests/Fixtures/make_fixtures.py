"""Makes the NPY, NPZ and PNG fixtures. Run in this folder with NumPy 2.2.6 and Pillow 13.0.0."""

import io
import struct
import zipfile
import zlib

import numpy as np
from PIL import Image

rng = np.random.default_rng(7)


def save(name, array, **options):
    np.save(name + ".npy", array, **options)


values = np.array([[0, 1, 2], [3, 100, 127]])
for dtype in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]:
    for order in "<>":
        save(f"{'little' if order == '<' else 'big'}-{dtype}", values.astype(order + dtype))
for order in "<>":
    name = "little" if order == "<" else "big"
    save(f"{name}-c8", (values + 1j * values[::-1]).astype(order + "c8"))
    save(f"{name}-c16", (values + 1j * values[::-1]).astype(order + "c16"))
    save(f"{name}-U", np.array(["Ångström", "", "crack 🔬"], dtype=order + "U8"))
save("bool", np.array([[True, False], [False, True]]))
save("bytes", np.array([b"pit", b"", b"scratches"]))
save("scalar", np.float64(2.5))
save("empty", np.zeros((0, 16, 16), np.float32))
save("empty-inside", np.zeros((3, 0), np.int64))
save("vector", np.arange(5, dtype=np.float32))
save("fortran", np.asfortranarray(np.arange(24, dtype=np.float32).reshape(2, 3, 4)))
save("fortran-big", np.asfortranarray(np.arange(35).reshape(5, 7).astype(">i2")))
save("extremes-i8", np.array([np.iinfo("i8").min, -1, np.iinfo("i8").max]))
save("extremes-u8", np.array([0, np.iinfo("u8").max], dtype="u8"))
save("halves", np.array([0.5, -2.0, np.inf, np.nan, 6e-8], dtype="f2"))
save("object", np.array([1, "two", None], dtype=object), allow_pickle=True)
save("structured", np.zeros(2, dtype=[("a", "f4"), ("b", "i4")]))
save("dates", np.array(["2026-01-01"], dtype="datetime64[D]"))
save("raw", np.zeros(2, dtype="V3"))

for version in [(2, 0), (3, 0)]:
    with open(f"version-{version[0]}.npy", "wb") as file:
        np.lib.format.write_array(file, np.arange(6.0).reshape(2, 3), version=version)

arrays = {
    "X": rng.integers(0, 256, (20, 16, 16), dtype=np.uint8),
    "y": np.arange(20) % 3,
    "classes": np.array(["brick", "grass", "gravel"]),
    "weights": np.linspace(-1, 1, 12).reshape(3, 4),
    "größe": np.float32(0.25),
}
np.savez("stored.npz", **arrays)
np.savez_compressed("deflated.npz", **arrays)
np.savez("none.npz")


class Stream(io.RawIOBase):
    """A file that cannot seek: zipfile puts sizes behind the data."""

    def __init__(self, name):
        self.file = open(name, "wb")

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)


def npy(array):
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


with zipfile.ZipFile(Stream("streamed.npz"), "w", zipfile.ZIP_DEFLATED) as archive:
    for name, array in arrays.items():
        archive.writestr(zipfile.ZipInfo(name + ".npy"), npy(array), zipfile.ZIP_DEFLATED)


def write_zip64(file_name):
    """Writes every size and offset as 64 bits, as archives of more than 4 GiB have them."""
    body, directory = b"", b""
    for name, array in arrays.items():
        data, path = npy(array), (name + ".npy").encode()
        fields = struct.pack("<HHHHHIIIH", 45, 0x800, 0, 0, 33, zlib.crc32(data), 2**32 - 1, 2**32 - 1, len(path))
        sizes = struct.pack("<QQ", len(data), len(data))
        extra = struct.pack("<HH", 1, 24) + sizes + struct.pack("<Q", len(body))
        directory += b"PK\1\2" + struct.pack("<H", 45) + fields
        directory += struct.pack("<HHHHII", len(extra), 0, 0, 0, 0, 2**32 - 1) + path + extra
        body += b"PK\3\4" + fields + struct.pack("<H", 20) + path + struct.pack("<HH", 1, 16) + sizes + data
    count, start = len(arrays), len(body)
    end64 = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, len(directory), start)
    locator = b"PK\6\7" + struct.pack("<IQI", 0, start + len(directory), 1)
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 2**16 - 1, 2**16 - 1, 2**32 - 1, 2**32 - 1, 0)
    with open(file_name, "wb") as file:
        file.write(body + directory + end64 + locator + end)


write_zip64("zip64.npz")
for name in ["streamed.npz", "zip64.npz"]:
    assert all((np.load(name)[key] == value).all() for key, value in arrays.items())
np.savez("object.npz", y=np.arange(3), files=np.array(["a", None], dtype=object))
np.savez("names.npz", **{"a/b": np.arange(2), "with space": np.arange(3)})

# PNG, each beside the samples that libpng must give; palette and small samples come expanded to 8 bits.
ramp = (np.arange(7 * 5).reshape(7, 5) * 7).astype(np.uint8)
deep = (np.arange(7 * 5).reshape(7, 5) * 1871).astype(np.uint16)
color = rng.integers(0, 256, (7, 5, 4), dtype=np.uint8)
palette = Image.fromarray(color[..., :3]).quantize(6)


def png(name, image, samples, **options):
    image.save(f"{name}.png", **options)
    np.save(f"{name}.png.npy", samples)


png("gray8", Image.fromarray(ramp), ramp)
png("gray16", Image.fromarray(deep), deep)
png("gray1", Image.fromarray(ramp > 100), 255 * (ramp > 100).astype(np.uint8))
png("gray-alpha", Image.fromarray(color[..., :2], "LA"), color[..., :2])
png("rgb", Image.fromarray(color[..., :3]), color[..., :3])
png("rgba", Image.fromarray(color), color)
png("palette", palette, np.array(palette.convert("RGB")))


def raw_png(name, samples, bit_depth, color_type, interlaced=False, claimed=None):
    """Writes by hand what Pillow does not write: Adam7, 16-bit colour, a header that lies."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    height, width = claimed or samples.shape[:2]
    starts = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    passes = [samples[y::dy, x::dx] for y, x, dy, dx in starts] if interlaced else [samples]
    rows = [b"\0" + row.astype(f">u{bit_depth // 8}").tobytes() for part in passes if part.size for row in part]
    header = struct.pack(">IIBBBBB", width, height, bit_depth, color_type, 0, 0, int(interlaced))
    data = zlib.compress(b"".join(rows))
    with open(f"{name}.png", "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b""))


raw_png("interlaced", ramp, 8, 0, interlaced=True)
np.save("interlaced.png.npy", ramp)
color16 = rng.integers(0, 65536, (4, 3, 3), dtype=np.uint16)
raw_png("rgb16", color16, 16, 2)
np.save("rgb16.png.npy", color16)
raw_png("bomb", ramp, 8, 0, claimed=(100_000, 100_000))
assert (np.array(Image.open("interlaced.png")) == ramp).all()
