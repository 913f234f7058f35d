// Gradients travel in buckets, some million numbers in one message, as soon as the backward pass has made all of a bucket.
#include "process-gradients.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros_like.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/function_hook.h>

#include <algorithm>
#include <mutex>

#include "external.h"
#include "process-group.h"

namespace semblant {
namespace {

using torch::autograd::variable_list;

constexpr int64_t bucket_numbers = 1 << 20;

struct Bucket {
  std::vector<at::Tensor> parameters;
  int64_t numbers = 0;
  size_t awaited = 0;  // parameters whose gradients are not made yet
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

bool lie_together(const at::Tensor& a, const at::Tensor& b) { return a.scalar_type() == b.scalar_type() && a.device() == b.device(); }

/** In the order in which the backward pass makes them: the last parameters first. */
std::vector<Bucket> in_buckets(const std::vector<at::Tensor>& parameters) {
  std::vector<Bucket> buckets;
  for (auto each = parameters.rbegin(); each != parameters.rend(); ++each) {
    const bool fits = !buckets.empty() && buckets.back().numbers < bucket_numbers && lie_together(buckets.back().parameters[0], *each);
    if (!fits) buckets.emplace_back();
    buckets.back().parameters.push_back(*each);
    buckets.back().numbers += each->numel();
    buckets.back().awaited++;
  }
  return buckets;
}

class GradientSums {
 public:
  GradientSums(std::shared_ptr<ProcessGroup> group, std::vector<at::Tensor> parameters)
      : group_(std::move(group)), parameters_(std::move(parameters)), buckets_(in_buckets(parameters_)) {}

  size_t buckets() const { return buckets_.size(); }
  const std::vector<at::Tensor>& parameters_of(size_t bucket) const { return buckets_[bucket].parameters; }

  /** Keeps the nodes of the graph that wait for gradients, for as long as they are to tell of them. */
  void keep(std::shared_ptr<torch::autograd::Node> node) { nodes_.push_back(std::move(node)); }

  /** One more gradient of a bucket is made. Buckets begin in one order on all ranks, whatever the order of their gradients. */
  void made(size_t bucket) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (buckets_[bucket].awaited > 0) buckets_[bucket].awaited--;
    while (begun_ < buckets_.size() && buckets_[begun_].awaited == 0) begin(buckets_[begun_++]);
  }

  void end() {
    const at::NoGradGuard no_grad;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      while (begun_ < buckets_.size()) begin(buckets_[begun_++]);  // some parameter has no gradient here
    }
    add_those_of_others();
    for (auto& bucket : buckets_) {
      bucket.wait();
      bucket.each([](const at::Tensor& part, const at::Tensor& parameter) {
        if (parameter.grad().defined()) parameter.mutable_grad().copy_(part);
      });
      bucket.flat.reset();
    }
  }

 private:
  void begin(Bucket& bucket) {
    const at::NoGradGuard no_grad;
    const auto& first = bucket.parameters[0];
    bucket.flat = at::empty({bucket.numbers}, first.options().device(place_of(*group_, first.device())));
    bucket.each([](const at::Tensor& part, const at::Tensor& parameter) {
      if (parameter.grad().defined()) part.copy_(parameter.grad());
      else part.zero_();
    });
    bucket.wait = begin_sum(*group_, bucket.flat);
  }

  /** A parameter that had a gradient on some rank has one afterwards on each; a parameter that had none stays as it was. */
  void add_those_of_others() {
    auto have = at::empty({static_cast<int64_t>(parameters_.size())}, at::kFloat);
    for (size_t i = 0; i < parameters_.size(); i++) have.data_ptr<float>()[i] = parameters_[i].grad().defined() ? 1 : 0;
    const auto all = sum_over_ranks(*group_, have);
    for (size_t i = 0; i < parameters_.size(); i++) {
      if (all.data_ptr<float>()[i] > 0 && !parameters_[i].grad().defined()) parameters_[i].mutable_grad() = at::zeros_like(parameters_[i]);
    }
  }

  std::shared_ptr<ProcessGroup> group_;
  std::vector<at::Tensor> parameters_;
  std::vector<Bucket> buckets_;
  size_t begun_ = 0;
  std::mutex mutex_;
  std::vector<std::shared_ptr<torch::autograd::Node>> nodes_;
};

/** Runs after a gradient is added to its parameter. The sums may be dropped before the graph is. */
struct Made final : public torch::autograd::FunctionPostHook {
  Made(std::weak_ptr<GradientSums> sums, size_t bucket) : sums(std::move(sums)), bucket(bucket) {}

  variable_list operator()(const variable_list& outputs, const variable_list&) override {
    if (const auto alive = sums.lock()) alive->made(bucket);
    return outputs;
  }

  std::weak_ptr<GradientSums> sums;
  size_t bucket;
};

void tell_of_gradients(const std::shared_ptr<GradientSums>& sums) {
  for (size_t i = 0; i < sums->buckets(); i++) {
    for (const auto& parameter : sums->parameters_of(i)) {
      const auto node = torch::autograd::impl::grad_accumulator(parameter);
      node->add_post_hook(std::make_unique<Made>(sums, i));
      sums->keep(node);
    }
  }
}

/** What JavaScript holds: empty once it is over. */
struct HeldSums {
  std::shared_ptr<GradientSums> sums;
};

}  // namespace

napi_value begin_gradient_sums(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<3> args(env, info);
    const auto group = group_of(env, args[0]);
    connect_sums(*group);
    auto parameters = unwrap_all(env, args[1]);
    const auto frozen = [](const at::Tensor& parameter) { return !parameter.requires_grad(); };
    parameters.erase(std::remove_if(parameters.begin(), parameters.end(), frozen), parameters.end());
    auto sums = std::make_shared<GradientSums>(group, std::move(parameters));
    if (boolean(env, args[2])) tell_of_gradients(sums);
    return held(env, std::make_shared<HeldSums>(HeldSums{sums}));
  });
}

napi_value end_gradient_sums(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    const auto sums = std::exchange(holding<HeldSums>(env, args[0])->sums, nullptr);
    if (sums != nullptr) sums->end();
    return undefined(env);
  });
}

napi_value drop_gradient_sums(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    holding<HeldSums>(env, args[0])->sums.reset();
    return undefined(env);
  });
}

}  // namespace semblant
