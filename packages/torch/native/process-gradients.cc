// Gradients travel in buckets, some million numbers in one message: one for each parameter would wait for each.
#include "process-gradients.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros_like.h>

#include "process-group.h"

namespace semblant {
namespace {

constexpr int64_t bucket_numbers = 1 << 20;

struct Bucket {
  std::vector<at::Tensor> parameters;
  int64_t numbers = 0;
  at::Tensor flat;
  std::function<void()> wait;

  /** Calls `body(part of the bucket in the shape of the parameter, parameter)`. */
  template <typename Body>
  void each(Body body) const {
    int64_t from = 0;
    for (const auto& parameter : parameters) {
      body(flat.narrow(0, from, parameter.numel()).view(parameter.sizes()), parameter);
      from += parameter.numel();
    }
  }
};

/** In the order in which the backward pass makes them: the last parameters first. */
std::vector<Bucket> in_buckets(const std::vector<at::Tensor>& parameters) {
  std::vector<Bucket> buckets;
  for (auto each = parameters.rbegin(); each != parameters.rend(); ++each) {
    const bool fits = !buckets.empty() && buckets.back().numbers < bucket_numbers &&
                      buckets.back().parameters[0].scalar_type() == each->scalar_type() && buckets.back().parameters[0].device() == each->device();
    if (!fits) buckets.emplace_back();
    buckets.back().parameters.push_back(*each);
    buckets.back().numbers += each->numel();
  }
  return buckets;
}

void begin(ProcessGroup& group, Bucket& bucket) {
  const auto& first = bucket.parameters[0];
  bucket.flat = at::empty({bucket.numbers}, first.options().device(place_of(group, first.device())));
  bucket.each([](const at::Tensor& part, const at::Tensor& parameter) {
    if (parameter.grad().defined()) part.copy_(parameter.grad());
    else part.zero_();
  });
  bucket.wait = begin_sum(group, bucket.flat);
}

/** A parameter that had a gradient on some rank has one afterwards on each; a parameter that had none stays as it was. */
at::Tensor which_have(ProcessGroup& group, const std::vector<at::Tensor>& parameters) {
  auto have = at::empty({static_cast<int64_t>(parameters.size())}, at::kFloat);
  for (size_t i = 0; i < parameters.size(); i++) have.data_ptr<float>()[i] = parameters[i].grad().defined() ? 1 : 0;
  return sum_over_ranks(group, have);
}

}  // namespace

napi_value group_sum_gradients(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    const at::NoGradGuard no_grad;
    auto& group = *group_of(env, args[0]);
    const auto parameters = unwrap_all(env, args[1]);
    auto buckets = in_buckets(parameters);
    for (auto& bucket : buckets) begin(group, bucket);
    const auto have = which_have(group, parameters);
    for (size_t i = 0; i < parameters.size(); i++) {
      if (have.data_ptr<float>()[i] > 0 && !parameters[i].grad().defined()) parameters[i].mutable_grad() = at::zeros_like(parameters[i]);
    }
    for (auto& bucket : buckets) {
      bucket.wait();
      bucket.each([](const at::Tensor& part, const at::Tensor& parameter) {
        if (parameter.grad().defined()) parameter.mutable_grad().copy_(part);
      });
      bucket.flat.reset();
    }
    return undefined(env);
  });
}

}  // namespace semblant
