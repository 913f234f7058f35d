#include "optimizers.h"

#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/scalar_tensor.h>
#include <ATen/ops/stack.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>

#include "flat.h"

namespace semblant {
namespace {

/** Numbers of one step of Adam: θ ← shrink·θ + rate · m / (√v / root + eps), of gradients g + decay·θ. */
struct AdamStep {
  double beta1, beta2, eps, rate, root, decay, shrink;
};

template <typename T, bool amsgrad>
SEMBLANT_FOR_EACH_PROCESSOR void adam_part(int64_t n, T* __restrict p, const T* __restrict g, T* __restrict m, T* __restrict v,
                                           T* __restrict most, const AdamStep& step) {
  const T beta1 = step.beta1, beta2 = step.beta2, rest1 = 1 - step.beta1, rest2 = 1 - step.beta2;
  const T eps = step.eps, rate = step.rate, root = step.root, decay = step.decay, shrink = step.shrink;
  for (int64_t i = 0; i < n; i++) {
    const T gradient = g[i] + decay * p[i];
    const T mean = m[i] * beta1 + rest1 * gradient;
    const T square = v[i] * beta2 + rest2 * gradient * gradient;
    m[i] = mean;
    v[i] = square;
    T largest = square;
    if (amsgrad) largest = most[i] = most[i] < square ? square : most[i];
    p[i] = p[i] * shrink + rate * (mean / (std::sqrt(largest) / root + eps));
  }
}

template <typename T>
SEMBLANT_FOR_EACH_PROCESSOR void sgd_part(int64_t n, T* __restrict p, const T* __restrict g, T rate, T decay) {
  for (int64_t i = 0; i < n; i++) p[i] -= rate * (g[i] + decay * p[i]);
}

/** The step goes along the velocity, or with Nesterov along the direction and so much of the velocity as momentum keeps. */
template <typename T>
SEMBLANT_FOR_EACH_PROCESSOR void momentum_part(int64_t n, T* __restrict p, const T* __restrict g, T* __restrict velocity, T rate, T momentum,
                                               bool nesterov, T decay) {
  const T ahead = nesterov ? momentum : T(1), direct = nesterov ? T(1) : T(0);
  for (int64_t i = 0; i < n; i++) {
    const T direction = g[i] + decay * p[i];
    velocity[i] = velocity[i] * momentum + direction;
    p[i] -= rate * (direct * direction + ahead * velocity[i]);
  }
}

/** As libtorch's lerp: from the nearer end. */
template <typename T>
SEMBLANT_FOR_EACH_PROCESSOR void average_part(int64_t n, T* __restrict a, const T* __restrict w, T share) {
  if (share < T(0.5)) for (int64_t i = 0; i < n; i++) a[i] += share * (w[i] - a[i]);
  else for (int64_t i = 0; i < n; i++) a[i] = w[i] - (w[i] - a[i]) * (1 - share);
}

constexpr int64_t SUMMED = 4096;  // squares added in their own type before they are added in double
constexpr int SUMS = 16;

template <typename T>
SEMBLANT_FOR_EACH_PROCESSOR double squares_part(int64_t n, const T* g) {
  T sums[SUMS] = {};
  int64_t i = 0;
  for (; i + SUMS <= n; i += SUMS)
    for (int k = 0; k < SUMS; k++) sums[k] += g[i + k] * g[i + k];
  for (; i < n; i++) sums[0] += g[i] * g[i];
  double sum = 0;
  for (const T part : sums) sum += part;
  return sum;
}

template <typename T>
double squares(const at::Tensor& tensor) {
  const T* values = tensor.data_ptr<T>();
  const int64_t n = tensor.numel(), parts = (n + SUMMED - 1) / SUMMED;
  std::vector<double> sums(parts);  // added in one order, however many threads there are
  at::parallel_for(0, parts, FLAT_GRAIN / SUMMED, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) sums[i] = squares_part(std::min(SUMMED, n - i * SUMMED), values + i * SUMMED);
  });
  double sum = 0;
  for (const double part : sums) sum += part;
  return sum;
}

