#include "group-normalization.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/var_mean.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>

#include "group-moments.h"

namespace semblant {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/** Half numbers are computed with as float32. */
at::Tensor wide(const at::Tensor& tensor) { return tensor.scalar_type() == at::kDouble ? tensor : tensor.to(at::kFloat); }

std::vector<int64_t> all_but_channels(const at::Tensor& x) {
  std::vector<int64_t> dims = {0};
  for (int64_t i = 2; i < x.dim(); i++) dims.push_back(i);
  return dims;
}

PerChannel numbers_of(const at::Tensor& vector) {
  const auto values = vector.to(at::kCPU, at::kDouble).contiguous();
  return PerChannel(values.data_ptr<double>(), values.data_ptr<double>() + values.numel());
}

/** Numbers by channel, to be broadcast over x. */
at::Tensor beside(const at::Tensor& x, const PerChannel& numbers) {
  std::vector<int64_t> shape(static_cast<size_t>(x.dim()), 1);
  shape[1] = static_cast<int64_t>(numbers.size());
  auto vector = at::empty({shape[1]}, at::kDouble);
  std::copy(numbers.begin(), numbers.end(), vector.data_ptr<double>());
  return vector.view(shape).to(x.options());
}

Moments own_moments(const at::Tensor& x) {
  const auto channels = static_cast<size_t>(x.size(1));
  if (x.numel() == 0) return {0, PerChannel(channels), PerChannel(channels)};
  const auto [variance, mean] = at::var_mean(x, all_but_channels(x), /*unbiased=*/false);
  return {static_cast<double>(x.numel()) / static_cast<double>(channels), numbers_of(mean), numbers_of(variance)};
}

struct Running {
  at::Tensor mean;  // or undefined
  at::Tensor variance;
  double momentum;
  double epsilon;
};

void follow(const at::Tensor& running, PerChannel numbers, double momentum) {
  if (!running.defined()) return;
  running.mul_(1 - momentum).add_(beside(running.view({1, -1}), numbers).view({-1}), momentum);
}

struct GroupNormalization : public torch::autograd::Function<GroupNormalization> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& given, const at::Tensor& weight, const at::Tensor& bias,
                            const Running& running, const std::shared_ptr<ProcessGroup>& group) {
    const c10::impl::ExcludeDispatchKeyGuard no_autocast(c10::autocast_dispatch_keyset);
    const auto x = wide(given);
    const auto all = over_ranks(*group, own_moments(x));
    PerChannel inverses, unbiased;
    for (const double variance : all.variances) {
      inverses.push_back(1 / std::sqrt(variance + running.epsilon));
      unbiased.push_back(variance * all.rows / (all.rows - 1));
    }
    follow(running.mean, all.means, running.momentum);
    follow(running.variance, unbiased, running.momentum);
    const auto mean = beside(x, all.means);
    const auto inverse = beside(x, inverses);
    const auto y = (x - mean) * (inverse * weight.view(inverse.sizes())) + bias.view(inverse.sizes());
    context->saved_data["group"] = kept(group);
    context->saved_data["rows"] = all.rows;
    context->save_for_backward({given, weight, mean, inverse});
    return y.to(given.scalar_type());
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &given = saved[0], &weight = saved[1], &mean = saved[2], &inverse = saved[3];
    const double rows = context->saved_data["rows"].toDouble();
    const auto dims = all_but_channels(given);
    const auto dy = wide(gradients[0]);
    const auto centered = wide(given) - mean;
    const auto sum = dy.sum(dims, false, at::kDouble);
    const auto product = (dy * centered).sum(dims, false, at::kDouble);
    const auto [sums, products] = over_ranks(*group_in(context->saved_data["group"]), numbers_of(sum), numbers_of(product));
    const auto dx = (dy - beside(dy, sums) / rows - centered * (inverse * inverse * (beside(dy, products) / rows))) *
                    (inverse * weight.view(inverse.sizes()));
    const auto none = at::Tensor();
    const auto dweight = (product * inverse.view({-1}).to(at::kDouble)).to(weight.scalar_type());
    return {dx.to(given.scalar_type()), dweight, sum.to(weight.scalar_type()), none, none};
  }
};

}  // namespace

napi_value group_normalization(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<5> args(env, info);
    const auto& x = unwrap(env, args[1]);
    std::vector<at::Tensor> vectors;
    each(env, args[2], [&](napi_value vector) { vectors.push_back(missing(env, vector) ? at::Tensor() : unwrap(env, vector)); });
    if (vectors.size() != 4 || x.dim() < 2) throw std::invalid_argument("images and four vectors were expected");
    const auto options = x.options().dtype(wide(x.slice(0, 0, 0)).scalar_type());
    if (!vectors[0].defined()) vectors[0] = at::ones({x.size(1)}, options);
    if (!vectors[1].defined()) vectors[1] = at::zeros({x.size(1)}, options);
    const auto detached = [](const at::Tensor& tensor) { return tensor.defined() ? tensor.detach() : tensor; };
    const Running running{detached(vectors[2]), detached(vectors[3]), number(env, args[3]), number(env, args[4])};
    return wrap(env, GroupNormalization::apply(x, vectors[0], vectors[1], running, group_of(env, args[0])));
  });
}

}  // namespace semblant
