// Vectors of floats as wide as the instructions that this file is compiled for. Compiled several times, hence everything in an unnamed namespace.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace semblant {
namespace {

/** Channels lie in blocks of so many, whatever the instructions. */
constexpr int BLOCK = 16;

#if defined(__AVX512F__)
constexpr int LANES = 16;
#elif defined(__AVX2__)
constexpr int LANES = 8;
#else
constexpr int LANES = 4;
#endif

/** Vectors in a block of channels. */
constexpr int PER_BLOCK = BLOCK / LANES;

typedef float Lanes __attribute__((vector_size(LANES * sizeof(float))));
typedef float AnywhereLanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4), may_alias));

inline Lanes load(const float* from) { return *reinterpret_cast<const AnywhereLanes*>(from); }
inline void store(float* to, Lanes values) { *reinterpret_cast<AnywhereLanes*>(to) = values; }

/** Calls `body` with the constants 0 to count - 1, so that each of them can choose code. */
template <int... i, typename Body>
inline __attribute__((always_inline)) void each_of(std::integer_sequence<int, i...>, Body body) {
  (body(std::integral_constant<int, i>{}), ...);
}
template <int count, typename Body>
inline __attribute__((always_inline)) void each_constant(Body body) {
  each_of(std::make_integer_sequence<int, count>{}, body);
}

}  // namespace
}  // namespace semblant
