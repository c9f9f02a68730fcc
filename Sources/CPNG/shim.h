#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/* libpng reports errors by longjmp, which must not cross Swift frames: the calls between setjmp and the end are here. */

typedef struct {
  unsigned int width, height;
  int channels, bit_depth;
  size_t file_row_bytes; /* the bytes of one row as the file stores it, before palette and small samples expand */
  char message[128];
} png_shim_image;

typedef struct {
  const unsigned char *data;
  size_t size, offset;
} png_shim_source;

typedef struct {
  unsigned char *data;
  size_t size, capacity;
} png_shim_sink;

static inline void png_shim_fail(png_structp png, png_const_charp message) {
  png_shim_image *image = (png_shim_image *)png_get_error_ptr(png);
  strncpy(image->message, message, sizeof image->message - 1);
  png_longjmp(png, 1);
}

static inline void png_shim_ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static inline void png_shim_take(png_structp png, png_bytep target, size_t count) {
  png_shim_source *source = (png_shim_source *)png_get_io_ptr(png);
  if (count > source->size - source->offset) png_error(png, "the file ends too early");
  memcpy(target, source->data + source->offset, count);
  source->offset += count;
}

static inline void png_shim_give(png_structp png, png_bytep bytes, size_t count) {
  png_shim_sink *sink = (png_shim_sink *)png_get_io_ptr(png);
  if (sink->capacity - sink->size < count) {
    size_t capacity = 2 * sink->capacity + count;
    unsigned char *data = (unsigned char *)realloc(sink->data, capacity);
    if (!data) png_error(png, "out of memory");
    sink->data = data;
    sink->capacity = capacity;
  }
  memcpy(sink->data + sink->size, bytes, count);
  sink->size += count;
}

static inline void png_shim_flush(png_structp png) { (void)png; }

/* Reads the header, and the samples too unless `pixels` is null; 16-bit samples come in the order of a little-endian
   CPU. Returns 1, or 0 with a message. */
static inline int png_shim_decode(const unsigned char *data, size_t size, unsigned char *pixels,
                                  png_shim_image *image) {
  png_shim_source source = {data, size, 0};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, image, png_shim_fail, png_shim_ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info || setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
  }
  png_set_read_fn(png, &source, png_shim_take);
  png_set_user_limits(png, 1 << 20, 1 << 20);
  png_read_info(png, info);
  image->file_row_bytes = png_get_rowbytes(png, info);
  png_set_expand(png);
  png_set_swap(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  image->width = png_get_image_width(png, info);
  image->height = png_get_image_height(png, info);
  image->channels = png_get_channels(png, info);
  image->bit_depth = png_get_bit_depth(png, info);
  if (pixels) {
    size_t stride = png_get_rowbytes(png, info);
    for (int pass = 0; pass < passes; pass++)
      for (unsigned int row = 0; row < image->height; row++) png_read_row(png, pixels + row * stride, NULL);
    png_read_end(png, NULL);
  }
  png_destroy_read_struct(&png, &info, NULL);
  return 1;
}

/* Writes an image into memory that the caller frees, also on failure. Returns 1, or 0 with a message. */
static inline int png_shim_encode(const unsigned char *pixels, png_shim_image *image, png_shim_sink *sink) {
  static const int color_types[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                                    PNG_COLOR_TYPE_RGB_ALPHA};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, image, png_shim_fail, png_shim_ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info || setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return 0;
  }
  size_t stride = (size_t)image->width * image->channels * (image->bit_depth / 8);
  png_set_write_fn(png, sink, png_shim_give, png_shim_flush);
  png_set_user_limits(png, 1 << 20, 1 << 20);
  png_set_IHDR(png, info, image->width, image->height, image->bit_depth, color_types[image->channels - 1],
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
  png_write_info(png, info);
  png_set_swap(png);
  for (unsigned int row = 0; row < image->height; row++) png_write_row(png, pixels + row * stride);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return 1;
}
