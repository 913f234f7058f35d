// The interface between normalization.cc and its kernels: rows are places, `channels` numbers side by side, a multiple of 16.
#pragma once

#include <cstdint>

namespace semblant {

/** What a normalised place becomes: scale · x + shift (+ addend), and ReLU where it is asked for. */
template <typename Number>
struct Normalization {
  const Number* x;
  const Number* addend;  // or null
  const float* scale;
  const float* shift;
  bool relu;
  Number* y;
};

/** What flows back through it. */
template <typename Number>
struct NormalizationGradient {
  const Number* dy;
  const Number* y;  // null where there is no ReLU
  const Number* x;
  const float* center;      // mean of each channel
  const float* of_dy;       // dx = of_dy · g + of_x · (x - center) + constant
  const float* of_x;
  const float* constant;
  Number* g;  // dy where the ReLU lets it through; null where nobody needs it
  Number* dx;
};

template <typename Number>
struct NormalizationKernels {
  /** Sums of x - center and of its square over rows from..to. */
  void (*moments)(const Number* x, const float* center, int64_t channels, int64_t from, int64_t to, float* sums, float* squares);
  void (*normalize)(const Normalization<Number>& work, int64_t channels, int64_t from, int64_t to);
  /** Sums of g and of g · (x - center) over rows from..to. */
  void (*gradient_sums)(const NormalizationGradient<Number>& work, int64_t channels, int64_t from, int64_t to, float* sums, float* products);
  void (*gradient)(const NormalizationGradient<Number>& work, int64_t channels, int64_t from, int64_t to);
};

extern const NormalizationKernels<float> normalization_avx2_float, normalization_avx512_float;
extern const NormalizationKernels<uint16_t> normalization_avx2_half, normalization_avx512_half;

/** Null where the processor has neither AVX2 nor AVX-512. */
template <typename Number>
const NormalizationKernels<Number>* normalization_kernels();

}  // namespace semblant