/** Runs `body` with float or double as the first argument's type. */
template <typename Body>
void by_type(const at::Tensor& tensor, Body body) {
  if (tensor.scalar_type() == at::kFloat) body(float{});
  else body(double{});
}

bool all_flat(const std::vector<at::Tensor>& tensors) { return std::all_of(tensors.begin(), tensors.end(), is_flat); }

bool all_alike(const std::vector<at::Tensor>& a, const std::vector<at::Tensor>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), lie_alike);
}

std::vector<at::Tensor> gradients_of(napi_env env, napi_value tensors) {
  std::vector<at::Tensor> gradients;
  each(env, tensors, [&](napi_value element) {
    const auto& gradient = unwrap(env, element).grad();
    if (gradient.defined()) gradients.push_back(gradient);
  });
  return gradients;
}

/** A tensor's version goes up, as by any operation in place, so that a graph that still needs the old values says so. */
void changed(const at::Tensor& tensor) { tensor.unsafeGetTensorImpl()->bump_version(); }

}  // namespace

/** with_gradients(tensors) -> the places of those that have gradients */
napi_value with_gradients(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    std::vector<double> rows;
    double row = 0;
    each(env, args[0], [&](napi_value element) {
      if (unwrap(env, element).grad().defined()) rows.push_back(row);
      row++;
    });
    return list(env, rows.size(), [&](size_t i) { return to_js(env, rows[i]); });
  });
}

/** clear_gradients(tensors): forgets and frees them. */
napi_value clear_gradients(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    each(env, args[0], [&](napi_value element) { unwrap(env, element).mutable_grad() = at::Tensor(); });
    return undefined(env);
  });
}

/** gradient_norm(tensors) -> the 2-norm of all their gradients, as a tensor of one number where these are */
napi_value gradient_norm(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    const c10::AutoGradMode off(false);
    const auto gradients = gradients_of(env, args[0]);
    if (all_flat(gradients)) {
      double sum = 0;
      for (const auto& gradient : gradients) by_type(gradient, [&](auto zero) { sum += squares<decltype(zero)>(gradient); });
      return wrap(env, at::scalar_tensor(std::sqrt(sum), at::TensorOptions().dtype(at::kFloat)));
    }
    return wrap(env, at::linalg_vector_norm(at::stack(at::_foreach_norm(gradients))));
  });
}

/** scale_gradients(tensors, factor) */
napi_value scale_gradients(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    const c10::AutoGradMode off(false);
    const auto gradients = gradients_of(env, args[0]);
    if (!gradients.empty()) at::_foreach_mul_(gradients, number(env, args[1]));
    return undefined(env);
  });
}

/** adam(parameters with gradients, means, squares, largest | null, [beta1, beta2, eps, rate, root, decay, shrink]) -> whether it was done */
napi_value adam(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<5> args(env, info);
    const c10::AutoGradMode off(false);
    const auto parameters = unwrap_all(env, args[0]), means = unwrap_all(env, args[1]), squares = unwrap_all(env, args[2]);
    const auto largest = missing(env, args[3]) ? std::vector<at::Tensor>() : unwrap_all(env, args[3]);
    std::vector<double> n;
    each(env, args[4], [&](napi_value element) { n.push_back(number(env, element)); });
    if (n.size() != 7) throw std::invalid_argument("seven numbers were expected");
    const bool fits = all_flat(parameters) && all_alike(parameters, means) && all_alike(parameters, squares) &&
                      (largest.empty() || all_alike(parameters, largest));
    if (!fits) return to_js(env, false);
    const AdamStep step{n[0], n[1], n[2], n[3], n[4], n[5], n[6]};
    for (size_t i = 0; i < parameters.size(); i++) {
      const auto gradient = laid_like(parameters[i].grad(), parameters[i]);
      by_type(parameters[i], [&](auto zero) {
        using T = decltype(zero);
        T* p = parameters[i].data_ptr<T>();
        const T* g = gradient.data_ptr<T>();
        T *m = means[i].data_ptr<T>(), *v = squares[i].data_ptr<T>(), *most = largest.empty() ? nullptr : largest[i].data_ptr<T>();
        in_parts(parameters[i], [&](int64_t begin, int64_t end) {
          const auto part = most == nullptr ? adam_part<T, false> : adam_part<T, true>;
          part(end - begin, p + begin, g + begin, m + begin, v + begin, most == nullptr ? nullptr : most + begin, step);
        });
      });
      changed(parameters[i]);
    }
    return to_js(env, true);
  });
}

