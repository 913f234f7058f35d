// Convolutions by kernels of our own, with a backward of their own; where none fits, JavaScript asks libtorch.
#include "convolution.h"

#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/custom_function.h>

#include "instructions.h"
#include "winograd.h"

namespace semblant {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/** A convolution of 3 x 3, stride 1, padding 1. */
struct Convolution : public torch::autograd::Function<Convolution> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight) {
    const auto& kernels = winograd_for(x.size(2), x.size(3));
    context->save_for_backward({x, weight});
    const auto filters = winograd_filters(kernels, channels_last_of(weight), /*turned=*/false);
    return winograd_images(kernels, channels_last_of(x), filters, weight.size(0), {});
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto& x = saved[0];
    const auto weight = channels_last_of(saved[1]);
    const auto& kernels = winograd_for(x.size(2), x.size(3));
    const auto dy = channels_last_of(gradients[0]);
    variable_list result(2);
    if (context->needs_input_grad(0)) {
      result[0] = winograd_images(kernels, dy, winograd_filters(kernels, weight, /*turned=*/true), weight.size(1), {});
    }
    if (context->needs_input_grad(1)) result[1] = winograd_weight_gradient(kernels, channels_last_of(x), dy, weight);
    return result;
  }
};

bool half_precision() {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
  return at::autocast::is_autocast_enabled(at::kCPU);
#else
  return at::autocast::is_cpu_enabled();
#endif
}

/** Below so many places the transforms of the filters cost more than they save. */
constexpr int64_t fewest_places = 256;

bool fits(const at::Tensor& x, const at::Tensor& weight) {
  if (instructions() == Instructions::plain || half_precision() || !winograd_takes(weight)) return false;
  if (!x.device().is_cpu() || x.scalar_type() != at::kFloat || x.dim() != 4 || x.size(1) != weight.size(1)) return false;
  return x.size(0) * x.size(2) * x.size(3) >= fewest_places;
}

}  // namespace

/** convolution(x, weight) -> the convolution at stride 1 and padding 1 without bias; null where no kernel fits. */
napi_value convolution(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<2> args(env, info);
    const auto& x = unwrap(env, args[0]);
    const auto& weight = unwrap(env, args[1]);
    return fits(x, weight) ? wrap(env, Convolution::apply(x, weight)) : null(env);
  });
}

}  // namespace semblant
