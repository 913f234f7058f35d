// Tensors of one shape as plain runs of numbers: elementwise work in one pass, with no regard to where a dimension ends.
#pragma once

#include "precompiled.h"

#include <ATen/ops/empty_like.h>

namespace semblant {

/** Compiled for several kinds of processor, of which the best is taken when the addon is loaded. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && defined(__ELF__)
#define SEMBLANT_FOR_EACH_PROCESSOR __attribute__((target_clones("default", "arch=haswell", "arch=skylake-avx512")))
#else
#define SEMBLANT_FOR_EACH_PROCESSOR
#endif

/** Whether it is on the CPU, of a type that is worked on here, and fills its memory without gaps. */
inline bool is_flat(const at::Tensor& tensor) {
  const auto type = tensor.scalar_type();
  return tensor.device().is_cpu() && tensor.layout() == at::kStrided && (type == at::kFloat || type == at::kDouble) &&
         tensor.is_non_overlapping_and_dense();
}

/** Whether the same element lies at the same place in both. */
inline bool lie_alike(const at::Tensor& a, const at::Tensor& b) {
  if (a.scalar_type() != b.scalar_type() || a.sizes() != b.sizes()) return false;
  for (int64_t i = 0; i < a.dim(); i++)
    if (a.size(i) > 1 && a.stride(i) != b.stride(i)) return false;
  return true;
}

/** `values` in the type and layout of `model`: itself where it has them. */
inline at::Tensor laid_like(const at::Tensor& values, const at::Tensor& model) {
  if (is_flat(values) && lie_alike(values, model)) return values;
  auto copy = at::empty_like(model);
  copy.copy_(values);
  return copy;
}

/** Elements that one thread takes at a time. */
constexpr int64_t FLAT_GRAIN = 1 << 15;

/** Calls `body(begin, end)` for parts of so many elements, side by side. */
template <typename Body>
void in_parts(const at::Tensor& tensor, Body body) {
  at::parallel_for(0, tensor.numel(), FLAT_GRAIN, body);
}

}  // namespace semblant
