// Batch norm with what follows it, in one pass over memory each: float32 or bfloat16 there, float32 in registers.
#pragma once

#include "lanes.h"
#include "normalization-kernels.h"

namespace semblant {
namespace {

typedef uint32_t Bits __attribute__((vector_size(LANES * 4)));
typedef uint16_t HalfLanes __attribute__((vector_size(LANES * 2)));
typedef uint16_t AnywhereHalfLanes __attribute__((vector_size(LANES * 2), aligned(2), may_alias));

inline Lanes load(const uint16_t* from) {
  const HalfLanes values = *reinterpret_cast<const AnywhereHalfLanes*>(from);
  return (Lanes)(__builtin_convertvector(values, Bits) << 16);
}

/** To the nearest, to even between two; what is no number stays so. */
inline void store(uint16_t* to, Lanes values) {
  const Bits bits = (Bits)values;
  const Bits rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  const Bits result = values == values ? rounded : (Bits{} + 0x7fc0);
  *reinterpret_cast<AnywhereHalfLanes*>(to) = __builtin_convertvector(result, HalfLanes);
}

/** Calls `body` with each group of channels: `at` and how many vectors, four where so many are left. */
template <typename Body>
inline void each_group(int64_t channels, Body body) {
  int64_t at = 0;
  for (; at + 4 * LANES <= channels; at += 4 * LANES) body(at, std::integral_constant<int, 4>{});
  for (; at < channels; at += LANES) body(at, std::integral_constant<int, 1>{});
}

template <typename Number>
void moments(const Number* x, const float* center, int64_t channels, int64_t from, int64_t to, float* sums, float* squares) {
  each_group(channels, [&](int64_t at, auto vectors) {
    Lanes sum[vectors] = {};
    Lanes square[vectors] = {};
    Lanes middle[vectors];
    for (int v = 0; v < vectors; v++) middle[v] = load(center + at + v * LANES);
    for (int64_t row = from; row < to; row++) {
      for (int v = 0; v < vectors; v++) {
        const Lanes value = load(x + row * channels + at + v * LANES) - middle[v];
        sum[v] += value;
        square[v] += value * value;
      }
    }
    for (int v = 0; v < vectors; v++) {
      store(sums + at + v * LANES, sum[v]);
      store(squares + at + v * LANES, square[v]);
    }
  });
}

template <typename Number>
void normalize(const Normalization<Number>& work, int64_t channels, int64_t from, int64_t to) {
  for (int64_t row = from; row < to; row++) {
    for (int64_t c = 0; c < channels; c += LANES) {
      const int64_t at = row * channels + c;
      Lanes value = load(work.x + at) * load(work.scale + c) + load(work.shift + c);
      if (work.addend != nullptr) value += load(work.addend + at);
      store(work.y + at, work.relu ? (value < 0 ? Lanes{} : value) : value);
    }
  }
}

/** dy where the ReLU let something through. */
template <typename Number>
inline Lanes through(const NormalizationGradient<Number>& work, int64_t at) {
  const Lanes dy = load(work.dy + at);
  if (work.y == nullptr) return dy;
  return load(work.y + at) > 0 ? dy : Lanes{};
}

template <typename Number>
void gradient_sums(const NormalizationGradient<Number>& work, int64_t channels, int64_t from, int64_t to, float* sums, float* products) {
  each_group(channels, [&](int64_t at, auto vectors) {
    Lanes sum[vectors] = {};
    Lanes product[vectors] = {};
    Lanes middle[vectors];
    for (int v = 0; v < vectors; v++) middle[v] = load(work.center + at + v * LANES);
    for (int64_t row = from; row < to; row++) {
      for (int v = 0; v < vectors; v++) {
        const int64_t place = row * channels + at + v * LANES;
        const Lanes g = through(work, place);
        sum[v] += g;
        product[v] += g * (load(work.x + place) - middle[v]);
      }
    }
    for (int v = 0; v < vectors; v++) {
      store(sums + at + v * LANES, sum[v]);
      store(products + at + v * LANES, product[v]);
    }
  });
}

template <typename Number>
void gradient(const NormalizationGradient<Number>& work, int64_t channels, int64_t from, int64_t to) {
  for (int64_t row = from; row < to; row++) {
    for (int64_t c = 0; c < channels; c += LANES) {
      const int64_t at = row * channels + c;
      const Lanes g = through(work, at);
      if (work.g != nullptr) store(work.g + at, g);
      const Lanes value = load(work.x + at) - load(work.center + c);
      store(work.dx + at, g * load(work.of_dy + c) + value * load(work.of_x + c) + load(work.constant + c));
    }
  }
}

template <typename Number>
constexpr NormalizationKernels<Number> normalization_of() {
  return {moments<Number>, normalize<Number>, gradient_sums<Number>, gradient<Number>};
}

}  // namespace
}  // namespace semblant