/** sgd(parameters with gradients, velocities | null, rate, momentum, nesterov, decay) -> whether it was done */
napi_value sgd(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<6> args(env, info);
    const c10::AutoGradMode off(false);
    const auto parameters = unwrap_all(env, args[0]);
    const auto velocities = missing(env, args[1]) ? std::vector<at::Tensor>() : unwrap_all(env, args[1]);
    const double rate = number(env, args[2]), momentum = number(env, args[3]), decay = number(env, args[5]);
    const bool nesterov = boolean(env, args[4]);
    if (!all_flat(parameters) || !(velocities.empty() || all_alike(parameters, velocities))) return to_js(env, false);
    for (size_t i = 0; i < parameters.size(); i++) {
      const auto gradient = laid_like(parameters[i].grad(), parameters[i]);
      by_type(parameters[i], [&](auto zero) {
        using T = decltype(zero);
        T *p = parameters[i].data_ptr<T>(), *v = velocities.empty() ? nullptr : velocities[i].data_ptr<T>();
        const T* g = gradient.data_ptr<T>();
        in_parts(parameters[i], [&](int64_t begin, int64_t end) {
          if (v == nullptr) sgd_part<T>(end - begin, p + begin, g + begin, rate, decay);
          else momentum_part<T>(end - begin, p + begin, g + begin, v + begin, rate, momentum, nesterov, decay);
        });
      });
      changed(parameters[i]);
    }
    return to_js(env, true);
  });
}

/** average(averages, values, share): each average goes so far towards its value; whole numbers are copied. */
napi_value average(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<3> args(env, info);
    const c10::AutoGradMode off(false);
    const auto averages = unwrap_all(env, args[0]), values = unwrap_all(env, args[1]);
    const double share = number(env, args[2]);
    std::vector<at::Tensor> distant, distant_values;  // on a GPU: two kernels for many of them
    for (size_t i = 0; i < averages.size(); i++) {
      const auto& to = averages[i];
      const auto& from = values.at(i);
      if (!to.is_floating_point()) {
        to.copy_(from);
      } else if (!to.device().is_cpu()) {
        distant.push_back(to);
        distant_values.push_back(from);
      } else if (!is_flat(to) || !lie_alike(to, from)) to.lerp_(from, share);
      else by_type(to, [&](auto zero) {
        using T = decltype(zero);
        T* a = to.data_ptr<T>();
        const T* w = from.data_ptr<T>();
        in_parts(to, [&](int64_t begin, int64_t end) { average_part<T>(end - begin, a + begin, w + begin, share); });
      });
    }
    return undefined(env);
  });
}

/** exchange(tensors, others): each takes the other's values. */
napi_value exchange(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    const c10::AutoGradMode off(false);
    const auto some = unwrap_all(env, args[0]), others = unwrap_all(env, args[1]);
    for (size_t i = 0; i < some.size(); i++) {
      const auto kept = some[i].clone();
      some[i].copy_(others.at(i));
      others[i].copy_(kept);
    }
    return undefined(env);
  });
}

}  // namespace semblant
