// The weights are transformed once; bias, addend and ReLU are done while the outputs are in registers.
#include "ready-convolution.h"

#include "winograd.h"

namespace semblant {
namespace {

/** Tiles of 3×3, whatever the images: weights are made ready before they are seen. */
const WinogradKernels& kernels() { return *winograd_kernels(3); }

at::Tensor optional_tensor(napi_env env, napi_value value) { return missing(env, value) ? at::Tensor() : unwrap(env, value).detach(); }

}  // namespace

/** winogradWeights(weight) -> the weights (filters, channels, 3, 3) as `winograd` reads them, or null where it cannot. */
napi_value winograd_weights(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    const auto& weight = unwrap(env, args[0]);
    return winograd_takes(weight) ? wrap(env, winograd_filters(kernels(), channels_last_of(weight.detach()), /*turned=*/false)) : null(env);
  });
}

/** winograd(x, weights, filters, bias | null, addend | null, relu) -> the convolution at stride 1 with a margin of one. */
napi_value winograd(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<6> args(env, info);
    const auto& given = unwrap(env, args[0]);
    const auto& weights = unwrap(env, args[1]);
    const int64_t filters = integer(env, args[2]);
    if (given.dim() != 4 || given.scalar_type() != at::kFloat || !given.device().is_cpu() || weights.numel() != kernels().products * given.size(1) * filters)
      throw std::invalid_argument("weights and images do not fit");
    const auto x = channels_last_of(given.detach());
    auto bias = optional_tensor(env, args[3]);
    auto addend = optional_tensor(env, args[4]);
    if (bias.defined()) bias = bias.contiguous();
    if (addend.defined()) addend = channels_last_of(addend);
    const bool fits = !addend.defined() || (addend.size(0) == x.size(0) && addend.size(1) == filters && addend.size(2) == x.size(2) && addend.size(3) == x.size(3));
    if ((bias.defined() && bias.numel() != filters) || !fits) throw std::invalid_argument("bias or addend do not fit");
    const auto values = [](const at::Tensor& tensor) { return tensor.defined() ? tensor.data_ptr<float>() : nullptr; };
    return wrap(env, winograd_images(kernels(), x, weights, filters, {values(bias), values(addend), boolean(env, args[5])}));
  });
}

}  // namespace semblant
