#ifndef LAYERS_H
#define LAYERS_H

#include <stddef.h>
#include <stdint.h>

/* The loops of network layers. Images are [planes, height, width], row-major. */

/* values = max(values, 0), keeping NaN; gradient = 0 where the output is not positive */
void kernel_relu_f(size_t n, float *values);
void kernel_relu_d(size_t n, double *values);
void kernel_relu_gradient_f(size_t n, const float *outputs, float *gradient);
void kernel_relu_gradient_d(size_t n, const double *outputs, double *gradient);

/* values = tanh(values); gradient *= 1 - outputs^2 */
void kernel_tanh_f(size_t n, float *values);
void kernel_tanh_d(size_t n, double *values);
void kernel_tanh_gradient_f(size_t n, const float *outputs, float *gradient);
void kernel_tanh_gradient_d(size_t n, const double *outputs, double *gradient);

/* values = 1 / (1 + exp(-values)); gradient *= outputs * (1 - outputs) */
void kernel_sigmoid_f(size_t n, float *values);
void kernel_sigmoid_d(size_t n, double *values);
void kernel_sigmoid_gradient_f(size_t n, const float *outputs, float *gradient);
void kernel_sigmoid_gradient_d(size_t n, const double *outputs, double *gradient);

/* values = x < 0 ? slope * x : x, slope > 0; gradient *= slope where the output is negative */
void kernel_leaky_relu_f(size_t n, float slope, float *values);
void kernel_leaky_relu_d(size_t n, double slope, double *values);
void kernel_leaky_relu_gradient_f(size_t n, float slope, const float *outputs, float *gradient);
void kernel_leaky_relu_gradient_d(size_t n, double slope, const double *outputs, double *gradient);

/* output = x Phi(x), or with `is_tanh` x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))); input_gradient = its derivative
   times output_gradient */
void kernel_gelu_f(size_t n, int is_tanh, const float *input, float *output);
void kernel_gelu_d(size_t n, int is_tanh, const double *input, double *output);
void kernel_gelu_gradient_f(
    size_t n, int is_tanh, const float *input, const float *output_gradient, float *input_gradient);
void kernel_gelu_gradient_d(
    size_t n, int is_tanh, const double *input, const double *output_gradient, double *input_gradient);

/* Softmax over the channels at each position of [count, channels, size], in place, and its gradient from the outputs. */
void kernel_softmax_f(size_t count, size_t channels, size_t size, float *values);
void kernel_softmax_d(size_t count, size_t channels, size_t size, double *values);
void kernel_softmax_gradient_f(size_t count, size_t channels, size_t size, const float *outputs, float *gradient);
void kernel_softmax_gradient_d(size_t count, size_t channels, size_t size, const double *outputs, double *gradient);

/* Which numbers dropout sets to zero: number i is kept where the 32 random bits of Philox4x32-10 at place first + i,
   under the key and in the step, are at least `threshold`; those kept are multiplied by `scale`. */
typedef struct {
  uint64_t key, step, first;
  uint32_t threshold;
} kernel_dropout_place;

void kernel_dropout_f(size_t n, kernel_dropout_place place, float scale, float *values);
void kernel_dropout_d(size_t n, kernel_dropout_place place, double scale, double *values);

/* values[i, c, :] += bias[c]; gradient[c] += sum of values[:, c, :], with `count` items, `channels` and `size` values */
void kernel_add_bias_f(size_t count, size_t channels, size_t size, const float *bias, float *values);
void kernel_add_bias_d(size_t count, size_t channels, size_t size, const double *bias, double *values);
void kernel_bias_gradient_f(size_t count, size_t channels, size_t size, const float *values, float *gradient);
void kernel_bias_gradient_d(size_t count, size_t channels, size_t size, const double *values, double *gradient);

/* output[p, :] = factors[p] * input[p, :]; sums[p] = sum of a[p, :] * b[p, :], with planes of `size` values */
void kernel_scale_planes_f(size_t planes, size_t size, const float *input, const float *factors, float *output);
void kernel_scale_planes_d(size_t planes, size_t size, const double *input, const double *factors, double *output);
void kernel_plane_products_f(size_t planes, size_t size, const float *a, const float *b, float *sums);
void kernel_plane_products_d(size_t planes, size_t size, const double *a, const double *b, double *sums);

/* How windows lie on an image: `top` and `left` rows and columns of padding come before it. */
typedef struct {
  ptrdiff_t height, width;
  ptrdiff_t window_height, window_width;
  ptrdiff_t stride_y, stride_x;
  ptrdiff_t top, left;
  ptrdiff_t output_height, output_width;
} kernel_windows;

/* The largest value of each window, padding excluded; its gradient goes to the first largest in row-major order. */
void kernel_max_pool_f(size_t planes, kernel_windows windows, const float *input, float *output);
void kernel_max_pool_d(size_t planes, kernel_windows windows, const double *input, double *output);
void kernel_max_pool_gradient_f(
    size_t planes, kernel_windows windows, const float *input, const float *output_gradient, float *input_gradient);
void kernel_max_pool_gradient_d(
    size_t planes, kernel_windows windows, const double *input, const double *output_gradient, double *input_gradient);

