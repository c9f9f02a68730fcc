#ifndef LAYERS_H
#define LAYERS_H

#include <stddef.h>
#include <stdint.h>

/* The loops of network layers, losses and optimizers. Images are [planes, height, width], row-major. */

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

/* values[i, c, :] += bias[c]; gradient[c] += sum of values[:, c, :], with `count` items, `channels` and `size` values */
void kernel_add_bias_f(size_t count, size_t channels, size_t size, const float *bias, float *values);
void kernel_add_bias_d(size_t count, size_t channels, size_t size, const double *bias, double *values);
void kernel_bias_gradient_f(size_t count, size_t channels, size_t size, const float *values, float *gradient);
void kernel_bias_gradient_d(size_t count, size_t channels, size_t size, const double *values, double *gradient);

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

/* The sum over rows of log(sum exp(logits)) - logits[label]; gradient = scale * (softmax - one hot). */
double kernel_cross_entropy_f(
    size_t rows, size_t classes, const float *logits, const int32_t *labels, float scale, float *gradient);
double kernel_cross_entropy_d(
    size_t rows, size_t classes, const double *logits, const int32_t *labels, double scale, double *gradient);

/* velocity = momentum * velocity + gradient + decay * parameters; parameters -= rate * velocity */
void kernel_sgd_f(
    size_t n, float rate, float momentum, float decay, const float *gradient, float *velocity, float *parameters);
void kernel_sgd_d(
    size_t n, double rate, double momentum, double decay, const double *gradient, double *velocity, double *parameters);

/* What one step of Adam uses: `rate` is divided by 1 - beta1^t, `root_scale` is 1 / sqrt(1 - beta2^t), `shrink`
   multiplies the parameters first (decoupled decay), `decay` times the parameters is added to the gradient. */
typedef struct {
  double rate, beta1, beta2, epsilon, root_scale, shrink, decay;
} kernel_adam_step;

/* first = beta1 first + (1 - beta1) g; second = beta2 second + (1 - beta2) g^2;
   parameters -= rate * first / (sqrt(second) * root_scale + epsilon) */
void kernel_adam_f(size_t n, kernel_adam_step step, const float *gradient, float *first, float *second, float *parameters);
void kernel_adam_d(
    size_t n, kernel_adam_step step, const double *gradient, double *first, double *second, double *parameters);

#endif
