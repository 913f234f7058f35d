// Convolutions by kernels of our own, with a backward of their own; where none fits, JavaScript asks libtorch.
#include "convolution.h"

#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/custom_function.h>

#include "half-convolution.h"
#include "instructions.h"
#include "winograd.h"

namespace semblant {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/** 3 x 3, stride 1, padding 1, in float32. */
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

/** Any square kernel, stride and padding, of images in bfloat16. */
struct HalfConvolution : public torch::autograd::Function<HalfConvolution> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight, int64_t stride, int64_t padding) {
    context->save_for_backward({x, weight});
    context->saved_data["stride"] = stride;
    context->saved_data["padding"] = padding;
    return half_convolution(channels_last_of(x), channels_last_of(weight), stride, padding);
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto x = channels_last_of(saved[0]);
    const auto weight = channels_last_of(saved[1]);
    const auto dy = channels_last_of(gradients[0].to(at::kBFloat16));
    const int64_t stride = context->saved_data["stride"].toInt();
    const int64_t padding = context->saved_data["padding"].toInt();
    variable_list result(4);
    if (context->needs_input_grad(0)) result[0] = half_image_gradient(dy, weight, x.sizes(), stride, padding);
    if (context->needs_input_grad(1)) result[1] = half_weight_gradient(x, dy, weight, stride, padding);
    return result;
  }
};

/** The type that autocast asks of products on the CPU; float32 where it asks for none. */
at::ScalarType wanted() {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
  return at::autocast::is_autocast_enabled(at::kCPU) ? at::autocast::get_autocast_dtype(at::kCPU) : at::kFloat;
#else
  return at::autocast::is_cpu_enabled() ? at::autocast::get_autocast_cpu_dtype() : at::kFloat;
#endif
}

/** Below so many places the transforms of the filters cost more than they save. */
constexpr int64_t fewest_places = 256;

bool winograd_fits(const at::Tensor& x, const at::Tensor& weight, int64_t stride, int64_t padding) {
  if (stride != 1 || padding != 1 || instructions() == Instructions::plain || !winograd_takes(weight)) return false;
  if (!x.device().is_cpu() || x.scalar_type() != at::kFloat || x.dim() != 4 || x.size(1) != weight.size(1)) return false;
  return x.size(0) * x.size(2) * x.size(3) >= fewest_places;
}

}  // namespace

/** convolution(x, weight, stride, padding) -> the convolution without bias; null where no kernel fits. */
napi_value convolution(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<4> args(env, info);
    const auto& x = unwrap(env, args[0]);
    const auto& weight = unwrap(env, args[1]);
    const int64_t stride = integer(env, args[2]);
    const int64_t padding = integer(env, args[3]);
    const auto type = wanted();
    if (type == at::kBFloat16 && half_takes(x, weight, stride, padding)) {
      return wrap(env, HalfConvolution::apply(x.to(at::kBFloat16), weight, stride, padding));
    }
    if (type == at::kFloat && winograd_fits(x, weight, stride, padding)) return wrap(env, Convolution::apply(x, weight));
    return null(env);
  });
}

}  // namespace semblant