/* The sum of each window divided by its whole size, padding counted as zeros. */
void kernel_average_pool_f(size_t planes, kernel_windows windows, const float *input, float *output);
void kernel_average_pool_d(size_t planes, kernel_windows windows, const double *input, double *output);
void kernel_average_pool_gradient_f(
    size_t planes, kernel_windows windows, const float *output_gradient, float *input_gradient);
void kernel_average_pool_gradient_d(
    size_t planes, kernel_windows windows, const double *output_gradient, double *input_gradient);

/* Units that each have weights of their own, [filters, channels, window_height, window_width, output_height,
   output_width], on windows of an image: outputs, and gradients with respect to inputs (overwritten) and weights (added
   to). */
void kernel_local_f(
    size_t count, size_t channels, size_t filters, kernel_windows windows, const float *input, const float *weights,
    float *output);
void kernel_local_input_gradient_f(
    size_t count, size_t channels, size_t filters, kernel_windows windows, const float *output_gradient,
    const float *weights, float *input_gradient);
void kernel_local_weight_gradient_f(
    size_t count, size_t channels, size_t filters, kernel_windows windows, const float *output_gradient,
    const float *input, float *weight_gradient);
void kernel_local_d(
    size_t count, size_t channels, size_t filters, kernel_windows windows, const double *input, const double *weights,
    double *output);
void kernel_local_input_gradient_d(
    size_t count, size_t channels, size_t filters, kernel_windows windows, const double *output_gradient,
    const double *weights, double *input_gradient);
void kernel_local_weight_gradient_d(
    size_t count, size_t channels, size_t filters, kernel_windows windows, const double *output_gradient,
    const double *input, double *weight_gradient);

/* Values [count, channels, size] and one number per channel. */
typedef struct {
  size_t count, channels, size;
} kernel_channels;

/* The mean of each channel and the sum of the squared distances from it. */
void kernel_channel_moments_f(kernel_channels s, const float *values, double *means, double *squares);
void kernel_channel_moments_d(kernel_channels s, const double *values, double *means, double *squares);

/* The mean and the variance of each channel, and what is added to the variance. */
typedef struct {
  const double *mean, *variance;
  double epsilon;
} kernel_statistics;

/* output = weight * (input - mean) / sqrt(variance + epsilon) + bias */
void kernel_normalize_f(
    kernel_channels s, kernel_statistics statistics, const float *input, const float *weight,
    const float *bias, float *output);
void kernel_normalize_d(
    kernel_channels s, kernel_statistics statistics, const double *input, const double *weight,
    const double *bias, double *output);

/* The sums of the gradient g and of g * (input - mean) over each channel. */
void kernel_normalize_sums_f(
    kernel_channels s, kernel_statistics statistics, const float *gradient, const float *input,
    double *sums, double *products);
void kernel_normalize_sums_d(
    kernel_channels s, kernel_statistics statistics, const double *gradient, const double *input,
    double *sums, double *products);

/* input_gradient = weight / d * (g - mean of g - (input - mean) / d^2 * mean of g * (input - mean)), d the deviation */
void kernel_normalize_gradient_f(
    kernel_channels s, kernel_statistics statistics, const double *means, const double *mean_products,
    const float *gradient, const float *input, const float *weight, float *input_gradient);
void kernel_normalize_gradient_d(
    kernel_channels s, kernel_statistics statistics, const double *means, const double *mean_products,
    const double *gradient, const double *input, const double *weight, double *input_gradient);

/* weight_gradient += products / d; bias_gradient += sums */
void kernel_normalize_parameter_gradient_f(
    size_t channels, kernel_statistics statistics, const double *sums, const double *products, float *weight_gradient,
    float *bias_gradient);
void kernel_normalize_parameter_gradient_d(
    size_t channels, kernel_statistics statistics, const double *sums, const double *products, double *weight_gradient,
    double *bias_gradient);

/* values = (1 - share) * values + share * factor * new_values */
void kernel_follow_f(size_t n, double share, double factor, const double *new_values, float *values);
void kernel_follow_d(size_t n, double share, double factor, const double *new_values, double *values);

/* Each row of n values brought to mean 0 and variance 1, then times weight plus bias; null stands for ones and zeros.
   gradient: overwrites input_gradient; parameter_gradient: adds to weight_gradient and bias_gradient. */
void kernel_layer_norm_f(
    size_t rows, size_t n, double epsilon, const float *input, const float *weight, const float *bias, float *output);
void kernel_layer_norm_d(
    size_t rows, size_t n, double epsilon, const double *input, const double *weight, const double *bias,
    double *output);
void kernel_layer_norm_gradient_f(
    size_t rows, size_t n, double epsilon, const float *gradient, const float *input, const float *weight,
    float *input_gradient);
void kernel_layer_norm_gradient_d(
    size_t rows, size_t n, double epsilon, const double *gradient, const double *input, const double *weight,
    double *input_gradient);
void kernel_layer_norm_parameter_gradient_f(
    size_t rows, size_t n, double epsilon, const float *gradient, const float *input, float *weight_gradient,
    float *bias_gradient);
void kernel_layer_norm_parameter_gradient_d(
    size_t rows, size_t n, double epsilon, const double *gradient, const double *input, double *weight_gradient,
    double *bias_gradient);

#endif
