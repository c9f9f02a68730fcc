#ifndef TRAINING_H
#define TRAINING_H

#include <stddef.h>

/* The loops of losses and optimizers. */

/* The sum over rows of sum over k of w_k q_k (log sum exp(logits) - logits_k), where q = (1 - smoothing) targets +
   smoothing / classes and w are the weights, null for ones; gradient = scale times its own. */
double kernel_cross_entropy_f(
    size_t rows, size_t classes, const float *logits, const float *targets, const float *weights, float smoothing,
    float scale, float *gradient);
double kernel_cross_entropy_d(
    size_t rows, size_t classes, const double *logits, const double *targets, const double *weights, double smoothing,
    double scale, double *gradient);

/* The functions of an output and its target that are summed, d being their difference: d^2; |d|; d^2/2 up to |d| =
   delta, then delta (|d| - delta/2); max(x, 0) - x t + log(1 + e^-|x|) of logits x. */
typedef enum {
  kernel_squared_loss, kernel_absolute_loss, kernel_huber_loss, kernel_logistic_loss
} kernel_loss;

/* The sum of a loss over n numbers; gradient = scale times its own. */
double kernel_sum_loss_f(
    size_t n, kernel_loss loss, float delta, const float *outputs, const float *targets, float scale, float *gradient);
double kernel_sum_loss_d(
    size_t n, kernel_loss loss, double delta, const double *outputs, const double *targets, double scale,
    double *gradient);

/* The sum over rows of 1 - (2 sum(p t) + smoothing) / (sum p + sum t + smoothing), p = 1 / (1 + e^-logits). */
double kernel_dice_loss_f(
    size_t rows, size_t n, float smoothing, const float *logits, const float *targets, float scale, float *gradient);
double kernel_dice_loss_d(
    size_t rows, size_t n, double smoothing, const double *logits, const double *targets, double scale,
    double *gradient);

/* What one step of gradient descent uses: with `nesterov` the step looks ahead along the velocity. */
typedef struct {
  double rate, momentum, decay;
  int nesterov;
} kernel_sgd_step;

/* g = gradient + decay * parameters; velocity = momentum * velocity + g;
   parameters -= rate * (nesterov ? g + momentum * velocity : velocity) */
void kernel_sgd_f(size_t n, kernel_sgd_step step, const float *gradient, float *velocity, float *parameters);
void kernel_sgd_d(size_t n, kernel_sgd_step step, const double *gradient, double *velocity, double *parameters);

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

typedef struct {
  double rate, smoothing, epsilon, momentum, decay;
} kernel_rmsprop_step;

/* g = gradient + decay * parameters; squares = smoothing squares + (1 - smoothing) g^2;
   velocity = momentum velocity + g / (sqrt(squares) + epsilon); parameters -= rate * velocity */
void kernel_rmsprop_f(
    size_t n, kernel_rmsprop_step step, const float *gradient, float *squares, float *velocity, float *parameters);
void kernel_rmsprop_d(
    size_t n, kernel_rmsprop_step step, const double *gradient, double *squares, double *velocity, double *parameters);

#endif
