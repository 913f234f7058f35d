#include "winograd.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <cstdlib>
#include <cstring>

#include "winograd-kernel.h"

namespace semblant {
namespace {

/** The kernel for this processor; ATEN_CPU_CAPABILITY lowers it, as it does libtorch's. */
const WinogradKernel& kernel() {
#ifdef SEMBLANT_X86_KERNELS
  static const WinogradKernel& chosen = []() -> const WinogradKernel& {
    const char* bound = std::getenv("ATEN_CPU_CAPABILITY");
    const bool any = bound == nullptr || std::strcmp(bound, "avx512") == 0;
    if (any && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) return winograd_avx512;
    const bool some = any || std::strcmp(bound, "avx2") == 0;
    return some && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? winograd_avx2 : winograd_plain;
  }();
  return chosen;
#else
  return winograd_plain;
#endif
}

at::Tensor channels_last_of(const at::Tensor& tensor) { return tensor.contiguous(at::MemoryFormat::ChannelsLast); }

const float* optional_values(const at::Tensor& tensor) { return tensor.defined() ? tensor.data_ptr<float>() : nullptr; }

at::Tensor optional_tensor(napi_env env, napi_value value) { return missing(env, value) ? at::Tensor() : unwrap(env, value); }

}  // namespace

/** winogradWeights(weight) -> the weights (filters, channels, 3, 3) as `winograd` reads them, or null where it cannot. */
napi_value winograd_weights(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<1> args(env, info);
    const auto& weight = unwrap(env, args[0]);
    const auto& use = kernel();
    const bool fits = weight.device().is_cpu() && weight.scalar_type() == at::kFloat && weight.dim() == 4 && weight.size(2) == 3 &&
                      weight.size(3) == 3 && weight.size(0) % use.lanes == 0 && weight.size(1) % use.lanes == 0;
    if (!fits) return null(env);
    const int64_t filters = weight.size(0), channels = weight.size(1);
    const auto plain = weight.detach().permute({0, 2, 3, 1}).contiguous();
    auto packed = at::empty({use.packed_size(channels, filters)}, plain.options());
    use.pack(plain.data_ptr<float>(), channels, filters, packed.data_ptr<float>());
    return wrap(env, std::move(packed));
  });
}

/** winograd(x, packed weights, filters, bias | null, addend | null, relu) -> the convolution at stride 1 with a margin of one. */
napi_value winograd(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const Arguments<6> args(env, info);
    const auto& use = kernel();
    const auto& given = unwrap(env, args[0]);
    const auto& weights = unwrap(env, args[1]);
    const int64_t filters = integer(env, args[2]);
    if (given.dim() != 4 || given.scalar_type() != at::kFloat || !given.device().is_cpu() || weights.numel() != use.packed_size(given.size(1), filters))
      throw std::invalid_argument("weights and images do not fit");
    const auto x = channels_last_of(given.detach());
    auto y = at::empty({x.size(0), filters, x.size(2), x.size(3)}, x.options(), at::MemoryFormat::ChannelsLast);
    auto bias = optional_tensor(env, args[3]);
    auto addend = optional_tensor(env, args[4]);
    if (bias.defined()) bias = bias.detach().contiguous();
    if (addend.defined()) addend = channels_last_of(addend.detach());
    if ((bias.defined() && bias.numel() != filters) || (addend.defined() && addend.sizes() != y.sizes()))
      throw std::invalid_argument("bias or addend do not fit");
    const WinogradWork work{x.size(0), x.size(2), x.size(3), x.size(1), filters, x.data_ptr<float>(), weights.data_ptr<float>(),
                            optional_values(bias), optional_values(addend), boolean(env, args[5]), y.data_ptr<float>()};
    const int64_t tiles = work.images * ((work.height + 2) / 3) * ((work.width + 2) / 3);
    const int64_t block = use.block(work.channels, filters);
    at::parallel_for(0, (tiles + block - 1) / block, 1, [&](int64_t begin, int64_t end) {
      const auto scratch = at::empty({use.scratch_size(work.channels, filters)}, x.options());
      for (int64_t i = begin; i < end; i++) use.run(work, i * block, std::min(tiles, (i + 1) * block), scratch.data_ptr<float>());
    });
    return wrap(env, std::move(y));
  });
}

}  // namespace semblant
